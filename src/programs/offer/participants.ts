import type { Participants } from '../report.ts';
import type { OfferOutcome } from './outcome.ts';

/** States of an account, from worst to best. */
const STATES = ['no credit', 'credit not used', 'credit used', 'paid', 'paid and qualified'] as const;

/**
 * Accounts as plans compare them: grouped by the offer redeemed, with what became of each, the credits each owns
 * (an item per offer and kind), and the credit given as the amount. A user without offer has group -1.
 */
export function participantsOf(outcome: OfferOutcome): Participants {
	const { state } = outcome;
	const userCount = state.userId.length;
	const offerCount = state.offerId.length;

	const itemStart = new Uint32Array(userCount + 1);
	for (const u of state.creditOwner) itemStart[u + 1]++;
	for (let u = 0; u < userCount; u++) itemStart[u + 1] += itemStart[u];
	const item = new Uint32Array(state.creditOwner.length);
	const next = itemStart.slice();
	for (let c = 0; c < state.creditOwner.length; c++) {
		const u = state.creditOwner[c];
		const isAward = state.creditAttributed[c] !== u;
		item[next[u]++] = state.creditOffer[c] + (isAward ? offerCount : 0);
	}

	return {
		noun: ['account', 'accounts'],
		ids: state.userId,
		group: Int32Array.from(state.userOffer),
		groups: state.offerId,
		state: Uint8Array.from(state.userId, (_, u) => {
			if (state.userPaidInvoices[u] > 0) return state.userQualifiedAt[u] >= 0 ? 4 : 3;
			return state.userUsedCents[u] > 0 ? 2 : state.userEarnedCents[u] > 0 ? 1 : 0;
		}),
		states: STATES,
		itemStart,
		item,
		items: [...state.offerId.map((id) => `${id}: sign-up`), ...state.offerId.map((id) => `${id}: award`)],
		itemNoun: ['credit', 'credits'],
		ownerNoun: ['offer', 'offers'],
		itemOwners: [...state.offerId, ...state.offerId],
		subjectKinds: ['user', 'credit'],
		itemKind: Uint8Array.from({ length: 2 * offerCount }, (_, i) => (i < offerCount ? 0 : 1)),
		itemKinds: ['sign-up credit', 'award'],
		value: Float64Array.from(state.userEarnedCents),
		valueUnit: 'cents',
	};
}
