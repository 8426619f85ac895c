import { meanInterval, pairedDifference, wilsonInterval } from '#engine/stats/interval.ts';
import { DAY_MS } from '../../instant.ts';
import type { ReportTable } from '../../report.ts';
import { CAP_REACHED } from '../events.ts';
import type { OfferMetrics } from '../measure.ts';
import { segmentMetric, type SegmentMetric } from '../metric-specs.ts';
import type { OfferOutcome } from '../outcome.ts';
import { numberColumn, textColumn } from '../report-tables.ts';

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

/** Mean of each candidate with its interval, over the replicates in which the metric is defined. */
export function meansTable(
	names: readonly string[],
	columns: readonly (readonly Float64Array[])[],
): ReportTable {
	const titles = [...WORLD_METRICS.map((metric) => metric.title), 'Payback month of the first cohort'];
	const rows = names.flatMap((name, k) =>
		titles.map((title, m) => ({
			name,
			title,
			...meanInterval(columns[k][m].filter(Number.isFinite), LEVEL),
		})),
	);
	return {
		id: 'means',
		title: 'Means by candidate, with 95 % intervals',
		columns: [
			textColumn('candidate', 'Candidate', 'text', rows.map((row) => row.name)),
			textColumn('metric', 'Metric', 'text', rows.map((row) => row.title)),
			numberColumn('count', 'Worlds', 'count', rows.map((row) => row.count)),
			numberColumn('mean', 'Mean', 'number', rows.map((row) => row.mean)),
			numberColumn('low', '95 % from', 'number', rows.map((row) => row.low)),
			numberColumn('high', '95 % to', 'number', rows.map((row) => row.high)),
		],
	}; // prettier-ignore
}

/** What a paired interval says. */
export function verdictOf(low: number, high: number, better: 'more' | 'less' | null): string {
	if (Number.isNaN(low) || (low <= 0 && high >= 0)) return 'no difference shown';
	if (better === null) return low > 0 ? 'higher' : 'lower';
	return low > 0 === (better === 'more') ? 'better' : 'worse';
}

/** Every candidate against every earlier one, seed by seed: the mean difference, its interval and the verdict. */
export function comparisonTable(
	names: readonly string[],
	columns: readonly (readonly Float64Array[])[],
): ReportTable {
	const rows: { name: string; against: string; title: string; mean: number; low: number; high: number; sd: number; count: number; verdict: string }[] = []; // prettier-ignore
	for (let k = 1; k < names.length; k++) {
		for (let j = 0; j < k; j++) {
			WORLD_METRICS.forEach(({ title, better }, m) => {
				const both = columns[k][m].map((_, r) => r).filter((r) => Number.isFinite(columns[k][m][r] + columns[j][m][r]));
				const of = (column: Float64Array) => Float64Array.from(both, (r) => column[r]);
				const { mean, low, high, sd, count } = pairedDifference(of(columns[j][m]), of(columns[k][m]), LEVEL);
				rows.push({ name: names[k], against: names[j], title, mean, low, high, sd, count, verdict: verdictOf(low, high, better) });
			});
		}
	} // prettier-ignore
	return {
		id: 'comparison',
		title: 'Paired differences on common luck',
		columns: [
			textColumn('candidate', 'Candidate', 'text', rows.map((row) => row.name)),
			textColumn('against', 'Against', 'text', rows.map((row) => row.against)),
			textColumn('metric', 'Metric', 'text', rows.map((row) => row.title)),
			numberColumn('count', 'Worlds', 'count', rows.map((row) => row.count)),
			numberColumn('difference', 'Difference', 'number', rows.map((row) => row.mean)),
			numberColumn('low', '95 % from', 'number', rows.map((row) => row.low)),
			numberColumn('high', '95 % to', 'number', rows.map((row) => row.high)),
			numberColumn('sd', 'Paired deviation', 'number', rows.map((row) => row.sd)),
			textColumn('verdict', 'Verdict', 'text', rows.map((row) => row.verdict)),
		],
	}; // prettier-ignore
}

/** How often and when the cap of a candidate was full: a Wilson interval of the share, a t interval of the day. */
export function capsTable(
	names: readonly string[],
	columns: readonly (readonly Float64Array[])[],
): ReportTable {
	const rows = names.map((name, k) => {
		const all = columns[k][CAP_DAY];
		const full = all.filter(Number.isFinite);
		return { name, full, count: all.length, share: wilsonInterval(full.length, all.length, LEVEL), day: meanInterval(full, LEVEL) };
	}); // prettier-ignore
	return {
		id: 'caps',
		title: 'When caps were full',
		columns: [
			textColumn('candidate', 'Candidate', 'text', rows.map((row) => row.name)),
			numberColumn('full', 'Worlds with a full cap', 'count', rows.map((row) => row.full.length)),
			numberColumn('count', 'Worlds', 'count', rows.map((row) => row.count)),
			numberColumn('shareLow', 'Share, 95 % from', 'ratio', rows.map((row) => row.share.low)),
			numberColumn('shareHigh', 'Share, 95 % to', 'ratio', rows.map((row) => row.share.high)),
			numberColumn('day', 'Full on day', 'days', rows.map((row) => row.day.mean)),
			numberColumn('dayLow', 'Day, 95 % from', 'days', rows.map((row) => row.day.low)),
			numberColumn('dayHigh', 'Day, 95 % to', 'days', rows.map((row) => row.day.high)),
		],
	}; // prettier-ignore
}
