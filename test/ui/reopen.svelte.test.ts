import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import DataScreen from '#ui/DataScreen.svelte';
import { fromFragment, toFragment } from '#ui/share-link.ts';
import { memoryStore, openWorkbench } from './open-workbench.ts';
import UnderShell from './UnderShell.svelte';

/** what workers answer comes within this */
const SOON = { timeout: 20_000 };
const overlays = { explain: vi.fn(), people: vi.fn(), palette: vi.fn() };
const toClose: (() => void)[] = [];

afterEach(() => {
	for (const close of toClose.splice(0)) close();
});

async function open(...given: Parameters<typeof openWorkbench>) {
	const { workbench, close } = await openWorkbench(...given);
	toClose.push(close);
	return workbench;
}

it('a link opens elsewhere on the same draft, what-if changes, screen and tab', async () => {
	const mine = await open();
	const lever = mine.levers.find(({ path }) => path === 'supply.target');
	if (!lever) throw new Error('the Drop has a supply target');
	mine.setLever(lever, 0.5);
	const id = mine.scenario?.subjects.find(({ kind }) => kind === 'contract')?.ids[0] ?? '';
	await mine.setEdits([{ kind: 'cell', table: 'contract', key: [id], column: 'supply', value: 7 }], 'supply');
	await expect.poll(() => mine.isCurrent, SOON).toBe(true);
	const view = await render(UnderShell, { Screen: DataScreen, workbench: mine, overlays });
	await page.getByRole('tab', { name: 'Tables' }).click();
	await page.getByRole('button', { name: /^Contracts \d/ }).click();
	const link = fromFragment(toFragment(mine.share('/data')));
	await view.unmount();

	const theirs = await open(memoryStore(), link);
	expect([theirs.draft, theirs.edits, link?.screen]).toEqual([mine.draft, mine.edits, '/data']);
	expect(theirs.report?.outcomeHash).toBe(mine.report?.outcomeHash);
	await render(UnderShell, { Screen: DataScreen, workbench: theirs, overlays });
	await expect.element(page.getByRole('tab', { name: 'Tables' })).toHaveAttribute('aria-selected', 'true');
	await expect
		.element(page.getByRole('table', { name: 'Contracts', exact: true }), SOON)
		.toHaveTextContent(id);
});

it('reopening comes back on the last screen used, and on no tab of it', async () => {
	const store = memoryStore();
	const before = await open(store);
	before.rememberPath('/compare');
	before.rememberPath('/data');
	before.setView('data.tab', 'sql');
	await before.saveNow();
	const after = await open(store);
	expect([after.path, after.view]).toEqual(['/data', {}]);
});
