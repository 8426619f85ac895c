import { z } from 'zod';
import { lever } from '../levers.ts';
import { modelInputs } from './model/model-inputs.ts';
import { MOST_CAP, MOST_CENTS, MOST_DAYS, isId } from './read-event.ts';
import { offerRules } from './rules.ts';
import { readInstant } from './time.ts';
import { TYPE_WORDS } from './words.ts';

const cents = z.int().min(0).max(MOST_CENTS);
const days = z.int().min(0).max(MOST_DAYS);
const instant = z.string().refine((text) => readInstant(text) !== null, {
	message: 'must be an instant such as 2019-07-24T09:30:00Z',
});

/** One offer of the plan: an OFFER_CREATE of an active offer, and when it is stopped. */
export const plannedOffer = z.strictObject({
	offer: lever(z.string().refine(isId, { message: 'must be a name of 1 to 128 bytes' }), {
		title: 'Name',
		help: 'Each offer has its own.',
		unit: 'none',
	}),
	type: lever(z.enum(['FREE_CREDIT', 'REFERRAL']).default('REFERRAL'), {
		title: 'Kind',
		help: 'With a link, or for anybody.',
		unit: 'choice',
		choiceLabels: { FREE_CREDIT: TYPE_WORDS[0], REFERRAL: TYPE_WORDS[1] },
	}),
	startsAt: lever(instant.nullable().default(null), {
		title: 'Starts',
		help: 'UTC; empty is the start of the scenario.',
		unit: 'instant',
	}),
	stopsAt: lever(instant.nullable().default(null), {
		title: 'Stopped',
		help: 'By hand; empty is never.',
		unit: 'instant',
	}),
	expiresAt: lever(instant.nullable().default(null), {
		title: 'Expires',
		help: 'By its own terms; empty is never.',
		unit: 'instant',
	}),
	inviteeCents: lever(cents, {
		title: 'Credit',
		help: 'For a new account.',
		unit: 'cents',
		step: 50,
		fresh: 1000,
	}),
	inviteeDurationDays: lever(days.default(0), {
		title: 'Credit life',
		help: '0 only without credit.',
		unit: 'days',
		fresh: 30,
	}),
	awardCents: lever(cents.default(0), {
		title: 'Award',
		help: 'For the referrer.',
		unit: 'cents',
		step: 50,
		fresh: 500,
	}),
	awardDurationDays: lever(days.default(0), {
		title: 'Award life',
		help: '0 only without an award.',
		unit: 'days',
		fresh: 180,
	}),
	redeemableCap: lever(z.int().min(1).max(MOST_CAP).nullable().default(null), {
		title: 'Places',
		help: 'Empty is no limit.',
		unit: 'count',
	}),
});

export type PlannedOffer = z.infer<typeof plannedOffer>;

/** Settings of what offers exist. */
export const offerSettings = {
	freeTier: z
		.looseObject({
			isOffered: lever(z.boolean().default(true), {
				title: 'Default free tier',
				help: 'Whether new accounts get credit when no other offer is there for them.',
				unit: 'switch',
				section: 'free tier',
			}),
			inviteeCents: lever(cents.default(300), {
				title: 'Free tier credit',
				help: 'Credit of a new account under the default free tier. More makes registering easier and costs more.',
				unit: 'cents',
				section: 'free tier',
				step: 50,
				usual: [0, 5000],
				front: true,
			}),
			durationDays: lever(days.default(14), {
				title: 'Free tier life',
				help: 'Days until what is left of it expires.',
				unit: 'days',
				section: 'free tier',
				step: 1,
				front: true,
			}),
		})
		.prefault({}),
	referral: z
		.looseObject({
			isOffered: lever(z.boolean().default(true), {
				title: 'Default referral offer',
				help: 'Whether a link is worth something while no offer of the plan runs.',
				unit: 'switch',
				front: true,
			}),
			inviteeCents: lever(cents.default(600), {
				title: 'Invitee credit',
				help: 'Credit of an invited account under the default referral offer.',
				unit: 'cents',
				step: 50,
				front: true,
			}),
			inviteeDurationDays: lever(days.default(14), {
				title: 'Invitee credit life',
				help: 'Days until what is left of it expires.',
				unit: 'days',
				step: 1,
			}),
			awardCents: lever(cents.default(300), {
				title: 'Award',
				help: 'Credit of the referrer once the invitee has paid often enough.',
				unit: 'cents',
				step: 50,
				front: true,
			}),
			awardDurationDays: lever(days.default(365), {
				title: 'Award life',
				help: 'Days until what is left of the award expires.',
				unit: 'days',
				step: 1,
			}),
		})
		.prefault({}),
	plan: lever(z.array(plannedOffer).max(200).default([]), {
		title: 'Offer plan',
		help: 'Active offers on a time axis; one that starts replaces the one of its type that runs.',
		unit: 'none',
		item: ['offer', 'offers'],
		section: 'plan',
		front: true,
		caution:
			'A registration gets the offer of its instant. Credit once given keeps its terms, whatever follows.',
	}),
};

/** The configuration document; unknown keys are kept. */
export const offerConfigSchema = z.looseObject({
	program: z.literal('offer').default('offer'),
	version: z.literal(1).default(1),
	mode: lever(z.enum(['replay', 'rehearse', 'grow']).default('replay'), {
		title: 'Timeline',
		help: 'Replay: the recorded events as they are. Rehearse: the same accounts under the offers set here. Grow: accounts grown by the model.',
		unit: 'choice',
		section: 'general',
		front: true,
		caution: 'Rehearse changes the offers and nobody’s behaviour; only grow lets people react to an offer.',
	}),
	seed: lever(z.int().min(0).max(4_294_967_295).default(1), {
		title: 'Seed',
		help: 'Whose luck the model draws. The same seed brings the same people under every offer.',
		unit: 'seed',
		section: 'general',
	}),
	rules: z.looseObject(offerRules.shape).prefault({}),
	...offerSettings,
	model: z.looseObject(modelInputs.shape).prefault({}),
});

/** A complete configuration: every default filled in. */
export type OfferConfig = z.infer<typeof offerConfigSchema>;
