import { ACTIVE, EXPIRED, FREE_CREDIT, REFERRAL } from '../events.ts';
import { popHeap } from '../heap.ts';
import { creditAvailable, placeOf, type OfferState } from '../state.ts';
import { endOffer } from './resolve.ts';

const ACTIVE_PLACES = [placeOf(FREE_CREDIT, ACTIVE), placeOf(REFERRAL, ACTIVE)];

/**
 * Moves the clock to `at`, which is not before it: offers and credits that reach their end by then end, each at
 * its own instant (spec section 8). O(log credits) for each that ends.
 */
export function expire(state: OfferState, at: number): void {
	for (const place of ACTIVE_PLACES) {
		const o = state.current[place];
		if (o < 0) continue;
		const end = state.offerExpiresAt[o];
		if (end >= 0 && end <= at) endOffer(state, o, end, EXPIRED);
	}
	const { expiries } = state;
	while (expiries.length > 0 && state.creditExpiresAt[expiries[0]] <= at) {
		const c = popHeap(expiries, state.isSooner);
		const rest = creditAvailable(state, c);
		state.creditExpiredCents[c] = rest;
		state.userExpiredCents[state.creditOwner[c]] += rest;
		state.expiredCents += rest;
	}
	state.clock = at;
}
