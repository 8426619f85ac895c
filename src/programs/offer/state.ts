import { REFERRAL } from './events.ts';
import type { OfferRules } from './rules.ts';
import type { IsBefore } from './heap.ts';

/**
 * Everything the engine knows at an instant, as columns that grow at the end: one number per offer `o`, user
 * `u`, project `p`, credit `c`, draw `d`, usage `g` and invoice `i`, in order of creation. None is -1. Only the
 * stages write to it.
 */
export interface OfferState {
	readonly rules: OfferRules;
	/** where the clock stands; all that was scheduled up to here has happened */
	clock: number;

	readonly offerByName: Map<string, number>;
	readonly offerId: string[];
	readonly offerType: number[];
	/** status it was created with: the place it holds or held */
	readonly offerPlace: number[];
	readonly offerStatus: number[];
	readonly offerInviteeCents: number[];
	readonly offerInviteeDays: number[];
	readonly offerAwardCents: number[];
	readonly offerAwardDays: number[];
	readonly offerCap: number[];
	readonly offerCreatedAt: number[];
	readonly offerExpiresAt: number[];
	readonly offerEndedAt: number[];
	readonly offerEndReason: number[];
	readonly offerRedeemed: number[];
	/** offer in each of the four places, by `placeOf` */
	readonly current: number[];

	readonly userByName: Map<string, number>;
	readonly userId: string[];
	readonly userSignedUpAt: number[];
	readonly userReferrer: number[];
	readonly userOffer: number[];
	/** 1 for a registration with a link that did not redeem an active referral offer */
	readonly userIsFallback: number[];
	/** the four places as they stood when user u came: 4u … 4u + 3 */
	readonly userPlaces: number[];
	readonly userEarnedCents: number[];
	readonly userUsedCents: number[];
	readonly userExpiredCents: number[];
	readonly userCashCents: number[];
	readonly userPaidInvoices: number[];
	readonly userFirstPaidAt: number[];
	readonly userQualifyingInvoices: number[];
	readonly userQualifiedAt: number[];
	readonly userUnbilledGrossCents: number[];
	readonly userUnbilledCreditCents: number[];
	readonly userReferredSignups: number[];
	readonly userReferredQualified: number[];
	readonly userInvitesSent: number[];
	/** heap of the user's credits that may still have something, soonest end first */
	readonly userCredits: number[][];

	readonly projectByName: Map<string, number>;
	readonly projectId: string[];
	readonly projectCreator: number[];

	readonly creditOwner: number[];
	readonly creditOffer: number[];
	readonly creditKind: number[];
	/** the account the credit bought */
	readonly creditAttributed: number[];
	readonly creditCreatedAt: number[];
	readonly creditExpiresAt: number[];
	readonly creditEarnedCents: number[];
	readonly creditUsedCents: number[];
	readonly creditExpiredCents: number[];
	/** usages charged when it was made: it can cover those from here on */
	readonly creditFirstUsage: number[];
	/** heap of credits that have not reached their end */
	readonly expiries: number[];
	/** order of both heaps and of spending: soonest end first, equal ones by lower number */
	readonly isSooner: IsBefore;

	readonly drawCredit: number[];
	readonly drawUsage: number[];
	readonly drawCents: number[];

	readonly usageUser: number[];
	readonly usageProject: number[];
	readonly usageAt: number[];
	readonly usageCents: number[];
	readonly usageCoveredCents: number[];

	readonly invoiceByName: Map<string, number>;
	readonly invoiceId: string[];
	readonly invoiceUser: number[];
	readonly invoiceIssuedAt: number[];
	readonly invoiceGrossCents: number[];
	readonly invoiceCreditCents: number[];
	readonly invoiceState: number[];
	readonly invoiceClosedAt: number[];
	readonly invoiceFailures: number[];
	/** usages charged when it was issued: it bills those of its user up to here */
	readonly invoiceUsageEnd: number[];

	earnedCents: number;
	usedCents: number;
	expiredCents: number;
}

/** The place of an offer of that type and status (`ACTIVE` or `DEFAULT`) in `current`. */
export function placeOf(type: number, status: number): number {
	return (type === REFERRAL ? 2 : 0) + status;
}

/** An empty world at `start`. */
export function makeState(rules: OfferRules, start: number): OfferState {
	const creditExpiresAt: number[] = [];
	return {
		rules, clock: start,
		offerByName: new Map(), offerId: [], offerType: [], offerPlace: [], offerStatus: [], offerInviteeCents: [], offerInviteeDays: [],
		offerAwardCents: [], offerAwardDays: [], offerCap: [], offerCreatedAt: [], offerExpiresAt: [], offerEndedAt: [], offerEndReason: [],
		offerRedeemed: [], current: [-1, -1, -1, -1],
		userByName: new Map(), userId: [], userSignedUpAt: [], userReferrer: [], userOffer: [], userIsFallback: [], userPlaces: [],
		userEarnedCents: [], userUsedCents: [], userExpiredCents: [], userCashCents: [], userPaidInvoices: [], userFirstPaidAt: [],
		userQualifyingInvoices: [], userQualifiedAt: [], userUnbilledGrossCents: [], userUnbilledCreditCents: [], userReferredSignups: [],
		userReferredQualified: [], userInvitesSent: [], userCredits: [],
		projectByName: new Map(), projectId: [], projectCreator: [],
		creditOwner: [], creditOffer: [], creditKind: [], creditAttributed: [], creditCreatedAt: [], creditExpiresAt, creditEarnedCents: [],
		creditUsedCents: [], creditExpiredCents: [], creditFirstUsage: [], expiries: [],
		isSooner: (a, b) => creditExpiresAt[a] < creditExpiresAt[b] || (creditExpiresAt[a] === creditExpiresAt[b] && a < b),
		drawCredit: [], drawUsage: [], drawCents: [],
		usageUser: [], usageProject: [], usageAt: [], usageCents: [], usageCoveredCents: [],
		invoiceByName: new Map(), invoiceId: [], invoiceUser: [], invoiceIssuedAt: [], invoiceGrossCents: [], invoiceCreditCents: [],
		invoiceState: [], invoiceClosedAt: [], invoiceFailures: [], invoiceUsageEnd: [],
		earnedCents: 0, usedCents: 0, expiredCents: 0,
	}; // prettier-ignore
}

/** What a credit still has. */
export function creditAvailable(state: OfferState, c: number): number {
	return state.creditEarnedCents[c] - state.creditUsedCents[c] - state.creditExpiredCents[c];
}

/** What a user still has, over all credits owned. O(1). */
export function userAvailable(state: OfferState, u: number): number {
	return state.userEarnedCents[u] - state.userUsedCents[u] - state.userExpiredCents[u];
}
