import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { cook, readRecipe } from '#data/recipe.ts';
import { drop } from '#programs/drop/program.ts';
import type { OpenScenario, StudyResult } from '#programs/program.ts';
import { programById } from '#programs/registry.ts';
import { numbers, tableOf, texts, type ScenarioContent } from '#programs/tables.ts';
import { withRows } from '../filter-rows.ts';

const recipe = readRecipe(
	JSON.parse(readFileSync(new URL('../../../../scenarios/drop/three-cities/scenario.json', import.meta.url), 'utf8')),
	programById,
); // prettier-ignore
let demo: ScenarioContent;
let open: OpenScenario;

beforeAll(() => {
	demo = cook(recipe);
	open = drop.open(demo);
}, 60_000);

const figuresOf = ({ metrics, tables, notices }: StudyResult) => ({
	metrics: metrics.map(({ id, value }) => [id, value]),
	tables: tables.map(({ id, columns }) => [id, columns.map(({ values }) => [...values])]),
	notices,
});

describe('the replay of the demo', () => {
	it('reproduces its eight past Drops to the last assignment', { timeout: 60_000 }, () => {
		const columns = open.study('past-drops', {}, {}).tables[0].columns;
		const reproduced = columns.find(({ id }) => id === 'reproduced')?.values ?? [];
		expect([...reproduced]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
	});

	it('does not change in any figure when all rows dated after the Drop are deleted', { timeout: 60_000 }, () => {
		const drops = tableOf(demo, 'drop');
		const at = numbers(drops, 'scheduled_at')[texts(drops, 'id').indexOf('d04')];
		// what users did with the Drop's own assignments is what it is scored on, and stays
		const logged = tableOf(demo, 'assignment');
		const [ofDrop, assignedAt] = [texts(logged, 'drop_id'), numbers(logged, 'assigned_at')];
		let past = withRows(demo, 'assignment', (row) => ofDrop[row] === 'd04' || assignedAt[row] <= at);
		const until = (table: string, column: string) => {
			const time = numbers(tableOf(demo, table), column);
			past = withRows(past, table, (row) => time[row] <= at);
		};
		until('app_open', 'opened_at');
		until('drop', 'scheduled_at');
		const runs = tableOf(demo, 'recommender_run');
		const [run, trainedAt] = [texts(runs, 'id'), numbers(runs, 'trained_at')];
		const later = new Set(run.filter((_, r) => trainedAt[r] > at));
		for (const table of ['affinity', 'affinity_vector', 'best_customer', 'best_customer_vector']) {
			const runOf = texts(tableOf(demo, table), 'run_id');
			past = withRows(past, table, (row) => !later.has(runOf[row]));
		}
		until('recommender_run', 'trained_at');
		expect(later.size).toBeGreaterThan(3);
		expect(tableOf(past, 'assignment').rowCount).toBeLessThan(0.6 * logged.rowCount);

		const settings = { sponsorship: { ratio: 0.6 }, cutoff: { bottomShare: 0.2 } };
		const whole = open.study('replay', settings, { drop: 'd04' });
		expect(figuresOf(drop.open(past).study('replay', settings, { drop: 'd04' }))).toEqual(figuresOf(whole));
	});

	it('of a policy against its own log gives the logged mean exactly and an effective sample size of n', { timeout: 60_000 }, () => {
		const own = open.study('replay', {}, { drop: 'd05' });
		const valueOf = (id: string) => own.metrics.find((metric) => metric.id === id)?.value;
		expect(valueOf('policy.rows')).toBeGreaterThan(1000);
		expect(valueOf('policy.effectiveSize')).toBe(valueOf('policy.rows'));
		expect(valueOf('policy.meanWeight')).toBe(1);
		expect(valueOf('policy.largestWeight')).toBe(1);
		const [logged, ips, snips] = own.tables.find(({ id }) => id === 'off-policy')?.columns[1].values ?? [];
		expect([ips, snips]).toEqual([logged, logged]);
	});
}); // prettier-ignore
