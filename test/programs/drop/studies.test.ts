import { describe, expect, it } from 'vitest';
import { drop } from '#programs/drop/program.ts';
import { contentDigest } from '#data/digest.ts';
import type { StudyResult } from '#programs/program.ts';
import type { OpenScenario } from '#programs/program.ts';
import type { ScenarioContent } from '#programs/tables.ts';

const options = { cities: 2, users: 500, brands: 12, contracts: 20, historyWeeks: 4, supplyPerUser: 1.2 };
const content: ScenarioContent = drop.generator!.generate({ ...options }, 5);
const open: OpenScenario = drop.open(content);

function metricOf(result: StudyResult, id: string): number {
	const value = result.metrics.find((metric) => metric.id === id)?.value;
	if (value === null || value === undefined) throw new Error(`no metric ${id}`);
	return value;
}

function columnOf(result: StudyResult, table: string, column: string): Float64Array {
	const values = result.tables
		.find(({ id }) => id === table)
		?.columns.find(({ id }) => id === column)?.values;
	if (!(values instanceof Float64Array)) throw new Error(`no numbers in ${table}.${column}`);
	return values;
}

describe('a generated marketplace', () => {
	it('is the same for the same options and seed, and another for another seed', () => {
		const digest = (seed: number) =>
			contentDigest(drop.generator!.generate({ ...options }, seed), drop.tables);
		expect(digest(5)).toBe(contentDigest(content, drop.tables));
		expect(digest(6)).not.toBe(digest(5));
	});

	it('holds the weeks asked for, a failed recommender run and rollover ancestors', () => {
		expect(content.tables.get('drop')?.rowCount).toBe(4);
		expect(content.tables.get('recommender_run')?.columns.get('status')).toContain('failed');
		const from = content.tables.get('contract')?.columns.get('rolled_over_from') as (string | null)[];
		expect(from.filter((id) => id !== null).length).toBeGreaterThan(5);
	});
});

describe('a replay', () => {
	it('reproduces every past Drop to the last assignment', () => {
		const reproduced = columnOf(open.study('past-drops', {}, {}), 'drops', 'reproduced');
		expect([...reproduced]).toEqual([1, 1, 1, 1]);
	});

	it('of a policy against its own log gives the logged mean, and an effective size of all rows', () => {
		const own = open.study('replay', {}, { drop: 'd04' });
		const rows = metricOf(own, 'policy.rows');
		expect(rows).toBeGreaterThan(20);
		expect(metricOf(own, 'policy.effectiveSize')).toBeCloseTo(rows, 6);
		expect(metricOf(own, 'policy.meanWeight')).toBeCloseTo(1, 9);
		for (const id of ['served', 'assignments', 'revenue'])
			expect(metricOf(own, `counterfactual.${id}`)).toBe(0);
	});

	it('names the Drops there are when asked for another', () => {
		expect(() => open.study('replay', {}, { drop: 'd99' })).toThrow(
			'unknown Drop: "d99"; the scenario has d01, d02',
		);
	});
});

describe('a forecast', () => {
	it('by many seeds holds the exact expectation', () => {
		const report = open.run({});
		const study = open.study('forecast', {}, { seeds: 400 });
		for (const id of ['forecast.selections', 'forecast.conversions', 'forecast.revenue']) {
			const exact = Number(report.metrics.find((metric) => metric.id === id)?.value);
			const low = columnOf(study, 'intervals', 'low');
			const high = columnOf(study, 'intervals', 'high');
			// the mean of 400 draws lies within a tenth of the width of the 90 % interval
			const at = study.metrics.findIndex((metric) => metric.id === id);
			expect(Math.abs(metricOf(study, id) - exact)).toBeLessThan((high[at] - low[at]) / 10);
		}
	});

	it('tells revenue in dollars, and each number in its own unit', () => {
		const { tables } = open.study('forecast', {}, { seeds: 50 });
		const [{ title, columns }] = tables;
		expect(title).toMatch(/^Revenue between \$[\d,]+ and \$[\d,]+ in 90% of 50 draws/);
		expect(columns.map(({ id }) => id)).toEqual(['metric', 'mean', 'low', 'median', 'high']);
		expect(columns[1].units).toEqual(['count', 'count', 'cents', 'cents', 'ratio', 'count']);
	});

	it('of a configuration against itself differs by exactly nothing', () => {
		const study = open.study('forecast', {}, { seeds: 50, against: {} });
		for (const column of ['difference', 'differenceLow', 'differenceHigh']) {
			expect([...columnOf(study, 'intervals', column)].every((value) => value === 0)).toBe(true);
		}
	});
});

