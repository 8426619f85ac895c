import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import CommandPalette from '#ui/CommandPalette.svelte';
import CompareScreen from '#ui/CompareScreen.svelte';
import { paletteEntries } from '#ui/palette-entries.ts';
import TuneScreen from '#ui/TuneScreen.svelte';
import type { Workbench } from '#ui/workbench.svelte.ts';
import { openWorkbench } from './open-workbench.ts';
import UnderShell from './UnderShell.svelte';

/** what workers answer comes within this */
const SOON = { timeout: 20_000 };

let opened: Awaited<ReturnType<typeof openWorkbench>>;
let workbench: Workbench;
const overlays = { explain: vi.fn(), people: vi.fn(), palette: vi.fn() };

beforeAll(async () => {
	opened = await openWorkbench();
	workbench = opened.workbench;
});

afterEach(async () => {
	for (const { id } of workbench.variants) workbench.removeVariant(id);
	if (workbench.isChanged) workbench.resetToProduction();
	await ran();
});

afterAll(() => opened.close());

const ran = () => expect.poll(() => workbench.isCurrent, SOON).toBe(true);

function lever(path: string) {
	const found = workbench.levers.find((each) => each.path === path);
	if (!found) throw new Error(`no lever ${path}`);
	return found;
}

describe('Tune', () => {
	it('says what a lever can touch while it has the focus, and after the run that nobody elsewhere was touched', async () => {
		await render(UnderShell, { Screen: TuneScreen, workbench, overlays });
		const field = page.getByRole('textbox', { name: 'Dallas', exact: true });
		await field.click();
		const plan = page.getByRole('region', { name: 'Plan' });
		await expect.element(plan).toHaveTextContent(/Dallas sponsorship ratio can touch Dallas and the \d+ contracts held there\./); // prettier-ignore
		await userEvent.fill(field, '95');
		await userEvent.keyboard('{Enter}');
		await ran();
		await expect.element(plan).toHaveTextContent(/^Dallas: .*The other city: no change for anyone\./);
		await expect.element(plan).toHaveTextContent('held there; nobody elsewhere was touched.');
		await plan.getByRole('button', { name: /users?$/ }).first().click(); // prettier-ignore
		expect(overlays.people.mock.lastCall?.[0]).toMatchObject({ title: expect.stringMatching(/^Dallas: users who/) as string }); // prettier-ignore
	});
});

describe('steps', () => {
	it('are one each for a lever, a preset, a variant and a reset, named, and undone in turn', async () => {
		const drafts = [workbench.draft];
		const names = workbench.past.length;
		workbench.setLever(lever('supply.target'), 0.6);
		drafts.push(workbench.draft);
		await ran();
		workbench.saveVariant('Spring');
		const presets = workbench.program?.presets ?? [];
		expect(presets.map(({ title }) => title)).toEqual(['Growth push', 'Revenue push', 'Cautious supply']);
		for (const preset of presets) {
			workbench.applyPreset(preset);
			drafts.push(workbench.draft);
		}
		workbench.applyVariant(workbench.variants[0]);
		expect(workbench.draft).toEqual(drafts[1]);
		drafts.push(workbench.draft);
		workbench.resetToProduction();
		expect(workbench.differences).toEqual([]);
		expect(workbench.past.slice(names).map(({ name }) => name)).toEqual([
			'Supply target 80% → 60%',
			'preset: Growth push',
			'preset: Revenue push',
			'preset: Cautious supply',
			'variant: Spring',
			'reset to production',
		]);
		for (const draft of drafts.toReversed()) {
			await workbench.undo();
			expect(workbench.draft).toEqual(draft);
		}
		for (const draft of drafts.slice(1)) {
			await workbench.redo();
			expect(workbench.draft).toEqual(draft);
		}
	});
});

