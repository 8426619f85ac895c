import { ACTIVE, CAP_REACHED, DEFAULT, DONE, EXPIRED, REFERRAL, REPLACED } from './events.ts';
import type { Judge } from './outcome.ts';
import { resolve } from './stages/resolve.ts';
import { placeOf, type OfferState } from './state.ts';

/** Invariants 4, 5 and 6, and the chain of spec section 4. */
export function checkOffers(state: Readonly<OfferState>, judge: Judge): void {
	const redeemed = new Float64Array(state.offerId.length);
	const redeemedAt = new Float64Array(state.offerId.length).fill(-1);
	for (let u = 0; u < state.userId.length; u++) {
		const o = state.userOffer[u];
		const places = state.userPlaces.slice(4 * u, 4 * u + 4);
		const hasLink = state.userReferrer[u] >= 0;
		const isFallback = hasLink && (places[2] < 0 || o !== places[2]);
		const isRight = o === resolve(places, hasLink) && state.userIsFallback[u] === (isFallback ? 1 : 0);
		judge(
			'redemptions',
			isRight,
			() => `user ${state.userId[u]} did not redeem the first offer of the chain`,
		);
		if (o < 0) continue;
		redeemed[o]++;
		const at = state.userSignedUpAt[u];
		redeemedAt[o] = at;
		const isAlive =
			at >= state.offerCreatedAt[o] && (state.offerStatus[o] !== DONE || at <= state.offerEndedAt[o]);
		judge(
			'redemptions',
			isAlive,
			() => `user ${state.userId[u]} redeemed ${state.offerId[o]} outside its life`,
		);
	}

	const last = [-1, -1, -1, -1];
	for (let o = 0; o < state.offerId.length; o++) {
		const id = state.offerId[o];
		const isCounted = redeemed[o] === state.offerRedeemed[o];
		judge('redemptions', isCounted, () => `${id} counts ${state.offerRedeemed[o]}, users ${redeemed[o]}`);
		const cap = state.offerCap[o];
		const isFull = cap >= 0 && state.offerRedeemed[o] === cap && redeemedAt[o] === state.offerEndedAt[o];
		const isCapped =
			isFull === (state.offerEndReason[o] === CAP_REACHED) && (cap < 0 || state.offerRedeemed[o] <= cap);
		judge('caps', isCapped, () => `${id} was redeemed ${state.offerRedeemed[o]} times, cap ${cap}`);
		judge('ruleOfFour', hasSoundLife(state, o), () => `${id} has a life that its terms do not allow`);

		// offers are in order of creation: each must have ended before the next takes its place
		const place = placeOf(state.offerType[o], state.offerPlace[o]);
		const before = last[place];
		if (before >= 0) {
			const createdAt = state.offerCreatedAt[o];
			const endedAt = state.offerEndedAt[before];
			const isReplaced = state.offerEndReason[before] === REPLACED;
			const isApart =
				state.offerStatus[before] === DONE && (isReplaced ? endedAt === createdAt : endedAt <= createdAt);
			judge('ruleOfFour', isApart, () => `${id} and ${state.offerId[before]} hold one place at once`);
		}
		last[place] = o;
	}
	for (let place = 0; place < last.length; place++) {
		const o = last[place];
		const holder = o >= 0 && state.offerStatus[o] !== DONE ? o : -1;
		judge(
			'ruleOfFour',
			state.current[place] === holder,
			() => `place ${place} is not held by the last offer`,
		);
	}
}

function hasSoundLife(state: Readonly<OfferState>, o: number): boolean {
	const [status, place, end, expires] = [
		state.offerStatus[o],
		state.offerPlace[o],
		state.offerEndedAt[o],
		state.offerExpiresAt[o],
	];
	if (state.offerType[o] !== REFERRAL && state.offerAwardCents[o] !== 0) return false;
	if (place === DEFAULT && (expires >= 0 || state.offerCap[o] >= 0)) return false;
	if (place !== DEFAULT && place !== ACTIVE) return false;
	if (status !== DONE)
		return (
			status === place &&
			end === -1 &&
			state.offerEndReason[o] === -1 &&
			(expires < 0 || expires > state.clock)
		);
	if (end < state.offerCreatedAt[o] || end > state.clock || state.offerEndReason[o] < 0) return false;
	if (state.offerEndReason[o] === EXPIRED) return end === expires;
	return expires < 0 || end < expires;
}
