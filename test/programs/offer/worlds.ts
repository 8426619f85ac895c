import type { OfferEvent } from '#programs/offer/events.ts';
import { offerRules } from '#programs/offer/rules.ts';
import type { World } from '#programs/offer/model/grow.ts';
import { modelInputs } from '#programs/offer/model/model-inputs.ts';

const START = 1_561_939_200_000; // 2019-07-01
const END = 1_572_566_400_000; // 2019-11-01

/** An offer of a test; referral offers without cap and expiry. */
export function offerEvent(
	offer: string,
	type: number,
	status: number,
	inviteeCents: number,
	inviteeDays: number,
	awardCents = 0,
	awardDays = 0,
): OfferEvent {
	// prettier-ignore
	return { kind: 'OFFER_CREATE', at: START, offer, type, status, inviteeCents, inviteeDays, awardCents, awardDays, cap: -1, expiresAt: -1 }; // prettier-ignore
}

/** The world of spec section 18, example 9, with "give `invitee`, get `award`", or without a referral offer. */
export function exampleWorld(seed: number, terms: { invitee: number; award: number } | null): World {
	const offers = [offerEvent('free', 0, 1, 300, 14)];
	if (terms) {
		const [inviteeDays, awardDays] = [terms.invitee > 0 ? 30 : 0, terms.award > 0 ? 180 : 0];
		offers.push(offerEvent('refer', 1, 0, terms.invitee, inviteeDays, terms.award, awardDays));
	}
	return { seed, start: START, end: END, rules: offerRules.parse({}), offers, inputs: modelInputs.parse({}) };
}
