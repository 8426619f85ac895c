import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ImportPanel from '#ui/ImportPanel.svelte';
import QualityPage from '#ui/QualityPage.svelte';
import ScenarioLibrary from '#ui/ScenarioLibrary.svelte';
import SqlConsole from '#ui/SqlConsole.svelte';
import TableBrowser from '#ui/TableBrowser.svelte';
import WhatIf from '#ui/WhatIf.svelte';
import { toStateFile } from '#ui/share-link.ts';
import type { Workbench } from '#ui/workbench.svelte.ts';
import { openWorkbench } from './open-workbench.ts';

/** what workers answer comes within this */
const SOON = { timeout: 10_000 };

let opened: Awaited<ReturnType<typeof openWorkbench>>;
let workbench: Workbench;

// the tests leave it as they found it, but for steps that can be undone
beforeAll(async () => {
	opened = await openWorkbench();
	workbench = opened.workbench;
});

afterAll(() => opened.close());

const file = (name: string, text: string) => new File([text], name, { type: 'text/plain' });

async function pick(...files: File[]): Promise<void> {
	const input = document.querySelector('input[type=file]');
	if (!(input instanceof HTMLInputElement)) throw new Error('no picker on the page');
	await userEvent.upload(input, files);
}

/** The text of the next file that the page saves. */
function nextSaved(): Promise<string> {
	return new Promise((resolve) => {
		const spy = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
			spy.mockRestore();
			if (blob instanceof Blob) void blob.text().then(resolve);
			return 'data:,';
		});
	});
}

/** A workbench as far as a component looks at it. */
function stub(fields: object): Workbench {
	return fields as Workbench;
}

const rowsOf = (table: string) =>
	workbench.scenario?.tables.find(({ name }) => name === table)?.rowCount ?? 0;

const CUSTOMERS =
	'user_id,Town,Lat,Longitude,created,state\nnew1,dal,32.7,-96.8,2026-01-01T00:00:00Z,active\nnew2,dal,30.2,-97.7,2026-01-02T00:00:00Z,active\n';

describe('one CSV file for a table of the open scenario', () => {
	beforeEach(async () => {
		await render(ImportPanel, { workbench });
		await pick(file('customers.csv', CUSTOMERS));
		await page.getByRole('combobox', { name: 'Table in customers.csv' }).selectOptions('Users');
	});

	it('is matched by name first, and what is needed and has no match is told', async () => {
		const matched = (name: string) => page.getByRole('combobox', { name: `Column for ${name}`, exact: true });
		await expect.element(matched('id')).toHaveValue('user_id');
		await expect.element(matched('latitude')).toHaveValue('Lat');
		await expect.element(matched('created at')).toHaveValue('created');
		await expect.element(matched('city id')).toHaveValue('');
		await expect.element(page.getByText('2 needed columns have no match: city id, status.')).toBeVisible();
		await expect.element(page.getByText('Not read: Town, state.')).toBeVisible();
		await expect.element(page.getByRole('button', { name: 'Check the rows' })).toBeDisabled();
	});

	it('is looked at before it is opened as a new scenario, which can be undone', async () => {
		const before = rowsOf('user');
		await page.getByRole('combobox', { name: 'Column for city id' }).selectOptions('Town');
		await page.getByRole('combobox', { name: 'Column for status' }).selectOptions('state');
		await page.getByRole('button', { name: 'Check the rows' }).click();
		await expect
			.element(page.getByText(`had ${before} rows and would have ${before + 2}`), SOON)
			.toBeVisible();
		expect(rowsOf('user')).toBe(before);
		await page.getByRole('button', { name: 'Open it as a new scenario' }).click();
		await expect.poll(() => rowsOf('user'), SOON).toBe(before + 2);
		expect(workbench.scenario?.name).toBe('Two cities with customers');
		expect(workbench.past.at(-1)?.name).toBe('open Two cities with customers');
		await workbench.undo();
		expect(rowsOf('user')).toBe(before);
	});

	it('is refused by file, line and column, and what was open stays open', async () => {
		const { scenario } = workbench;
		await page.getByRole('combobox', { name: 'Column for city id' }).selectOptions('state');
		await page.getByRole('combobox', { name: 'Column for status' }).selectOptions('Town');
		await page.getByRole('button', { name: 'Check the rows' }).click();
		await expect.element(page.getByText('Nothing was imported.'), SOON).toBeVisible();
		await expect.element(page.getByText('customers.csv:2 (id "new1"), status')).toBeVisible();
		expect(workbench.scenario).toBe(scenario);
		// the matches are still there to be mended
		await page.getByRole('combobox', { name: 'Column for city id' }).selectOptions('Town');
		await expect.element(page.getByText('Nothing was imported.')).not.toBeInTheDocument();
	});
});

