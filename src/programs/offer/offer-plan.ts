import { InputError, type Issue } from '../input-error.ts';
import type { OfferEvent, RefusalCode } from './events.ts';
import type { OfferConfig, PlannedOffer } from './levers.ts';
import { readEvent } from './read-event.ts';
import { instantText } from './time.ts';

/** Ids of the two default offers that levers describe. */
export const FREE_TIER_ID = 'free-tier';
export const REFERRAL_ID = 'referral';

/** What of a configuration says which offers exist. */
export type OfferSettings = Pick<OfferConfig, 'freeTier' | 'referral' | 'plan'>;

/**
 * The offer events of a configuration: the default free tier and referral offer from the start, then the plan in
 * its order. Throws `InputError` with an issue for each offer whose terms do not fit, or that starts outside
 * [start, end], at the field to mend; `planAt` says where the n-th of the plan stands.
 */
export function offerEvents(
	settings: OfferSettings,
	start: number,
	end: number,
	planAt: (n: number) => string = (n) => `config.plan.${n}`,
): OfferEvent[] {
	const { freeTier, referral, plan } = settings;
	const at = instantText(start);
	const raw: { readonly at: string; readonly event: unknown; readonly of?: PlannedOffer }[] = [];
	if (freeTier.isOffered) {
		raw.push({
			at: 'config.freeTier',
			event: {
				kind: 'OFFER_CREATE',
				at,
				offer: FREE_TIER_ID,
				type: 'FREE_CREDIT',
				status: 'DEFAULT',
				inviteeCents: freeTier.inviteeCents,
				inviteeDurationDays: freeTier.durationDays,
			},
		});
	}
	if (referral.isOffered) {
		const { inviteeCents, inviteeDurationDays, awardCents, awardDurationDays } = referral;
		raw.push({
			at: 'config.referral',
			event: {
				kind: 'OFFER_CREATE',
				at,
				offer: REFERRAL_ID,
				type: 'REFERRAL',
				status: 'DEFAULT',
				inviteeCents,
				inviteeDurationDays,
				awardCents,
				awardDurationDays,
			},
		});
	}
	plan.forEach((offer, n) => {
		raw.push({ at: planAt(n), event: createOf(offer, at), of: offer });
		if (offer.stopsAt !== null) {
			raw.push({
				at: `${planAt(n)}.stopsAt`,
				event: { kind: 'OFFER_STOP', at: offer.stopsAt, offer: offer.offer },
			});
		}
	});

	const issues: Issue[] = [];
	const events: OfferEvent[] = [];
	const seen = new Set<string>();
	for (const each of raw) {
		const event = readEvent(each.event, start, end);
		if (typeof event === 'string') {
			const at = each.of ? `${each.at}.${fieldOf(event, each.of)}` : each.at;
			issues.push({ at, message: `mismatched offer: ${WORDS[event] ?? event}`, code: event });
			continue;
		}
		if (event.kind === 'OFFER_CREATE') {
			if (seen.has(event.offer)) {
				const message = `duplicate offer: ${event.offer}; give each offer of the plan its own name`;
				issues.push({ at: `${each.at}.offer`, message, code: 'DUPLICATE_OFFER' });
			}
			seen.add(event.offer);
		}
		events.push(event);
	}
	if (issues.length > 0) throw new InputError(issues, { path: issues[0].at });
	return events;
}

function createOf(offer: PlannedOffer, start: string | null): unknown {
	const {
		startsAt,
		type,
		inviteeCents,
		inviteeDurationDays,
		awardCents,
		awardDurationDays,
		redeemableCap,
		expiresAt,
	} = offer;
	return {
		kind: 'OFFER_CREATE',
		at: startsAt ?? start,
		offer: offer.offer,
		type,
		status: 'ACTIVE',
		inviteeCents,
		inviteeDurationDays,
		awardCents,
		awardDurationDays,
		redeemableCap,
		expiresAt,
	};
}

/** The field of an offer that a code is about. */
function fieldOf(code: RefusalCode, { inviteeCents, inviteeDurationDays }: PlannedOffer): keyof PlannedOffer {
	switch (code) {
		case 'OUT_OF_RANGE':
			return 'startsAt';
		case 'INVALID_DURATION':
			return inviteeCents > 0 && inviteeDurationDays === 0 ? 'inviteeDurationDays' : 'awardDurationDays';
		case 'AWARD_NOT_ALLOWED':
			return 'awardCents';
		case 'OFFER_ALREADY_EXPIRED':
			return 'expiresAt';
		// the schema of the settings lets no other pass
		default:
			return 'offer';
	}
}

/** What would do, for terms that a schema of one field at a time cannot refuse. */
const WORDS: Readonly<Record<string, string>> = {
	OUT_OF_RANGE: 'it starts or stops outside the scenario; must lie between its start and its end',
	INVALID_DURATION: 'an amount without a life; give it from 1 to 36,500 days, or set the amount to 0',
	AWARD_NOT_ALLOWED: 'a free-tier offer has no referrer to award; set the award to 0',
	OFFER_ALREADY_EXPIRED: 'it expires before it starts; let it expire later',
};