describe('a season', () => {
	it('plays both configurations on the same luck, with the rollover of April', () => {
		const study = open.study('season', {}, { weeks: 4, seeds: 2, against: {} });
		const [draft, production] = study.series[0].lines;
		expect([...draft.y]).toEqual([...production.y]);
		expect(study.series[0].marks?.map((mark) => mark.x)).toEqual([4]);
	});
});

describe('the comparison of methods', () => {
	it('proves the optimum and puts no method above it', () => {
		const study = open.study('methods', {}, {});
		const share = columnOf(study, 'methods', 'share');
		expect(share[4]).toBe(1);
		for (const value of share) expect(value).toBeLessThanOrEqual(1);
		expect([...columnOf(study, 'methods', 'blocking').slice(0, 2)]).toEqual([0, 0]);
		for (const { message } of study.notices) expect(message).toMatch(/gap 0$/);
	});

	it('answers in words whether residency suits derived scores, from the numbers beside it', () => {
		const study = open.study('methods', {}, {});
		expect(study.answer?.question).toBe('Is residency matching the right algorithm for derived scores?');
		const share = columnOf(study, 'methods', 'share')[0];
		expect(study.answer?.sentences[0]).toContain(
			`${Number((100 * share).toFixed(2))}% of the greatest total`,
		);
		// with one shared score greedy and residency agree to the last assignment, and so say the words
		expect(columnOf(study, 'methods', 'same')[3]).toBe(1);
		expect(study.answer?.sentences.join(' ')).toContain('The greedy method gives the very same assignments');
		const apart = open.study('methods', { matching: { brandScore: 'best-customer' } }, {});
		expect(columnOf(apart, 'methods', 'same')[3]).toBeLessThan(1);
		expect(apart.answer?.sentences.join(' ')).toContain('the algorithm matters');
	});

	it('prices supply in dollars, each price confirmed by a re-run that never gains more', () => {
		const scarce = drop.open(
			drop.generator!.generate({ ...options, supplyPerUser: 0.6, historyWeeks: 1 }, 5),
		);
		const study = scarce.study('methods', {}, {});
		const worth = columnOf(study, 'shadow-prices', 'worth');
		const price = columnOf(study, 'shadow-prices', 'price');
		expect(worth.length).toBeGreaterThan(0);
		expect([...worth]).toEqual([...worth].sort((a, b) => b - a));
		for (let i = 0; i < worth.length; i++) {
			expect(worth[i]).toBeGreaterThanOrEqual(0);
			expect(worth[i]).toBeLessThanOrEqual(price[i] + 1e-9);
		}
		expect(study.tables[1].title).toMatch(/^One more .+ reward in .+ is worth \$\d+\.\d\d of expected revenue, confirmed by a re-run$/); // prettier-ignore
	});
});

describe('the quality of a Drop', () => {
	it('lists just the pairs that block, and a stable method has none', () => {
		for (const method of ['residency', 'immediate', 'greedy']) {
			const config = { matching: { method } };
			const study = open.study('quality', config, {});
			const table = study.tables.find(({ id }) => id === 'quality.blocking-pairs');
			const listed = table?.columns[0].values.length ?? -1;
			const counted = open.run(config).metrics.find((metric) => metric.id === 'blocking')?.value;
			expect(listed).toBe(counted);
			expect(metricOf(study, 'quality.blocking')).toBe(counted);
			if (method === 'residency') expect(counted).toBe(0);
			// each is a user who did not get that contract, and can be asked about
			const at = (row: number) => ({ user: String(table?.columns[0].values[row]), contract: String(table?.columns[1].values[row]) }); // prettier-ignore
			if (listed > 0) expect(open.explain(config, at(0)).sentence).toContain('did not get');
		}
	});

	it('of the optimal method reaches the best total, and that of no other passes it', () => {
		const share = (method: string) => metricOf(open.study('quality', { matching: { method } }, {}), 'quality.optimality'); // prettier-ignore
		expect(share('optimal')).toBe(1);
		for (const method of ['residency', 'greedy']) expect(share(method)).toBeLessThanOrEqual(1);
	});

	it('spreads conversions so that the share of dots over supply is the chance of it, to a dot', () => {
		const [spread] = open.study('quality', {}, {}).spreads ?? [];
		const contracts = open.run({}).groups.find(({ id }) => id === 'contract');
		const chance = contracts?.columns.find(({ id }) => id === 'chance.over')?.values;
		expect(spread.ids.length).toBeGreaterThan(2);
		spread.ids.forEach((id, i) => {
			const dots = spread.value.subarray(i * spread.count, (i + 1) * spread.count);
			const over = dots.filter((value) => value > spread.limit[i]).length / spread.count;
			expect(Math.abs(over - Number(chance?.[contracts?.ids.indexOf(id) ?? -1]))).toBeLessThanOrEqual(0.5 / spread.count + 1e-9); // prettier-ignore
		});
	});
});