describe('a draft that was saved as a file', () => {
	it('opens as the same draft, as one step that can be undone', async () => {
		const lever = workbench.levers.find(({ path }) => path === 'supply.target');
		if (!lever) throw new Error('the Drop has a supply target');
		workbench.setLever(lever, 0.5);
		const text = toStateFile(workbench.share());
		workbench.resetToProduction();
		const steps = workbench.past.length;
		await render(ImportPanel, { workbench });
		await pick(file('dropbench-draft.json', text));
		await expect.element(page.getByText('one setting differs from production')).toBeVisible();
		expect(workbench.differences).toEqual([]);
		await page.getByRole('button', { name: 'Open this draft' }).click();
		await expect.poll(() => workbench.differences.map(({ path }) => path), SOON).toEqual(['supply.target']);
		expect(workbench.past).toHaveLength(steps + 1);
		await workbench.undo();
		expect(workbench.differences).toEqual([]);
	});

	it('says which scenario is needed where it is not here', async () => {
		await render(ImportPanel, { workbench });
		await pick(file('d.json', toStateFile({ ...workbench.share(), scenario: 'mine/drop/Spring' })));
		await page.getByRole('button', { name: 'Open this draft' }).click();
		await expect.poll(() => workbench.missing?.scenario, SOON).toBe('mine/drop/Spring');
	});
});

describe('the library', () => {
	it('deletes a scenario of one’s own with the undo steps that go back to it, after asking', async () => {
		const source = await workbench.openSource();
		if (!source) throw new Error('two cities are open');
		await workbench.addScenario('drop', 'Spring', source);
		await workbench.openScenario('drop/two-cities');
		await render(ScenarioLibrary, { workbench });
		await page.getByRole('button', { name: 'Delete Spring' }).click();
		await expect.element(page.getByText('with the undo step that goes back to it')).toBeVisible();
		await page.getByRole('button', { name: 'Keep' }).click();
		expect(opened.store.sources.has('mine/drop/Spring')).toBe(true);
		await page.getByRole('button', { name: 'Delete Spring' }).click();
		await page.getByRole('button', { name: 'Delete', exact: true }).click();
		await expect.poll(() => opened.store.sources.has('mine/drop/Spring'), SOON).toBe(false);
		expect(workbench.stepsTo('mine/drop/Spring')).toBe(0);
		expect(workbench.past.at(-1)?.name).toBe('open Spring');
		await workbench.undo();
		expect([workbench.scenarioKey, workbench.issues]).toEqual(['drop/two-cities', []]);
	});
});

describe('a tab that is left while its rows are read', () => {
	it.each([
		['Tables', TableBrowser],
		['What if', WhatIf],
	])('%s complains of nothing when they come', async (_, tab) => {
		const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
		const view = await render(tab, { workbench });
		const asked = workbench.ask(async (api) => api.rows('city', 0, 1));
		await view.unmount();
		// another answer makes what it looked at stale
		if (workbench.scenario) workbench.scenario = { ...workbench.scenario };
		await asked;
		// answers come in the order of the questions
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(warned).not.toHaveBeenCalled();
		warned.mockRestore();
	});
});

