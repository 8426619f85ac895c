import type { Metric, MetricColumn, MetricGroup } from '../report.ts';
import type { OfferMetrics } from './measure.ts';
import { SEGMENT_METRICS } from './metric-specs.ts';
import type { OfferOutcome } from './outcome.ts';
import { segmentAt, sumSegments, type Segment } from './segments.ts';
import { monthText } from './time.ts';

/** Accounts by how they came; the words stand in this order in the report. */
export const CHANNELS = ['without link', 'with link', 'with link, fell back'] as const;

/** The metrics of all accounts, then when the caps of offers were reached. */
export function reportMetrics(metrics: OfferMetrics): Metric[] {
	const full = metrics.byOffer.filter((row) => row.capExhaustedAt >= 0).length;
	return [
		...SEGMENT_METRICS.map(({ of, ...spec }) => ({ ...spec, value: of(metrics.total) })),
		{
			id: 'offersFull',
			title: 'Offers full',
			unit: 'count',
			better: null,
			help: 'Offers whose cap was reached. One that is full early was not tested for its whole time.',
			value: full,
		},
	];
}

/** Metrics by offer redeemed, by how accounts came, and by month of registration. */
export function reportGroups(outcome: OfferOutcome, metrics: OfferMetrics): MetricGroup[] {
	const { state } = outcome;
	const channelOf = Uint8Array.from(state.userReferrer, (referrer, u) =>
		referrer < 0 ? 0 : state.userIsFallback[u] === 1 ? 2 : 1,
	);
	const sums = sumSegments(state, channelOf, CHANNELS.length);
	const channels = CHANNELS.map((_, s) => segmentAt(sums, s, state.rules));
	const offerIds = metrics.byOffer.map((row) => (row.offer < 0 ? '' : state.offerId[row.offer]));
	const months = metrics.byCohort.map((row) => monthText(row.month));
	const paybackMonth: MetricColumn = {
		id: 'paybackMonth',
		title: 'Payback after',
		unit: 'number',
		better: 'less',
		help: 'Months from which the cohort stays in the black. Young cohorts have had less time.',
		values: Float64Array.from(metrics.byCohort, (row) => row.paybackMonth ?? NaN),
	};
	return [
		groupOf('offer', 'Offers', offerIds, offerIds.map((id) => id || 'no offer'), metrics.byOffer),
		groupOf('channel', 'Channels', CHANNELS, CHANNELS, channels),
		groupOf('cohort', 'Months of registration', months, months, metrics.byCohort, [paybackMonth]),
	]; // prettier-ignore
}

function groupOf(
	id: string,
	title: string,
	ids: readonly string[],
	labels: readonly string[],
	rows: readonly Segment[],
	more: readonly MetricColumn[] = [],
): MetricGroup {
	// prettier-ignore
	const columns = SEGMENT_METRICS.map(({ of, ...spec }) => ({
		...spec,
		values: Float64Array.from(rows, (row) => of(row) ?? NaN),
	}));
	return { id, title, ids, labels, columns: [...columns, ...more] };
}
