import { DAY_MS } from '../../instant.ts';
import { ACTIVE, AWARD, FREE_TIER, INVITEE, REFERRAL } from '../events.ts';
import { pushHeap } from '../heap.ts';
import type { OfferState } from '../state.ts';
import { redeem, resolve } from './resolve.ts';

/**
 * Registers a user: looks up the offer of this instant, counts the redemption and makes the sign-up credit
 * (spec section 4). `referrer` is -1 without a link. A registration without any offer stands, without credit.
 */
export function register(state: OfferState, userId: string, referrer: number, at: number): void {
	const u = state.userId.length;
	const o = resolve(state.current, referrer >= 0);
	const isPromised = o >= 0 && state.offerType[o] === REFERRAL && state.offerPlace[o] === ACTIVE;

	state.userByName.set(userId, u);
	state.userId.push(userId);
	state.userSignedUpAt.push(at);
	state.userReferrer.push(referrer);
	state.userOffer.push(o);
	state.userIsFallback.push(referrer >= 0 && !isPromised ? 1 : 0);
	state.userPlaces.push(state.current[0], state.current[1], state.current[2], state.current[3]);
	state.userEarnedCents.push(0);
	state.userUsedCents.push(0);
	state.userExpiredCents.push(0);
	state.userCashCents.push(0);
	state.userPaidInvoices.push(0);
	state.userFirstPaidAt.push(-1);
	state.userQualifyingInvoices.push(0);
	state.userQualifiedAt.push(-1);
	state.userUnbilledGrossCents.push(0);
	state.userUnbilledCreditCents.push(0);
	state.userReferredSignups.push(0);
	state.userReferredQualified.push(0);
	state.userInvitesSent.push(0);
	state.userCredits.push([]);
	if (referrer >= 0) state.userReferredSignups[referrer]++;
	if (o < 0) return;

	const kind = state.offerType[o] === REFERRAL ? INVITEE : FREE_TIER;
	if (state.offerInviteeCents[o] > 0) {
		makeCredit(state, u, o, kind, u, at, state.offerInviteeCents[o], state.offerInviteeDays[o]);
	}
	redeem(state, o, at);
}

/**
 * Counts a qualifying invoice of user `u`; the one that reaches the rule's number makes a referred user a
 * qualified referral, and brings the referrer the award of the offer that the invitee redeemed (spec section 7).
 */
export function qualify(state: OfferState, u: number, at: number): void {
	const count = ++state.userQualifyingInvoices[u];
	const referrer = state.userReferrer[u];
	if (count !== state.rules.awardAfterInvoices || referrer < 0) return;
	state.userQualifiedAt[u] = at;
	state.userReferredQualified[referrer]++;

	const o = state.userOffer[u];
	if (o < 0 || state.offerType[o] !== REFERRAL || state.offerAwardCents[o] === 0) return;
	makeCredit(state, referrer, o, AWARD, u, at, state.offerAwardCents[o], state.offerAwardDays[o]);
}

function makeCredit(
	state: OfferState,
	owner: number,
	o: number,
	kind: number,
	attributed: number,
	at: number,
	cents: number,
	days: number,
): void {
	// prettier-ignore
	const c = state.creditOwner.length;
	state.creditOwner.push(owner);
	state.creditOffer.push(o);
	state.creditKind.push(kind);
	state.creditAttributed.push(attributed);
	state.creditCreatedAt.push(at);
	state.creditExpiresAt.push(at + days * DAY_MS);
	state.creditEarnedCents.push(cents);
	state.creditUsedCents.push(0);
	state.creditExpiredCents.push(0);
	state.creditFirstUsage.push(state.usageUser.length);
	state.userEarnedCents[owner] += cents;
	state.earnedCents += cents;
	pushHeap(state.userCredits[owner], c, state.isSooner);
	pushHeap(state.expiries, c, state.isSooner);
}
