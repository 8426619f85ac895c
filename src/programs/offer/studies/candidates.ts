import { inputError } from '../../input-error.ts';
import type { OfferDataset } from '../dataset.ts';
import { ACTIVE, REFERRAL } from '../events.ts';
import type { OfferConfig, PlannedOffer } from '../levers.ts';
import type { Candidate } from '../model/replicates.ts';
import { offerEvents } from '../offer-plan.ts';
import { instantText, readInstant } from '../time.ts';

/** The offers that a study is about: those asked for, else those of the plan, else the timeline's referral offers. */
export function offersUnderTest(
	asked: readonly PlannedOffer[],
	config: OfferConfig,
	dataset: OfferDataset,
): readonly PlannedOffer[] {
	if (asked.length > 0) return asked;
	return config.plan.length > 0 ? config.plan : recordedOffers(dataset);
}

function recordedOffers({ events }: OfferDataset): PlannedOffer[] {
	return events.flatMap((event): PlannedOffer[] => {
		if (event.kind !== 'OFFER_CREATE' || event.type !== REFERRAL || event.status !== ACTIVE) return [];
		return [
			{
				offer: event.offer,
				type: 'REFERRAL',
				startsAt: instantText(event.at),
				stopsAt: null,
				expiresAt: instantText(event.expiresAt),
				inviteeCents: event.inviteeCents,
				inviteeDurationDays: event.inviteeDays,
				awardCents: event.awardCents,
				awardDurationDays: event.awardDays,
				redeemableCap: event.cap < 0 ? null : event.cap,
			},
		];
	});
}

/**
 * A world per offer, in which it alone joins the default offers, from the start; what it has of an end moves with
 * its start. With `hasControl` a world of the defaults alone comes first. Terms that do not fit are an issue at
 * `<listAt>.<place in offers>`.
 */
export function candidatesOf(
	offers: readonly PlannedOffer[],
	config: OfferConfig,
	start: number,
	end: number,
	hasControl: boolean,
	listAt = 'config.plan',
): Candidate[] {
	const control = { name: 'defaults only', offers: offerEvents({ ...config, plan: [] }, start, end) };
	const alone = offers.map((offer, n): Candidate => {
		const plan = [fromStart(offer, start, end)];
		return {
			name: offer.offer,
			offers: offerEvents({ ...config, plan }, start, end, () => `${listAt}.${n}`),
		};
	});
	const candidates = [...(hasControl ? [control] : []), ...alone];
	if (candidates.length === 0) {
		const message =
			'missing candidates: the plan is empty and the timeline has no active referral offer; add an offer to the plan';
		throw inputError('options.candidates', message, 'study.options');
	}
	return candidates;
}

/** The offer moved to the start; an end past the scenario's is none. */
export function fromStart(offer: PlannedOffer, start: number, end: number): PlannedOffer {
	const shift = start - (readInstant(offer.startsAt) ?? start);
	return { ...offer, startsAt: null, ...endsMoved(offer, shift, end) };
}

/** The ends of an offer, moved by `shift` milliseconds; one past `end` is none. */
export function endsMoved(
	offer: PlannedOffer,
	shift: number,
	end: number,
): Pick<PlannedOffer, 'expiresAt' | 'stopsAt'> {
	// prettier-ignore
	const moved = (text: string | null) => {
		const at = readInstant(text);
		return at === null || at + shift > end ? null : instantText(at + shift);
	};
	return { stopsAt: moved(offer.stopsAt), expiresAt: moved(offer.expiresAt) };
}
