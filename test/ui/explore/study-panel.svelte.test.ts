import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { StudyResult, StudySpec } from '#programs/program.ts';
import StudyPanel from '#ui/explore/StudyPanel.svelte';
import type { Workbench } from '#ui/workbench.svelte.ts';

const study: StudySpec = { id: 'weeks', title: 'Weeks', help: 'One after the other.', options: [] };
const value: StudyResult = {
	metrics: [],
	tables: [],
	series: [],
	notices: [{ code: 'x', message: 'eight weeks played' }],
};

function makeBench(): Workbench {
	const bench = { scenario: {}, scenarioKey: 'drop/a', edits: [], draft: {}, live: {}, variants: [], ask: vi.fn(() => Promise.resolve({ ok: true, value })) };
	return bench as unknown as Workbench;
} // prettier-ignore

it('a study says what comes of it, and its result is still there when its screen is opened again', async () => {
	const workbench = makeBench();
	const first = await render(StudyPanel, { workbench, study });
	await expect.element(page.getByText(/^Press Run: the draft is tried on this data/)).toBeVisible();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect.element(page.getByText('Eight weeks played')).toBeVisible();
	await first.unmount();

	const second = await render(StudyPanel, { workbench, study });
	await expect.element(page.getByText('Eight weeks played')).toBeVisible();
	await expect.element(page.getByRole('button', { name: 'Run again' })).toBeVisible();
	expect(page.getByText(/^The draft has changed/).query()).toBeNull();
	await second.unmount();

	// of another draft it is told as such, and of other data it is gone
	Object.assign(workbench, { draft: { seed: 2 } });
	const third = await render(StudyPanel, { workbench, study });
	await expect.element(page.getByText(/^The draft has changed since this was run/)).toBeVisible();
	await third.unmount();
	Object.assign(workbench, { scenarioKey: 'drop/b' });
	await render(StudyPanel, { workbench, study });
	await expect.element(page.getByText(/^Press Run/)).toBeVisible();
	expect(workbench.ask).toHaveBeenCalledTimes(1);
});
