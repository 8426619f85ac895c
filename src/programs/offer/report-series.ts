import { DAY_MS } from '../instant.ts';
import { grouped } from '../number-text.ts';
import type { Series } from '../report.ts';
import type { OfferMetrics } from './measure.ts';
import type { OfferOutcome } from './outcome.ts';
import { segmentMetric } from './metric-specs.ts';
import { dollars } from './money.ts';
import { monthStart, monthText } from './time.ts';
import { REASON_WORDS } from './words.ts';

const MOST_OFFERS = 12;
const MOST_COHORTS = 24;

/** Lines over time: the ledger by month, accounts and redemptions by day, payback by cohort. */
export function reportSeries(outcome: OfferOutcome, metrics: OfferMetrics): Series[] {
	return [
		ledgerSeries(outcome, metrics),
		accountSeries(outcome),
		offerSeries(outcome),
		paybackSeries(metrics),
	];
}

/** Cumulative credit given, used and expired, and what is owed, at the end of each month. */
function ledgerSeries(outcome: OfferOutcome, { byMonth }: OfferMetrics): Series {
	const { state } = outcome;
	const owed = state.earnedCents - state.usedCents - state.expiredCents;
	const running = (of: (row: OfferMetrics['byMonth'][number]) => number) => {
		let sum = 0;
		return Float64Array.from(byMonth, (row) => (sum += of(row)));
	};
	return {
		id: 'ledger',
		title: 'Credit ledger',
		unit: 'cents',
		xTitle: 'Month end',
		xUnit: 'time',
		x: Float64Array.from(byMonth, (row) => Math.min(monthStart(row.month + 1), outcome.end)),
		lines: [
			{ label: 'given', y: running((row) => row.earnedCents) },
			{ label: 'used', y: running((row) => row.usedCents) },
			{ label: 'expired', y: running((row) => row.expiredCents) },
			{ label: 'owed', y: Float64Array.from(byMonth, (row) => row.availableCents) },
			{ label: 'cash paid', y: running((row) => row.cashCents) },
		],
		finding: `${dollars(state.earnedCents)} of credit given: ${dollars(state.usedCents)} used, ${dollars(state.expiredCents)} expired, ${dollars(owed)} owed`,
	};
}

/** Registered and paid accounts at the end of each day. */
function accountSeries(outcome: OfferOutcome): Series {
	const { state } = outcome;
	const x = dayEnds(outcome);
	return {
		id: 'accounts',
		title: 'Accounts over time',
		unit: 'count',
		xTitle: 'Day',
		xUnit: 'time',
		x,
		lines: [
			{ label: 'registered', y: countUntil(x, outcome.start, state.userSignedUpAt) },
			{ label: 'paid', y: countUntil(x, outcome.start, state.userFirstPaidAt) },
			{ label: 'qualified referrals', y: countUntil(x, outcome.start, state.userQualifiedAt) },
		],
		finding: `${grouped(state.userId.length)} accounts registered, ${grouped(state.userFirstPaidAt.filter((at) => at >= 0).length)} have paid, ${grouped(state.userQualifiedAt.filter((at) => at >= 0).length)} are qualified referrals`,
		marks: offerMarks(outcome),
	};
}

/** Redemptions of each offer at the end of each day: when each lived, and how fast it filled. */
function offerSeries(outcome: OfferOutcome): Series {
	const { state } = outcome;
	const x = dayEnds(outcome);
	const shown = state.offerId
		.map((_, o) => o)
		.sort((a, b) => state.offerRedeemed[b] - state.offerRedeemed[a] || a - b);
	return {
		id: 'redemptions',
		title: 'Offers over time',
		unit: 'count',
		xTitle: 'Day',
		xUnit: 'time',
		x,
		lines: shown.slice(0, MOST_OFFERS).map((o) => ({
			label: state.offerId[o],
			y: countUntil(x, outcome.start, state.userSignedUpAt.filter((_, u) => state.userOffer[u] === o)),
		})),
		...(shown.length === 0 ? {} : { finding: `${state.offerId[shown[0]]} was redeemed most: ${grouped(state.offerRedeemed[shown[0]])} of ${grouped(state.userId.length)} registrations` }),
		marks: offerMarks(outcome),
	}; // prettier-ignore
}

/** Cumulative net of each cohort by months since registration; shorter lines are younger cohorts. */
function paybackSeries({ byCohort }: OfferMetrics): Series {
	const shown = byCohort.slice(-MOST_COHORTS);
	const width = Math.max(0, ...shown.map((cohort) => cohort.payback.length));
	return {
		id: 'payback',
		title: 'Payback by month of registration',
		unit: segmentMetric('netCents').unit,
		xTitle: 'Months since registration',
		x: Float64Array.from({ length: width }, (_, k) => k),
		lines: shown.map((cohort) => ({
			label: monthText(cohort.month),
			y: Float64Array.from({ length: width }, (_, k) => cohort.payback[k]?.netCents ?? NaN),
		})),
		finding: `Payback: ${byCohort.filter(({ paybackMonth }) => paybackMonth !== null).length} of ${byCohort.length} months of registration are in the black to stay`,
	};
}

function dayEnds({ start, end }: OfferOutcome): Float64Array {
	const days = Math.max(1, Math.ceil((end - start) / DAY_MS));
	return Float64Array.from({ length: days }, (_, d) => Math.min(start + (d + 1) * DAY_MS, end));
}

/** How many instants lie before the end of each day; the last day takes its end in. Negative ones are none. */
function countUntil(x: Float64Array, start: number, instants: readonly number[]): Float64Array {
	const count = new Float64Array(x.length);
	for (const at of instants) {
		if (at >= 0) count[Math.min(Math.floor((at - start) / DAY_MS), x.length - 1)]++;
	}
	for (let d = 1; d < count.length; d++) count[d] += count[d - 1];
	return count;
}

function offerMarks({ state }: OfferOutcome): { x: number; label: string }[] {
	return state.offerId.flatMap((id, o) => {
		const born = { x: state.offerCreatedAt[o], label: `${id} starts` };
		if (state.offerEndedAt[o] < 0) return [born];
		const reason = REASON_WORDS[state.offerEndReason[o]];
		return [born, { x: state.offerEndedAt[o], label: `${id} ends: ${reason}` }];
	});
}