describe('the palette', () => {
	it('reaches every screen, city, brand, contract, user, variant and action', () => {
		workbench.saveVariant('Spring');
		const act = { onNavigate: vi.fn(), onTheme: vi.fn(), onExplain: vi.fn(), onPeople: vi.fn() };
		const entries = paletteEntries(workbench, act);
		const titles = (kind: string) => entries.filter((entry) => entry.kind === kind).map(({ title }) => title);
		expect(titles('screen')).toEqual(['Tune', 'Compare', 'Drops', 'Explore', 'Replay', 'Deploy', 'Data']);
		expect(titles('action')).toEqual(expect.arrayContaining(['Undo', 'Redo', 'Reset to production', 'Run again', 'Cancel the run'])); // prettier-ignore
		expect(titles('variant')).toEqual(['Spring']);
		for (const kind of ['city', 'brand', 'contract', 'user']) {
			const rows = workbench.scenario?.tables.find(({ name }) => name === kind)?.rowCount;
			expect([kind, titles(kind).length]).toEqual([kind, rows]);
		}
		const take = (kind: string) => entries.find((entry) => entry.kind === kind)?.run();
		take('user');
		expect(act.onExplain.mock.lastCall?.[0]).toHaveProperty('user');
		take('contract');
		expect(act.onExplain.mock.lastCall?.[0]).toHaveProperty('contract');
		take('city');
		expect(act.onPeople.mock.lastCall?.[0]).toMatchObject({ group: 0 });
		take('brand');
		expect(act.onPeople.mock.lastCall?.[0]).toMatchObject({ title: expect.stringContaining('who hold something of it') as string }); // prettier-ignore
	});

	it('lists two variants of one name', async () => {
		workbench.saveVariant('Twin');
		workbench.saveVariant('Twin');
		const act = { onNavigate: vi.fn(), onTheme: vi.fn(), onExplain: vi.fn(), onPeople: vi.fn() };
		await render(CommandPalette, { workbench, ...act, onClose: vi.fn() });
		await userEvent.fill(page.getByRole('combobox', { name: 'Go to' }), 'twin');
		await expect.poll(() => page.getByRole('option', { name: 'Twin variant' }).elements().length).toBe(2);
	});
});

describe('Compare', () => {
	it('shows the settings that differ alone, and counts the equal ones it can show', async () => {
		workbench.setLever(lever('supply.target'), 0.6);
		await ran();
		await render(UnderShell, { Screen: CompareScreen, workbench, overlays });
		const rows = (name: string) =>
			Array.from(page.getByRole('table', { name }).element().querySelectorAll('tbody tr'), (row) =>
				Array.from(row.querySelectorAll('td, th'), (cell) => cell.textContent.trim()).join(' '),
			);
		await expect.poll(() => rows('Settings that differ')).toEqual(['Supply target 80% 60%']);
		const show = page.getByRole('button', { name: /^Show \d+ equal$/ });
		const count = Number(/\d+/.exec(show.element().textContent)?.[0]);
		await show.click();
		await expect.poll(() => rows('Settings that are equal').length).toBe(count);
		expect(count).toBeGreaterThan(10);
	});

	it('holds a preset and a variant against production without applying them', async () => {
		workbench.setLever(lever('supply.target'), 0.6);
		await ran();
		workbench.saveVariant('Spring');
		workbench.resetToProduction();
		await ran();
		const steps = workbench.past.length;
		await render(UnderShell, { Screen: CompareScreen, workbench, overlays });
		await page.getByRole('checkbox', { name: 'Growth push' }).click();
		await page.getByRole('checkbox', { name: 'Spring' }).click();
		const head = () => Array.from(page.getByRole('table', { name: 'Settings that differ' }).element().querySelectorAll('th'), (cell) => cell.textContent.trim()); // prettier-ignore
		await expect.poll(head).toEqual(['Setting', 'Production', 'Draft', 'Growth push', 'Spring']);
		const found = page.getByRole('heading', {
			name: /^(Spring changes \d+ metrics?;|Spring and production:)/,
		});
		await expect.element(found, SOON).toBeVisible();
		await page.getByRole('radio', { name: 'Growth push' }).click({ force: true });
		const pushed = page.getByRole('heading', { name: /^Growth push changes \d+ metrics?;/ });
		await expect.element(pushed, SOON).toBeVisible();
		expect([workbench.draft, workbench.past.length]).toEqual([workbench.live, steps]);
		await page.getByRole('checkbox', { name: 'Growth push' }).click();
		await expect.element(page.getByRole('radio', { name: 'Draft' })).toBeChecked();
		await page.getByRole('checkbox', { name: 'Spring' }).click();
	});

	it('works out the quality of both, with the contracts on which the supply rules disagree', async () => {
		await render(UnderShell, { Screen: CompareScreen, workbench, overlays });
		await page.getByRole('button', { name: 'Work it out for both' }).click();
		const quality = page.getByRole('table', { name: 'Quality in production and in Draft' });
		await expect.element(quality, SOON).toBeVisible();
		for (const measure of ['Blocking pairs', 'Gini', 'Mean rank', 'Share of the best total'])
			await expect.element(quality).toHaveTextContent(new RegExp(measure, 'i'));
		const figures = [
			/^\d+ of \d+ contracts go over their supply in at least 1 of 50 equally likely outcomes/,
			/^Places users got in their own ranking/,
			/^Tenths of their eligible users that contracts got/,
			/^Gini .* \(Lorenz\)/,
		];
		for (const name of figures) await expect.element(page.getByRole('figure', { name })).toBeVisible();
		const titles = page
			.getByRole('heading')
			.elements()
			.map(({ textContent }) => textContent);
		expect(titles).toContainEqual(
			expect.stringMatching(/^The target rule and the risk rule differ for \d+ of \d+ open contracts/),
		);
		expect(titles).toContain('No blocking pair: nobody would rather trade');
	});
});