describe('the SQL console', () => {
	const ENDLESS = 'with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n';
	const query = () => page.getByRole('textbox', { name: 'Query', exact: true });

	it('says its limits, ends a query that takes longer, and answers the next', async () => {
		await render(SqlConsole, { workbench, deadlineMs: 1000 });
		await expect.element(page.getByText('Reads only: one SELECT, 1 s, 10,000 rows.')).toBeVisible();
		await query().fill(ENDLESS);
		await page.getByRole('button', { name: 'Run', exact: true }).click();
		await expect
			.element(page.getByRole('alert'), SOON)
			.toHaveTextContent('no answer within 1 s; it was stopped');
		await query().fill('select count(*) as n from city');
		await page.getByRole('button', { name: 'Run', exact: true }).click();
		await expect.element(page.getByRole('table', { name: 'Result' }), SOON).toHaveTextContent('2');
	});

	it('calls a query off at once', async () => {
		await render(SqlConsole, { workbench });
		await query().fill(ENDLESS);
		await page.getByRole('button', { name: 'Run', exact: true }).click();
		await page.getByRole('button', { name: 'Cancel' }).click();
		await expect.element(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
		await expect.element(page.getByText('cancelled')).toBeVisible();
	});

	it('keeps a query under a name, brings it back and deletes it', async () => {
		await render(SqlConsole, { workbench });
		await query().fill('select 1');
		await page.getByRole('textbox', { name: 'Name of the query' }).fill('One');
		await page.getByRole('button', { name: 'Save query' }).click();
		expect(workbench.queries).toEqual([{ title: 'One', sql: 'select 1' }]);
		await query().fill('');
		await page.getByRole('button', { name: 'One', exact: true }).click();
		await expect.element(query()).toHaveValue('select 1');
		await page.getByRole('button', { name: 'Delete One' }).click();
		expect(workbench.queries).toEqual([]);
	});

	it('saves a result as CSV in plain form', async () => {
		await render(SqlConsole, { workbench });
		await query().fill('select id, 1234567 as n from city order by id');
		await page.getByRole('button', { name: 'Run', exact: true }).click();
		await expect.element(page.getByRole('table', { name: 'Result' }), SOON).toHaveTextContent('1,234,567');
		const saved = nextSaved();
		await page.getByRole('button', { name: 'Save as CSV' }).click();
		expect((await saved).split('\r\n').slice(0, 2)).toEqual(['id,n', expect.stringMatching(/^\w+,1234567$/)]);
	});
});

describe('the quality page', () => {
	/** notices that a point of the list says with its number */
	const COUNTED = new Set(['contract-without-place', 'recommender-stale', 'recommender-missing']);

	it('counts each point of the list and shows which rows it means, in plain form as CSV too', async () => {
		await render(QualityPage, { workbench });
		const list = page.getByRole('list', { name: 'What was looked at in the data' });
		for (const title of [
			'Users with missing affinities',
			'Users without a usable location',
			'Stale or failed recommender runs',
			'Contracts without a place in a city they serve',
			'Boosts, exclusions and other parts that are ignored',
		])
			await expect.element(list.getByText(title), SOON).toBeVisible();
		const answer = await workbench.ask((api) => api.quality(workbench.draft));
		const item = answer.ok ? answer.value.find(({ id }) => id === 'missing-affinities') : undefined;
		if (!item || item.count === 0) throw new Error('two cities lack some affinities');
		const all = rowsOf('user');
		await expect.element(list).toHaveTextContent(`${item.count} of ${item.of} users`);
		expect(item.of).toBeLessThanOrEqual(all);
		await page.getByRole('button', { name: `Show which: ${item.title}` }).click();
		const first = String(item.rows[0].values[0]);
		await expect.element(page.getByRole('table', { name: item.title })).toHaveTextContent(first);
		const saved = nextSaved();
		await page.getByRole('button', { name: 'Save as CSV' }).click();
		expect((await saved).trim().split('\r\n')).toHaveLength(item.count + 1);
	});

	it('lists what is wrong with the data and with the run, and every check with its proof', async () => {
		await render(QualityPage, { workbench });
		const { notices } = workbench.scenario ?? { notices: [] };
		const { checks, notices: ofRun } = workbench.report ?? { checks: [], notices: [] };
		expect(checks.length).toBeGreaterThan(3);
		for (const { message, code } of [...notices, ...ofRun])
			if (!COUNTED.has(code)) await expect.element(page.getByText(message)).toBeVisible();
		for (const { title, proof } of checks) {
			const item = page.getByRole('listitem').filter({ hasText: title });
			await expect.element(item.first()).toHaveTextContent(proof);
		}
	});

	it('says in words that nothing is wrong', async () => {
		const ask = () => Promise.resolve({ ok: true, value: [] });
		const clean = { scenario: { ...workbench.scenario, notices: [] }, report: null, ask };
		await render(QualityPage, { workbench: stub(clean) });
		await expect
			.element(page.getByRole('heading', { name: 'Nothing was found wrong with the data' }))
			.toBeVisible();
		await expect.element(page.getByText('No run yet.')).toBeVisible();
	});
});
