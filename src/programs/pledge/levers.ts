import { z } from 'zod';
import { lever } from '../levers.ts';
import { capCents } from './arithmetic.ts';

/** The pledge program's configuration (spec section 10): every lever with its bounds, default and words. */

/** What may happen when a crowd outgrows somebody's limit (spec section 5), in the order of the specification. */
export const POLICIES = [
	'drop-random',
	'drop-newest',
	'drop-oldest',
	'suspend',
	'over-budget',
	'favour-bigger',
	'drop-random-any',
	'manual-flag',
	'manual-refuse',
] as const;

export type Policy = (typeof POLICIES)[number];

/** Who of several patrons over goes, where the policy leaves it open. */
export const PICKS = ['random', 'newest', 'oldest'] as const;

export type Pick = (typeof PICKS)[number];

/** The policies whose pick is a lever. */
export const POLICIES_WITH_PICK: readonly Policy[] = ['suspend', 'over-budget', 'favour-bigger'];

/** $500 000: the most that any single amount may be. */
export const MOST_MICROS = 500_000_000_000;

/** How each policy is called on screens. */
export const POLICY_TITLES: Readonly<Record<Policy, string>> = {
	'drop-random': 'Drop one at random',
	'drop-newest': 'Drop the newest',
	'drop-oldest': 'Drop the oldest',
	suspend: 'Suspend',
	'over-budget': 'Set aside as over budget',
	'favour-bigger': 'Favour bigger projects',
	'drop-random-any': 'Drop at random from any project',
	'manual-flag': 'Flag only',
	'manual-refuse': 'Refuse newcomers',
};

