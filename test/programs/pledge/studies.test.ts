import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import { pledge } from '#programs/pledge/program.ts';
import { intervalOf, meanOf } from '#programs/pledge/studies/interval.ts';
import type { ReportTable } from '#programs/report.ts';
import { readShipped } from './open-scenario.ts';

const twenty = readShipped('twenty-patrons');
const config = pledge.readConfig(twenty.config).config;
const open = pledge.open(twenty.content);

function cell(
	table: ReportTable | undefined,
	column: string,
	row: (table: ReportTable, i: number) => boolean,
) {
	const values = table!.columns.find(({ id }) => id === column)!.values;
	const i = Array.from(values.keys()).find((index) => row(table!, index))!;
	return values[i];
}
const valueAt = (table: ReportTable, column: string, i: number) =>
	table.columns.find(({ id }) => id === column)?.values[i];

describe('the arena', () => {
	it('runs every policy on the same history: the average cascade is the one the specification computes', () => {
		const { tables } = open.study('arena', config, { seeds: 500 });
		const losses = (policy: string) =>
			Number(cell(tables[0], 'losses', (table, i) => valueAt(table, 'policy', i) === policy));
		expect(losses('favour-bigger')).toBe(20);
		expect(losses('drop-newest')).toBe(1);
		expect(losses('manual-flag')).toBe(0);
		// 4.942 on average, standard deviation about 4.2
		expect(Math.abs(losses('drop-random-any') - 4.942)).toBeLessThan(0.85);
	});

	it('pairs differences by seed and gives a verdict where the interval leaves out nothing', () => {
		const { tables } = open.study('arena', config, { seeds: 60 });
		const at = (policy: string, metric: string) => (table: ReportTable, i: number) =>
			valueAt(table, 'policy', i) === policy && valueAt(table, 'metric', i) === metric;
		expect(cell(tables[1], 'verdict', at('favour-bigger', 'losses'))).toBe('worse');
		expect(cell(tables[1], 'verdict', at('manual-flag', 'losses'))).toBe('better');
		expect(cell(tables[1], 'verdict', at('drop-random-any', 'losses'))).toBe('same');
		expect(cell(tables[1], 'difference', at('drop-random-any', 'losses'))).toBe(0);
		const low = Number(cell(tables[1], 'low', at('drop-random-any', 'losses')));
		const high = Number(cell(tables[1], 'high', at('drop-random-any', 'losses')));
		expect([low >= 1, high <= 20, low < high]).toEqual([true, true, true]);
	});

	it('lets people answer, each policy its own', () => {
		const flapping = readShipped('flapping');
		const study = (answers: boolean) =>
			pledge.open(flapping.content).study('arena', pledge.readConfig(flapping.config).config, { seeds: 5, answers, raiseProbability: 1, returnProbability: 1 }); // prettier-ignore
		const patrons = (answers: boolean) => Number(cell(study(answers).tables[0], 'activePledges', (table, i) => valueAt(table, 'policy', i) === 'drop-newest')); // prettier-ignore
		expect(patrons(true)).toBeGreaterThan(patrons(false));
	});

	it('refuses options out of range, and a study there is not', () => {
		expect(() => open.study('arena', config, { seeds: 0 })).toThrow(InputError);
		expect(() => open.study('season', config, {})).toThrow(InputError);
	});
});

describe('the staircase', () => {
	it('says how far a project can grow before the first loss, as the next pledges confirm', () => {
		const flapping = readShipped('flapping');
		const wide = pledge.readConfig({ ...flapping.config, baseRate: 400_000 }).config;
		const { tables, metrics } = pledge.open(flapping.content).study('staircase', wide, { newcomers: 5 });
		// ten patrons at $4.00 of $5.00: $0.40 more twice, and the third newcomer is one too many
		expect(metrics[0].value).toBe(2);
		const row = Object.fromEntries(tables[0].columns.map(({ id, values }) => [id, values[0]]));
		expect(row).toMatchObject({ patrons: 10, room: 2, reach: 12, over1: 0, overAll: 10 });
	});
});

describe('intervals', () => {
	it('hold the middle 95 % by linear interpolation', () => {
		const values = Float64Array.from({ length: 41 }, (_, i) => 40 - i);
		expect(intervalOf(values)).toEqual({ low: 1, high: 39 });
		expect(meanOf(values)).toBe(20);
		expect(intervalOf(Float64Array.of(3, NaN))).toEqual({ low: 3, high: 3 });
		expect(meanOf(new Float64Array(0))).toBeNaN();
	});
});
