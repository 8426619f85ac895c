import { CAP_REACHED, PAID } from './events.ts';
import type { OfferRules } from './rules.ts';
import type { OfferOutcome } from './outcome.ts';
import { ceilBps, floorBps, segmentAt, sumSegments, type Segment } from './segments.ts';
import type { OfferState } from './state.ts';
import { monthOf } from './time.ts';

export interface OfferSegment extends Segment {
	/** offer index, -1 for accounts that redeemed none */
	readonly offer: number;
	/** -1 where the cap did not end it */
	readonly capExhaustedAt: number;
}

/** Cumulative cash and used credit of a cohort up to k months after its own. */
export interface Payback {
	readonly k: number;
	readonly cashCents: number;
	readonly usedCents: number;
	readonly netCents: number;
}

export interface Cohort extends Segment {
	readonly month: number;
	readonly payback: readonly Payback[];
	/** first k from which net never falls below 0 again; null if it is below at the end */
	readonly paybackMonth: number | null;
}

export interface MonthRow {
	readonly month: number;
	readonly signups: number;
	readonly referredSignups: number;
	readonly firstPaid: number;
	readonly qualified: number;
	readonly earnedCents: number;
	readonly usedCents: number;
	readonly expiredCents: number;
	readonly cashCents: number;
	/** what is still owed at the month's end */
	readonly availableCents: number;
}

export interface OfferMetrics {
	readonly total: Segment;
	readonly byOffer: readonly OfferSegment[];
	readonly byCohort: readonly Cohort[];
	readonly byMonth: readonly MonthRow[];
}

/** All metrics of spec section 12. O(events + cohorts · months). */
export function measure(outcome: OfferOutcome): OfferMetrics {
	const { state, start, end } = outcome;
	const { rules } = state;
	const userCount = state.userId.length;
	return {
		total: segmentAt(sumSegments(state, new Uint8Array(userCount), 1), 0, rules),
		byOffer: measureOffers(state, rules),
		byCohort: measureCohorts(state, rules, monthOf(end)),
		byMonth: measureMonths(state, monthOf(start), monthOf(end)),
	};
}

function measureOffers(state: Readonly<OfferState>, rules: OfferRules): OfferSegment[] {
	const offerCount = state.offerId.length;
	const setOf = Int32Array.from(state.userOffer, (o) => (o < 0 ? offerCount : o));
	const sums = sumSegments(state, setOf, offerCount + 1);
	const rowCount = sums.signups[offerCount] > 0 ? offerCount + 1 : offerCount;
	return Array.from({ length: rowCount }, (_, s) => ({
		offer: s < offerCount ? s : -1,
		capExhaustedAt: state.offerEndReason[s] === CAP_REACHED ? state.offerEndedAt[s] : -1,
		...segmentAt(sums, s, rules),
	}));
}

function measureCohorts(state: Readonly<OfferState>, rules: OfferRules, lastMonth: number): Cohort[] {
	// cohorts are the months that have users, numbered from 0
	const userMonth = Int32Array.from(state.userSignedUpAt, monthOf);
	const months = [...new Set(userMonth)].sort((a, b) => a - b);
	const cohortOf = new Map(months.map((month, h) => [month, h]));
	const setOf = userMonth.map((month) => cohortOf.get(month)!);
	const sums = sumSegments(state, setOf, months.length);

	// cash and used credit by cohort and months since
	const width = months.length === 0 ? 0 : lastMonth - months[0] + 1;
	const cash = new Float64Array(months.length * width);
	const used = new Float64Array(months.length * width);
	for (let i = 0; i < state.invoiceId.length; i++) {
		if (state.invoiceState[i] !== PAID) continue;
		const h = setOf[state.invoiceUser[i]];
		const k = monthOf(state.invoiceClosedAt[i]) - months[h];
		cash[h * width + k] += state.invoiceGrossCents[i] - state.invoiceCreditCents[i];
	}
	for (let d = 0; d < state.drawCredit.length; d++) {
		const h = setOf[state.creditAttributed[state.drawCredit[d]]];
		const k = monthOf(state.usageAt[state.drawUsage[d]]) - months[h];
		used[h * width + k] += state.drawCents[d];
	}

	return months.map((month, h) => {
		const payback: Payback[] = [];
		let [cashCents, usedCents, paybackMonth] = [0, 0, -1];
		for (let k = 0; k <= lastMonth - month; k++) {
			cashCents += cash[h * width + k];
			usedCents += used[h * width + k];
			const netCents =
				floorBps(cashCents, rules.contributionMarginBps) - ceilBps(usedCents, rules.creditCostBps);
			payback.push({ k, cashCents, usedCents, netCents });
			if (netCents < 0) paybackMonth = -1;
			else if (paybackMonth < 0) paybackMonth = k;
		}
		return {
			month,
			...segmentAt(sums, h, rules),
			payback,
			paybackMonth: paybackMonth < 0 ? null : paybackMonth,
		};
	});
}

function measureMonths(state: Readonly<OfferState>, firstMonth: number, lastMonth: number): MonthRow[] {
	const column = () => new Float64Array(lastMonth - firstMonth + 1);
	const [signups, referred, firstPaid, qualified] = [column(), column(), column(), column()];
	const [earned, used, expired, cash] = [column(), column(), column(), column()];
	for (let u = 0; u < state.userId.length; u++) {
		const m = monthOf(state.userSignedUpAt[u]) - firstMonth;
		signups[m]++;
		if (state.userReferrer[u] >= 0) referred[m]++;
		if (state.userFirstPaidAt[u] >= 0) firstPaid[monthOf(state.userFirstPaidAt[u]) - firstMonth]++;
		if (state.userQualifiedAt[u] >= 0) qualified[monthOf(state.userQualifiedAt[u]) - firstMonth]++;
	}
	for (let c = 0; c < state.creditOwner.length; c++) {
		earned[monthOf(state.creditCreatedAt[c]) - firstMonth] += state.creditEarnedCents[c];
		// only what has expired did so within the timeline
		if (state.creditExpiredCents[c] === 0) continue;
		expired[monthOf(state.creditExpiresAt[c]) - firstMonth] += state.creditExpiredCents[c];
	}
	for (let d = 0; d < state.drawCredit.length; d++) {
		used[monthOf(state.usageAt[state.drawUsage[d]]) - firstMonth] += state.drawCents[d];
	}
	for (let i = 0; i < state.invoiceId.length; i++) {
		if (state.invoiceState[i] !== PAID) continue;
		cash[monthOf(state.invoiceClosedAt[i]) - firstMonth] +=
			state.invoiceGrossCents[i] - state.invoiceCreditCents[i];
	}

	let availableCents = 0;
	return Array.from(signups, (_, m) => {
		availableCents += earned[m] - used[m] - expired[m];
		return {
			month: firstMonth + m,
			signups: signups[m],
			referredSignups: referred[m],
			firstPaid: firstPaid[m],
			qualified: qualified[m],
			earnedCents: earned[m],
			usedCents: used[m],
			expiredCents: expired[m],
			cashCents: cash[m],
			availableCents,
		};
	});
}
