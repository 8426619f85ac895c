import { CREDIT_KINDS, PAID } from './events.ts';
import type { OfferRules } from './rules.ts';
import type { OfferState } from './state.ts';

/** Sums over disjoint sets of accounts, one entry per set `s`; credit by set and kind at 3s + kind. */
export interface SegmentSums {
	readonly signups: Float64Array;
	readonly referredSignups: Float64Array;
	readonly fallbackSignups: Float64Array;
	readonly paidAccounts: Float64Array;
	readonly qualifiedReferrals: Float64Array;
	readonly invitesSent: Float64Array;
	readonly referralsMade: Float64Array;
	readonly cashCents: Float64Array;
	readonly earnedCents: Float64Array;
	readonly usedCents: Float64Array;
	readonly expiredCents: Float64Array;
}

/** What a credit sum consists of. */
export interface CreditSums {
	readonly earnedCents: number;
	readonly usedCents: number;
	readonly expiredCents: number;
	readonly availableCents: number;
}

/** A segment's metrics (spec section 12). Ratios are null where they would divide by 0. */
export interface Segment extends CreditSums {
	readonly signups: number;
	readonly referredSignups: number;
	readonly fallbackSignups: number;
	readonly paidAccounts: number;
	readonly qualifiedReferrals: number;
	readonly invitesSent: number;
	readonly referralsMade: number;
	readonly creditsByKind: Readonly<Record<(typeof CREDIT_KINDS)[number], CreditSums>>;
	readonly cashCents: number;
	readonly costCents: number;
	readonly contributionCents: number;
	readonly netCents: number;
	readonly conversionRate: number | null;
	readonly costPerPaidAccount: number | null;
	readonly grantedPerPaidAccount: number | null;
	readonly breakageRate: number | null;
	readonly viralK: number | null;
	readonly inviteAcceptance: number | null;
}

/** Adds accounts, credits and invoices up by the set each account is in; `setOf[u]` is one of 0 … count − 1. */
export function sumSegments(
	state: Readonly<OfferState>,
	setOf: ArrayLike<number>,
	count: number,
): SegmentSums {
	const column = () => new Float64Array(count);
	const kinds = CREDIT_KINDS.length;
	const sums = {
		signups: column(), referredSignups: column(), fallbackSignups: column(), paidAccounts: column(), qualifiedReferrals: column(),
		invitesSent: column(), referralsMade: column(), cashCents: column(),
		earnedCents: new Float64Array(kinds * count), usedCents: new Float64Array(kinds * count), expiredCents: new Float64Array(kinds * count),
	}; // prettier-ignore

	for (let u = 0; u < state.userId.length; u++) {
		const s = setOf[u];
		sums.signups[s]++;
		sums.fallbackSignups[s] += state.userIsFallback[u];
		sums.invitesSent[s] += state.userInvitesSent[u];
		if (state.userPaidInvoices[u] > 0) sums.paidAccounts[s]++;
		if (state.userQualifiedAt[u] >= 0) sums.qualifiedReferrals[s]++;
		if (state.userReferrer[u] >= 0) {
			sums.referredSignups[s]++;
			sums.referralsMade[setOf[state.userReferrer[u]]]++;
		}
	}
	for (let i = 0; i < state.invoiceId.length; i++) {
		if (state.invoiceState[i] !== PAID) continue;
		sums.cashCents[setOf[state.invoiceUser[i]]] += state.invoiceGrossCents[i] - state.invoiceCreditCents[i];
	}
	for (let c = 0; c < state.creditOwner.length; c++) {
		const at = kinds * setOf[state.creditAttributed[c]] + state.creditKind[c];
		sums.earnedCents[at] += state.creditEarnedCents[c];
		sums.usedCents[at] += state.creditUsedCents[c];
		sums.expiredCents[at] += state.creditExpiredCents[c];
	}
	return sums;
}

/** The metrics of one set. */
export function segmentAt(sums: SegmentSums, s: number, rules: OfferRules): Segment {
	const kind = (k: number) => creditSums(sums.earnedCents[3 * s + k], sums.usedCents[3 * s + k], sums.expiredCents[3 * s + k]); // prettier-ignore
	const [freeTier, invitee, award] = [kind(0), kind(1), kind(2)];
	const earnedCents = freeTier.earnedCents + invitee.earnedCents + award.earnedCents;
	const usedCents = freeTier.usedCents + invitee.usedCents + award.usedCents;
	const expiredCents = freeTier.expiredCents + invitee.expiredCents + award.expiredCents;
	const costCents = ceilBps(usedCents, rules.creditCostBps);
	const contributionCents = floorBps(sums.cashCents[s], rules.contributionMarginBps);
	const signups = sums.signups[s];
	const paidAccounts = sums.paidAccounts[s];
	return {
		signups,
		referredSignups: sums.referredSignups[s],
		fallbackSignups: sums.fallbackSignups[s],
		paidAccounts,
		qualifiedReferrals: sums.qualifiedReferrals[s],
		invitesSent: sums.invitesSent[s],
		referralsMade: sums.referralsMade[s],
		creditsByKind: { FREE_TIER: freeTier, INVITEE: invitee, AWARD: award },
		...creditSums(earnedCents, usedCents, expiredCents),
		cashCents: sums.cashCents[s],
		costCents,
		contributionCents,
		netCents: contributionCents - costCents,
		conversionRate: ratio(paidAccounts, signups),
		costPerPaidAccount: ratio(costCents, paidAccounts),
		grantedPerPaidAccount: ratio(earnedCents, paidAccounts),
		breakageRate: ratio(expiredCents, earnedCents),
		viralK: ratio(sums.referralsMade[s], signups),
		inviteAcceptance: ratio(sums.referralsMade[s], sums.invitesSent[s]),
	};
}

function creditSums(earnedCents: number, usedCents: number, expiredCents: number): CreditSums {
	return { earnedCents, usedCents, expiredCents, availableCents: earnedCents - usedCents - expiredCents };
}

function ratio(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}

/** floor(cents · bps / 10 000) without leaving whole numbers below 2^53 (spec section 12). */
export function floorBps(cents: number, bps: number): number {
	const rest = cents % 10_000;
	return ((cents - rest) / 10_000) * bps + Math.floor((rest * bps) / 10_000);
}

/** ceil(cents · bps / 10 000), likewise. */
export function ceilBps(cents: number, bps: number): number {
	const rest = cents % 10_000;
	return ((cents - rest) / 10_000) * bps + Math.ceil((rest * bps) / 10_000);
}
