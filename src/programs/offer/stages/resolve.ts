import {
	ACTIVE,
	CAP_REACHED,
	DEFAULT,
	DONE,
	FREE_CREDIT,
	REFERRAL,
	REPLACED,
	type OfferTerms,
} from '../events.ts';
import { placeOf, type OfferState } from '../state.ts';

/** Places of `current` in the order a registration tries them (spec section 4). */
const WITH_LINK = [placeOf(REFERRAL, ACTIVE), placeOf(REFERRAL, DEFAULT), placeOf(FREE_CREDIT, ACTIVE), placeOf(FREE_CREDIT, DEFAULT)]; // prettier-ignore
const WITHOUT_LINK = [placeOf(FREE_CREDIT, ACTIVE), placeOf(FREE_CREDIT, DEFAULT)];

/** The offer a registration would redeem now, -1 for none: the first that exists of the chain of spec section 4. */
export function resolve(current: readonly number[], hasLink: boolean): number {
	for (const place of hasLink ? WITH_LINK : WITHOUT_LINK) {
		if (current[place] >= 0) return current[place];
	}
	return -1;
}

/** Opens an offer; the one that held its place ends as `REPLACED` (rule of four, spec section 3). */
export function openOffer(state: OfferState, terms: OfferTerms, at: number): void {
	const o = state.offerId.length;
	const place = placeOf(terms.type, terms.status);
	if (state.current[place] >= 0) endOffer(state, state.current[place], at, REPLACED);

	state.offerByName.set(terms.offer, o);
	state.offerId.push(terms.offer);
	state.offerType.push(terms.type);
	state.offerPlace.push(terms.status);
	state.offerStatus.push(terms.status);
	state.offerInviteeCents.push(terms.inviteeCents);
	state.offerInviteeDays.push(terms.inviteeDays);
	state.offerAwardCents.push(terms.awardCents);
	state.offerAwardDays.push(terms.awardDays);
	state.offerCap.push(terms.cap);
	state.offerCreatedAt.push(at);
	state.offerExpiresAt.push(terms.expiresAt);
	state.offerEndedAt.push(-1);
	state.offerEndReason.push(-1);
	state.offerRedeemed.push(0);
	state.current[place] = o;
}

/** Ends an offer that holds its place, for good. */
export function endOffer(state: OfferState, o: number, at: number, reason: number): void {
	state.current[placeOf(state.offerType[o], state.offerPlace[o])] = -1;
	state.offerStatus[o] = DONE;
	state.offerEndedAt[o] = at;
	state.offerEndReason[o] = reason;
}

/** Counts a redemption; the one that fills the cap ends the offer. */
export function redeem(state: OfferState, o: number, at: number): void {
	state.offerRedeemed[o]++;
	if (state.offerRedeemed[o] === state.offerCap[o]) endOffer(state, o, at, CAP_REACHED);
}
