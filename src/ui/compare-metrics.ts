import { pairedDifference } from '#engine/stats/interval.ts';
import type { MetricSpec, Report } from '#programs/report.ts';
import type { LuckResult } from '#workers/protocol.ts';

/** A metric in production and in a candidate, with the interval of the difference on the same seeds. */
export interface MetricDifference extends MetricSpec {
	readonly before: number;
	readonly after: number;
	/** mean of the difference over the seeds, and its 95 % interval; NaN without seeds */
	readonly mean: number;
	readonly low: number;
	readonly high: number;
	/** the difference relative to production, with the interval in the same measure; NaN where that is 0 */
	readonly relative: number;
	readonly relativeLow: number;
	readonly relativeHigh: number;
	/** the interval holds 0 */
	readonly isUndetected: boolean;
}

const LEVEL = 0.95;

/**
 * Metrics that both runs define, largest relative difference first, then in the order of the report; where
 * production is 0 a difference counts as largest. `luck` holds production first and the candidate second.
 * With `luck` the values are means over its seeds, else those of the one run.
 */
export function compareMetrics(before: Report, after: Report, luck: LuckResult | null): MetricDifference[] {
	const rows = after.metrics.flatMap((metric): MetricDifference[] => {
		const was = before.metrics.find(({ id }) => id === metric.id)?.value ?? null;
		if (was === null || metric.value === null) return [];
		const m = luck?.metrics.findIndex(({ id }) => id === metric.id) ?? -1;
		const columns = m >= 0 && luck ? [luck.values[0][m], luck.values[1][m]] : null;
		const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
		const difference = columns && pairedDifference(columns[0], columns[1], LEVEL);
		const start = columns ? mean(columns[0]) : was;
		const change = difference ? difference.mean : metric.value - was;
		const share = (value: number) => (start === 0 ? NaN : value / Math.abs(start));
		const [low, high] = difference ? [difference.low, difference.high] : [NaN, NaN];
		return [
			{
				...metric,
				before: start,
				after: start + change,
				mean: change,
				low,
				high,
				relative: share(change),
				relativeLow: share(low),
				relativeHigh: share(high),
				isUndetected: difference ? low <= 0 && high >= 0 : change === 0,
			},
		];
	});
	const size = (row: MetricDifference) =>
		row.mean === 0 ? 0 : Number.isNaN(row.relative) ? Infinity : Math.abs(row.relative);
	return rows
		.map((row, i) => ({ row, i }))
		.sort((a, b) => (size(a.row) === size(b.row) ? a.i - b.i : size(b.row) - size(a.row)))
		.map(({ row }) => row);
}

/** Luck drawn in chunks, put together: seeds one after another. */
export function joinLuck(first: LuckResult | null, next: LuckResult): LuckResult {
	if (!first) return next;
	const join = (a: Float64Array, b: Float64Array) => Float64Array.of(...a, ...b);
	return {
		metrics: first.metrics,
		seeds: [...first.seeds, ...next.seeds],
		values: first.values.map((run, r) => run.map((values, m) => join(values, next.values[r][m]))),
	};
}
