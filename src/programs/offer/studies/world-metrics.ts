import { meanInterval, pairedDifference } from '#engine/stats/interval.ts';
import { DAY_MS } from '../../instant.ts';
import type { MetricSpec } from '../../report.ts';
import { CAP_REACHED } from '../events.ts';
import type { OfferMetrics } from '../measure.ts';
import { segmentMetric, wordsOf, type SegmentMetric } from '../metric-specs.ts';
import type { OfferOutcome } from '../outcome.ts';

const LEVEL = 0.95;

/** What parallel worlds are compared by. */
export const WORLD_METRICS: readonly SegmentMetric[] = [
	'paidAccounts', 'costPerPaidAccount', 'viralK', 'breakageRate', 'netCents', 'signups', 'referredSignups', 'referralsMade', 'qualifiedReferrals',
	'conversionRate', 'earnedCents', 'usedCents', 'cashCents',
].map(segmentMetric); // prettier-ignore

/** Beside them: the first cohort's payback month, and the day on which the last capped offer was full. */
export const PAYBACK = WORLD_METRICS.length;
export const CAP_DAY = PAYBACK + 1;
export const WORLD_WIDTH = CAP_DAY + 1;

/** The words of every number of a world, in the order of its columns. */
export const WORLD_SPECS: readonly MetricSpec[] = [
	...WORLD_METRICS.map(wordsOf),
	{
		id: 'paybackMonth',
		title: 'Months to payback, first cohort',
		unit: 'number',
		better: 'less',
		help: 'Months after which those who registered in the first month have paid for their credit, and stay ahead.',
	},
	{
		id: 'capDay',
		title: 'Cap full after',
		unit: 'days',
		better: null,
		help: 'Days from the start until the last place was taken, in the worlds in which it was.',
	},
];

/** A column per number of a world, with a value per seed; NaN where it is not defined. */
export type WorldColumns = readonly Float64Array[];

/** Reads a world's numbers, in the order above. */
export function readWorld(outcome: OfferOutcome, metrics: OfferMetrics): Float64Array {
	const values = Float64Array.from({ length: WORLD_WIDTH }, () => NaN);
	WORLD_METRICS.forEach(({ of }, m) => (values[m] = of(metrics.total) ?? NaN));
	values[PAYBACK] = metrics.byCohort[0]?.paybackMonth ?? NaN;
	const { state, start } = outcome;
	for (let o = 0; o < state.offerId.length; o++) {
		if (state.offerEndReason[o] === CAP_REACHED) values[CAP_DAY] = (state.offerEndedAt[o] - start) / DAY_MS;
	}
	return values;
}

/** Mean with its 95 % interval over the worlds in which the number is defined. */
export function worldMean(column: Float64Array): ReturnType<typeof meanInterval> {
	return meanInterval(column.filter(Number.isFinite), LEVEL);
}

/** Candidate less other, seed by seed, over the seeds in which both are defined; `count` says how many. */
export function worldDifference(
	candidate: Float64Array,
	other: Float64Array,
): ReturnType<typeof pairedDifference> {
	// prettier-ignore
	const both = Array.from(candidate, (_, r) => r).filter((r) => Number.isFinite(candidate[r] + other[r]));
	const of = (column: Float64Array) => Float64Array.from(both, (r) => column[r]);
	return pairedDifference(of(other), of(candidate), LEVEL);
}

/** What a paired interval says. */
export function verdictOf(low: number, high: number, better: 'more' | 'less' | null): string {
	if (Number.isNaN(low) || (low <= 0 && high >= 0)) return 'no difference shown';
	if (better === null) return low > 0 ? 'higher' : 'lower';
	return low > 0 === (better === 'more') ? 'better' : 'worse';
}

/** The candidate with most paid accounts in the mean; ties go to the earlier one. */
export function bestByPaid(columns: readonly WorldColumns[]): number {
	let best = 0;
	for (let k = 1; k < columns.length; k++) {
		if (worldMean(columns[k][0]).mean > worldMean(columns[best][0]).mean) best = k;
	}
	return best;
}