/** The configuration document; unknown keys are kept. */
export const pledgeConfigSchema = z
	.looseObject({
		program: z.literal('pledge').default('pledge'),
		version: z.literal(1).default(1),
		policy: lever(z.enum(POLICIES).default('drop-random'), {
			title: 'Policy',
			help: 'What happens when one more patron makes a project too dear for somebody’s limit.',
			unit: 'choice',
			section: 'policy',
			front: true,
		}),
		pick: lever(z.enum(PICKS).nullable().default(null), {
			title: 'Who goes',
			help: 'Which of several patrons over their limit goes; only for suspend, over-budget and favour-bigger, newest when left out.',
			unit: 'choice',
			section: 'policy',
		}),
		baseRate: lever(z.int().min(1).max(100_000_000).default(1000), {
			title: 'Base rate',
			help: 'What a patron gives a project each month for every patron it has. Raise it to fund projects sooner and fill limits sooner.',
			unit: 'micros',
			step: 100,
			usual: [100, 1_000_000],
			section: 'crowdmatching',
			front: true,
		}),
		limitDefault: lever(z.int().min(1).max(MOST_MICROS).default(10_000_000), {
			title: 'Default limit',
			help: 'Monthly limit of a patron who names none. Raise it to keep more pledges.',
			unit: 'micros',
			step: 1_000_000,
			usual: [5_000_000, 100_000_000],
			section: 'crowdmatching',
			front: true,
		}),
		warn: z
			.looseObject({
				mode: lever(z.enum(['fraction', 'absolute']).default('fraction'), {
					title: 'Danger zone by',
					help: 'Whether the danger zone is a share of the limit or an amount below it.',
					unit: 'choice',
					section: 'warnings',
				}),
				bp: lever(z.int().min(0).max(10_000).default(1000), {
					title: 'Danger zone, share',
					help: 'A patron is warned with less than this share of her limit left; 0 warns only when over.',
					unit: 'bps',
					step: 100,
					usual: [0, 3000],
					section: 'warnings',
				}),
				micros: lever(z.int().min(0).max(MOST_MICROS).default(1_000_000), {
					title: 'Danger zone, amount',
					help: 'With “absolute”: a patron is warned with less than this left; 0 warns only when over.',
					unit: 'micros',
					step: 100_000,
					section: 'warnings',
				}),
			})
			.prefault({}),
		warnRepeat: lever(z.enum(['entry', 'oncePerMonth']).default('entry'), {
			title: 'Warnings repeat',
			help: 'Warn at every entry into the danger zone, or at most once in a month.',
			unit: 'choice',
			choiceLabels: { entry: 'every entry', oncePerMonth: 'once a month' },
			section: 'warnings',
		}),
		buffer: z
			.looseObject({
				bp: lever(z.int().min(0).max(1_000_000).default(1000), {
					title: 'Buffer, share',
					help: 'With suspend: room for this share of the crowd more is needed before a pledge comes back.',
					unit: 'bps',
					step: 100,
					usual: [0, 3000],
					section: 'suspension',
				}),
				patrons: lever(z.int().min(0).max(1_000_000_000).default(100), {
					title: 'Buffer, patrons',
					help: 'With suspend: room for at least this many patrons more is needed before a pledge comes back.',
					unit: 'count',
					step: 1,
					usual: [0, 1000],
					section: 'suspension',
				}),
			})
			.prefault({}),
		expiryDays: lever(z.int().min(1).max(3650).default(30), {
			title: 'Suspension expires after',
			help: 'With suspend: days after which a suspended pledge is dropped.',
			unit: 'days',
			step: 1,
			usual: [7, 365],
			section: 'suspension',
		}),
		minimumCharge: lever(z.int().min(10_000).max(MOST_MICROS).default(3_790_000), {
			title: 'Minimum charge',
			help: 'Least balance that is charged; less is carried over. Lower it to be paid sooner, at a higher share of fees.',
			unit: 'micros',
			step: 10_000,
			section: 'charging',
		}),
		fee: z
			.looseObject({
				bp: lever(z.int().min(0).max(5000).default(290), {
					title: 'Card fee, share',
					help: 'Share of each charge that the card company keeps.',
					unit: 'bps',
					step: 10,
					section: 'charging',
				}),
				fixedCents: lever(z.int().min(0).max(10_000).default(30), {
					title: 'Card fee, fixed',
					help: 'Fixed part of the card fee of each charge.',
					unit: 'cents',
					step: 1,
					section: 'charging',
				}),
			})
			.prefault({}),
		feesWithinLimit: lever(z.boolean().default(false), {
			title: 'Limit covers the fee',
			help: 'Whether a month’s charge, fee included, stays within the limit.',
			unit: 'switch',
			section: 'charging',
		}),
		flapDays: lever(z.int().min(0).max(3650).default(30), {
			title: 'Flap window',
			help: 'A lost pledge that is back within this many days counts as a flap.',
			unit: 'days',
			step: 1,
			section: 'counting',
		}),
		wishlist: lever(z.boolean().default(false), {
			title: 'Wish list',
			help: 'Keep a list of projects each patron would like to pledge to again. Never touches money.',
			unit: 'switch',
			section: 'counting',
		}),
		seed: lever(z.int().min(0).max(4_294_967_295).default(1), {
			title: 'Seed',
			help: 'Which luck is drawn. The same seed gives the same result.',
			unit: 'seed',
			section: 'counting',
		}),
	})
	.refine((config) => capCents(config.limitDefault, config) * 10_000 >= config.minimumCharge, {
		message: 'default limit cannot carry one minimum charge; raise it or lower the minimum charge',
		path: ['limitDefault'],
	});

/** A complete configuration: every default filled in. */
export type PledgeLevers = z.infer<typeof pledgeConfigSchema>;

/** Every lever at its default. */
export function defaultLevers(): PledgeLevers {
	return pledgeConfigSchema.parse({});
}

/** Who goes first under these levers; null where nobody does, since the policy takes no pledge away. */
export function pickOf(
	levers: Readonly<Record<'policy', Policy> & Record<'pick', Pick | null>>,
): Pick | null {
	switch (levers.policy) {
		case 'drop-random':
		case 'drop-random-any':
			return 'random';
		case 'drop-newest':
			return 'newest';
		case 'drop-oldest':
			return 'oldest';
		case 'suspend':
		case 'over-budget':
		case 'favour-bigger':
			return levers.pick ?? 'newest';
		case 'manual-flag':
		case 'manual-refuse':
			return null;
	}
}

/** Does the outcome depend on the seed? */
export function isRandom(levers: Parameters<typeof pickOf>[0]): boolean {
	return pickOf(levers) === 'random';
}
