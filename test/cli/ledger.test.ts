import { describe, expect, it } from 'vitest';
import { writeJson } from '../../src/data/write-json.ts';
import { bundleText, makeBundle } from '../../src/programs/bundle/make-bundle.ts';
import { drop } from '../../src/programs/drop/program.ts';
import { numbers, tableOf } from '../../src/programs/tables.ts';
import { formatInstant } from '../../src/programs/instant.ts';
import { runLine } from './make-effects.ts';

const market = drop.generator!.generate(
	{ cities: 2, users: 200, brands: 8, contracts: 12, historyWeeks: 2 },
	3,
);
const drops = tableOf(market, 'drop');
const report = drop.open(market).run(JSON.parse(String((drops.columns.get('config') as string[])[1] ?? '{}')) as object as Record<string, unknown>); // prettier-ignore
const row = { metric: 'selections', group: '', member: '', title: 'Selections', unit: 'count' };

/** An export made at the time of the newest Drop, foretelling so many selections. */
function bundle(intervals: object | null, low = 0, high = 1e9) {
	const at = formatInstant(numbers(drops, 'scheduled_at')[1]);
	return bundleText(
		makeBundle({
			report,
			scenario: { name: 'market.json', now: at },
			datasetHash: 'd'.repeat(64),
			engineVersion: '1.2.3',
			base: null,
			approvals: [],
			override: null,
			document: null,
			intervals: intervals && { at, level: 0.9, rows: [{ ...row, mean: low, low, high }], ...intervals },
		}),
	);
}

const files = {
	'market.json': writeJson(market, drop),
	'right.json': bundle({}),
	'wrong.json': bundle({}, 1e8, 1e9),
	'old.json': bundle(null),
	'config.json': '{"seed": 1}',
};
const ledger = (line: string) => runLine(`ledger ${line} --scenario market.json`, { files });

describe('dropbench ledger', () => {
	it('scores past Drops by forecasts rebuilt as of their own time', async () => {
		const { exit, out, warnings } = await ledger('');
		expect({ exit, warnings }).toEqual({ exit: 0, warnings: [] });
		expect(out).toMatch(/Intervals that held +\d+\.\d %/);
		expect(out).toContain('rebuilt as of the Drop');
	});

	it('scores what an export stored, the known answers 1 of 1 and 0 of 1', async () => {
		for (const [file, held] of [
			['right.json', 1],
			['wrong.json', 0],
		] as const) {
			const result = JSON.parse((await ledger(`${file} --json`)).out) as { tables: { columns: { id: string; values: unknown[] }[] }[] }; // prettier-ignore
			const first = Object.fromEntries(result.tables[0].columns.map(({ id, values }) => [id, values[0]]));
			expect(first).toMatchObject({ drop: 'd02', source: 'stored by an export', intervals: 1, held });
		}
	});

	it('names what is no export, or stores no forecast', async () => {
		expect((await ledger('config.json')).warnings).toEqual(['config.json: invalid file: must be an export of the Deploy screen']); // prettier-ignore
		expect((await ledger('old.json')).warnings).toEqual(['old.json: missing forecast: this export stores no intervals']); // prettier-ignore
		expect((await runLine('ledger right.json', { files })).exit).toBe(2);
	});
});

describe('dropbench health', () => {
	it('prints each proof, and exits with 3 unless all of it holds', async () => {
		const stale = await runLine('health market.json --set recommender.maxAgeDays=0.5', { files });
		expect(stale.exit).toBe(3);
		expect(stale.out).toContain('✗ Freshness: ');
		expect(stale.out).toContain('not confirmed: freshness');
		const json = JSON.parse((await runLine('health market.json --json', { files })).out) as {
			checks: unknown[];
		};
		expect(json.checks).toHaveLength(5);
		expect((await runLine('health')).exit).toBe(2);
	});
});
