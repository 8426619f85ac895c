import { z } from 'zod';
import { pairedDifference } from '#engine/stats/interval.ts';
import { quantiles } from '#engine/stats/quantile.ts';
import { lever } from '../../levers.ts';
import { grouped } from '../../number-text.ts';
import type { StudyResult } from '../../program.ts';
import type { Unit } from '../../report.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { gatherOutcome } from '../outcome.ts';
import { fitChoice } from '../season/history-rates.ts';
import { simulate } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';
import { forecast } from '../stages/forecast.ts';
import { playSeeds, type LuckyTotals } from './monte-carlo.ts';

/** Options of the forecast: how many seeds, which interval, and which configuration to compare with. */
export const forecastOptions = z.looseObject({
	seeds: lever(z.int().min(2).max(10_000).default(400), {
		title: 'Seeds',
		help: 'How often users’ luck is drawn anew.',
		unit: 'count',
	}),
	level: lever(z.number().gt(0.5).lt(1).default(0.9), {
		title: 'Level',
		help: 'How much of the draws the interval holds.',
		unit: 'ratio',
		step: 0.05,
	}),
});

const TOTALS: readonly (readonly [keyof LuckyTotals | 'ratio', string, string, Unit])[] = [
	['selections', 'forecast.selections', 'Selections', 'count'],
	['conversions', 'forecast.conversions', 'Conversions', 'count'],
	['revenueCents', 'forecast.revenue', 'Revenue', 'cents'],
	['consumerValueCents', 'forecast.consumerValue', 'Consumer value', 'cents'],
	['ratio', 'ratio.selections', 'Sponsorship ratio by selections', 'ratio'],
	['over', 'supply.over', 'Contracts going over', 'count'],
];

/**
 * Percentile intervals of what users do with a run's assignments, and, with `against`, the paired difference
 * to another configuration on the same seeds: this one less that one.
 */
export function forecastStudy(
	dataset: DropDataset,
	config: DropConfig,
	against: DropConfig | null,
	options: z.infer<typeof forecastOptions>,
	cache: StageCache,
): StudyResult {
	const own = play(dataset, config, options.seeds, cache);
	const other = against === null ? null : play(dataset, against, options.seeds, cache);
	const tail = (1 - options.level) / 2;

	const rows = TOTALS.map(([key, id, title, unit]) => {
		const values = columnOf(own.totals, key);
		const [low, median, high] = quantiles(values, [tail, 0.5, 1 - tail]);
		const difference = other === null ? null : pairedDifference(columnOf(other.totals, key), values, options.level);
		return { id, title, unit, low, median, high, mean: mean(values), difference };
	});
	const units = rows.map(({ unit }) => unit);
	const column = (id: string, name: string, read: (row: (typeof rows)[number]) => number) => ({
		id, title: name, unit: 'number' as const, units, values: Float64Array.from(rows, read),
	});
	const share = `${Number((100 * options.level).toFixed(1))}%`;
	const money = rows.find(({ unit }) => unit === 'cents')!;
	return {
		metrics: rows.map((row) => ({ id: row.id, title: row.title, unit: row.unit, better: null, help: `Mean over ${options.seeds} seeds.`, value: row.mean })),
		tables: [
			{
				id: 'intervals',
				title: `${money.title} between ${dollars(money.low)} and ${dollars(money.high)} in ${share} of ${options.seeds} draws of users’ luck`,
				columns: [
					{ id: 'metric', title: 'Metric', unit: 'text', values: rows.map(({ title }) => title) },
					column('mean', 'Mean', (row) => row.mean),
					column('low', `${share} from`, (row) => row.low),
					column('median', 'Median', (row) => row.median),
					column('high', `${share} to`, (row) => row.high),
					...(other === null ? [] : [
						{ ...column('difference', 'Difference', (row) => row.difference?.mean ?? NaN), isChange: true },
						{ ...column('differenceLow', `Difference, ${share} from`, (row) => row.difference?.low ?? NaN), isChange: true },
						{ ...column('differenceHigh', `Difference, ${share} to`, (row) => row.difference?.high ?? NaN), isChange: true },
					]),
				],
			},
		],
		series: [],
		notices: own.fitted
			? [{ code: 'choice-fitted', message: own.fitted }]
			: [{ code: 'choice-default', message: 'too little history to fit the choice model: its default weights are used' }],
	};
} // prettier-ignore

function play(
	dataset: DropDataset,
	config: DropConfig,
	seeds: number,
	cache: StageCache,
): { totals: LuckyTotals; fitted: string | null } {
	const run = simulate(dataset, dataset.now, config, cache);
	const outcome = gatherOutcome(run);
	const choice = fitChoice(run);
	const expected = forecast(run, outcome, choice.weights);
	const totals = playSeeds(run, outcome, expected, config.seed, seeds);
	if (choice.fit === null || choice.chance.length === 0) return { totals, fitted: null };
	const [a, r] = choice.fit.standardError;
	const fitted = `choice model fitted to ${grouped(choice.observations)} past assignments: affinity weighs ${choice.weights.affinity.toFixed(2)} ± ${a.toFixed(2)}, reward ${choice.weights.reward.toFixed(2)} ± ${r.toFixed(2)}`;
	return { totals, fitted };
}

function dollars(cents: number): string {
	return `${cents < 0 ? '−' : ''}$${grouped(Math.abs(Math.round(cents / 100)))}`;
}

function columnOf(totals: LuckyTotals, key: keyof LuckyTotals | 'ratio'): Float64Array {
	if (key !== 'ratio') return totals[key];
	return totals.sponsoredSelections.map((sponsored, s) =>
		totals.selections[s] > 0 ? sponsored / totals.selections[s] : 0,
	);
}

function mean(values: Float64Array): number {
	let sum = 0;
	for (const value of values) sum += value;
	return sum / values.length;
}
