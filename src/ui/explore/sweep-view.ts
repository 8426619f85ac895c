import { meanInterval, pairedDifference } from '#engine/stats/interval.ts';
import type { Config } from '#programs/levers.ts';
import type { Metric, MetricSpec } from '#programs/report.ts';
import { differ, type PointResult } from '#programs/sweep/run-point.ts';
import { formatValue } from '../format.ts';
import type { PlannedPoint, SweepLimit, SweepPlan } from './sweep-setup.ts';

const LEVEL = 0.95;

/** Results of a list of runs, undefined where one is not finished. */
export type ResultsOf = (runs: readonly Config[]) => readonly (PointResult | undefined)[];

/** A point of a sweep with what its finished runs gave. */
export interface SweptPoint {
	readonly point: PlannedPoint;
	/** of the seeds that are finished */
	readonly results: readonly PointResult[];
	/** every seed is */
	readonly isWhole: boolean;
	/** the program took it, every guardrail and the limit were kept */
	readonly isFeasible: boolean;
	/** the program does not take it: there are no numbers */
	readonly isRefused: boolean;
	/** what it breaks, in words; empty where it is feasible */
	readonly why: string;
}

/** A limit with its bound in numbers. */
export interface Bound {
	readonly metric: MetricSpec;
	readonly value: number;
}

/** Mean of a metric over the seeds of a point; NaN where one of them does not define it, or there is none. */
export function meanOf(results: readonly PointResult[], id: string): number {
	if (results.length === 0) return NaN;
	return results.reduce((sum, { values }) => sum + (values[id] ?? NaN), 0) / results.length;
}

/** The bound that a limit sets: its own, or what production has on the same luck. */
export function boundOf(
	limit: SweepLimit | null,
	metrics: readonly Metric[],
	production: readonly PointResult[],
): Bound | null {
	const metric = limit && metrics.find(({ id }) => id === limit.metric);
	if (!limit || !metric || metric.better === null) return null;
	const value = limit.bound ?? meanOf(production, metric.id);
	return Number.isNaN(value) ? null : { metric, value };
}

/** A limit in words: `Users served at least 4,812`. */
export function boundInWords({ metric, value }: Bound): string {
	return `${metric.title} at ${metric.better === 'more' ? 'least' : 'most'} ${formatValue(value, metric.unit)}`;
}

/** Every point of a plan of which a run is finished, in the plan's order. */
export function sweptPoints(plan: SweepPlan, resultsOf: ResultsOf, bound: Bound | null): SweptPoint[] {
	return plan.points.flatMap((point): SweptPoint[] => {
		const all = resultsOf(point.runs);
		const results = all.filter((result) => result !== undefined);
		if (results.length === 0) return [];
		const why = whyNot(results, bound);
		return [
			{
				point,
				results,
				isWhole: results.length === all.length,
				isFeasible: why === '',
				isRefused: results.some(({ refused }) => refused !== ''),
				why,
			},
		];
	});
}

function whyNot(results: readonly PointResult[], bound: Bound | null): string {
	const refused = results.find((result) => result.refused !== '');
	if (refused) return `not allowed: ${refused.refused}`;
	const broken = [...new Set(results.flatMap((result) => result.broken))];
	if (broken.length > 0) return `breaks ${broken.join(', ')}`;
	if (!bound) return '';
	const value = meanOf(results, bound.metric.id);
	const isKept = bound.metric.better === 'more' ? value >= bound.value : value <= bound.value;
	return isKept ? '' : `${bound.metric.title} ${formatValue(value, bound.metric.unit)} breaks the limit`;
}

/**
 * Where the mean of a point lies, seen from production: production's mean plus the 95 % interval of the difference, on
 * the seeds that both have finished. NaN below two seeds.
 */
export function bandAround(
	point: readonly (PointResult | undefined)[],
	production: readonly (PointResult | undefined)[],
	id: string,
): { readonly low: number; readonly high: number } {
	const both = point.flatMap((result, s) => {
		const [own, live] = [result?.values[id], production[s]?.values[id]];
		return typeof own === 'number' && typeof live === 'number' ? [[live, own]] : [];
	});
	const [before, after] = [0, 1].map((side) => Float64Array.from(both, (pair) => pair[side]));
	const { mean } = meanInterval(before, LEVEL);
	const { low, high } = pairedDifference(before, after, LEVEL);
	return { low: mean + low, high: mean + high };
}

/** Metrics that differ from those of the first of several points in any of the others. */
export function changedMetrics(points: readonly SweptPoint[], metrics: readonly MetricSpec[]): MetricSpec[] {
	const [first, ...others] = points.filter(({ isRefused }) => !isRefused);
	if (!first) return [];
	return metrics.filter(({ id }) =>
		others.some(({ results }) =>
			results.some(
				(result, s) => !Object.is(result.values[id], first.results[s]?.values[id] ?? result.values[id]),
			),
		),
	);
}

/** Did a lever of a sampled design change any number, in any sample? */
export function isIdle(points: readonly SweptPoint[], lever: number): boolean {
	const bases = new Map(points.filter(({ point }) => point.sampled?.lever === -1).map((each) => [each.point.sampled?.sample, each])); // prettier-ignore
	return points
		.filter(({ point, isRefused }) => point.sampled?.lever === lever && !isRefused)
		.every(({ point, results }) => {
			const base = bases.get(point.sampled?.sample);
			return !base || base.isRefused || results.every((result, s) => !base.results[s] || !differ(result, base.results[s])); // prettier-ignore
		});
}
