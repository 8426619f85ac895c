import { z } from 'zod';
import { lever } from '../levers.ts';

/** The Drop's configuration (spec section 14): every lever with its bounds, default and words. */

const MOST_SLOTS = 20;

const weight = (value: number, title: string, help: string) =>
	lever(z.number().min(0).max(100).default(value), { title, help, unit: 'weight', step: 0.5 });

const ratio = z.number().gt(0).max(1);
const bottomShare = z.number().min(0).max(0.95);
const takeRate = z.number().min(0).max(0.9).nullable();

const cityOverrides = z.looseObject({
	sponsorshipRatio: lever(ratio.optional(), {
		title: 'Sponsorship ratio',
		help: 'Least sponsored share of this city’s assignments. Lower it to grow users, raise it to grow revenue.',
		unit: 'ratio',
		step: 0.05,
		usual: [0.3, 0.9],
		section: 'sponsorship',
		front: true,
		fallback: 'sponsorship.ratio',
		caution: 'Changes who gets growth rewards in this city, and its revenue.',
	}),
	bottomShare: lever(bottomShare.optional(), {
		title: 'Cutoff',
		help: 'Bottom share of a user’s own brand ranking that is never offered to her in this city.',
		unit: 'ratio',
		step: 0.05,
		usual: [0, 0.5],
		section: 'cutoff',
		fallback: 'cutoff.bottomShare',
	}),
	takeRate: lever(takeRate.optional(), {
		title: 'Take rate',
		help: 'Share of a sponsored contract’s price that the marketplace keeps in this city; the rest is the reward.',
		unit: 'ratio',
		step: 0.05,
		section: 'pricing',
		fallback: 'pricing.takeRate',
	}),
});

const scoring = z.looseObject({
	combine: lever(z.enum(['geometric', 'arithmetic']).default('geometric'), {
		title: 'Combination',
		help: 'Geometric punishes one bad factor; arithmetic lets a good one make up for it.',
		unit: 'choice',
	}),
	floor: lever(z.number().gt(0).lt(1).default(0.01), {
		title: 'Factor floor',
		help: 'No factor counts less than this.',
		unit: 'ratio',
		step: 0.01,
	}),
	weights: z
		.looseObject({
			affinity: weight(8, 'Affinity weight', 'How much the recommender’s probability counts.'),
			distance: weight(2, 'Distance weight', 'How much nearness to a location counts.'),
			reward: weight(1, 'Reward weight', 'How much the value of the reward counts.'),
			rejections: weight(1, 'Rejections weight', 'How much earlier rejections of the brand count.'),
			recency: weight(1, 'Recency weight', 'How much a recent app open counts.'),
		})
		.prefault({})
		.refine(
			(weights) =>
				weights.affinity + weights.distance + weights.reward + weights.rejections + weights.recency > 0,
			{
				message: 'weights must not all be 0',
			},
		),
	rewardScaleCents: lever(z.number().gt(0).max(1_000_000).default(1000), {
		title: 'Reward scale',
		help: 'Reward value at which the reward factor reaches 0.76; smaller rewards gain more from a smaller scale.',
		unit: 'cents',
		step: 50,
	}),
	rejectionDecay: lever(z.number().min(0).lt(1).default(0.2), {
		title: 'Rejection decay',
		help: 'Share of the rejections factor lost with each rejection of the brand.',
		unit: 'ratio',
		step: 0.05,
	}),
	recencyDecay: lever(z.number().min(0).lt(1).default(0.2), {
		title: 'Recency decay',
		help: 'Share of the recency factor lost with each week without an app open.',
		unit: 'ratio',
		step: 0.05,
	}),
	distanceBaseline: lever(z.enum(['city', 'user']).default('city'), {
		title: 'Distance baseline',
		help: 'Whose median distance halves the distance factor: the city’s or the user’s own.',
		unit: 'choice',
	}),
});

const cutoff = z.looseObject({
	mode: lever(z.enum(['cut-pairs', 'skip-user']).default('cut-pairs'), {
		title: 'Cutoff mode',
		help: 'Remove brands below the cutoff before matching, or skip users who would get nothing else.',
		unit: 'choice',
	}),
	basis: lever(z.enum(['catalog', 'eligible']).default('catalog'), {
		title: 'Cutoff basis',
		help: 'Rank all brands, or only those with an eligible contract. With “eligible”, adding growth contracts can change sponsored assignments.',
		unit: 'choice',
	}),
	bottomShare: lever(bottomShare.default(0.3), {
		title: 'Cutoff',
		help: 'Bottom share of a user’s own brand ranking that is never offered to her.',
		unit: 'ratio',
		step: 0.05,
		usual: [0, 0.5],
	}),
	minAffinity: lever(z.number().min(0).max(1).default(0), {
		title: 'Least affinity',
		help: 'Brands with a lower affinity are never offered.',
		unit: 'ratio',
		step: 0.01,
	}),
});

const supply = z.looseObject({
	mode: lever(z.enum(['target', 'risk', 'none']).default('target'), {
		title: 'Supply rule',
		help: 'How many assignments a contract’s supply allows: by target, by chance of going over, or one for one.',
		unit: 'choice',
		choiceCautions: {
			none: 'One assignment per unit left: nothing holds a contract back from going over when many convert.',
		},
	}),
	target: lever(z.number().gt(0).max(1).default(0.8), {
		title: 'Supply target',
		help: 'Share of each contract’s supply that the rule plans to use. Raise it to hand out more sponsored and growth rewards.',
		unit: 'ratio',
		step: 0.05,
		usual: [0.5, 0.95],
		front: true,
	}),
	risk: lever(z.number().gt(0).max(0.5).default(0.05), {
		title: 'Risk of going over',
		help: 'With the risk rule: greatest chance that a contract gets more conversions than its supply.',
		unit: 'ratio',
		step: 0.01,
	}),
	pacing: lever(z.enum(['asap', 'even']).default('asap'), {
		title: 'Pacing',
		help: 'Use the whole allowance now, or divide it over the Drops left in the period.',
		unit: 'choice',
	}),
	split: lever(z.enum(['largest-first', 'proportional']).default('largest-first'), {
		title: 'Split between cities',
		help: 'Larger cities choose first, or each city gets its share by active users.',
		unit: 'choice',
	}),
	estimate: lever(z.enum(['history', 'fixed']).default('history'), {
		title: 'Rates',
		help: 'Estimate selection and conversion rates from history, or use the fixed ones.',
		unit: 'choice',
	}),
	pseudoObservations: lever(z.number().min(0).max(100_000).default(20), {
		title: 'Pseudo-observations',
		help: 'How many observations the pooled rate is worth beside a contract’s own history.',
		unit: 'count',
		step: 5,
	}),
	selectionRate: lever(z.number().gt(0).max(1).default(0.3), {
		title: 'Selection rate',
		help: 'Chance that an assignment is selected, where there is no history.',
		unit: 'ratio',
		step: 0.05,
	}),
	conversionRate: lever(z.number().gt(0).max(1).default(0.5), {
		title: 'Conversion rate',
		help: 'Chance that a selection converts, where there is no history.',
		unit: 'ratio',
		step: 0.05,
	}),
});

const matching = z.looseObject({
	method: lever(
		z.enum(['residency', 'contract-first', 'immediate', 'greedy', 'optimal']).default('residency'),
		{
			title: 'Matching method',
			help: 'Who proposes, and whether the result is stable or of greatest total.',
			unit: 'choice',
		},
	),
	brandScore: lever(z.enum(['shared', 'best-customer']).default('shared'), {
		title: 'Brand’s ranking',
		help: 'Brands rank users by the same points, or by how likely a user returns without a reward.',
		unit: 'choice',
		choiceLabels: { shared: 'same points', 'best-customer': 'users who return' },
	}),
	objective: lever(z.enum(['points', 'conversions', 'revenue']).default('points'), {
		title: 'Objective',
		help: 'With the optimal method: what its total counts.',
		unit: 'choice',
	}),
});

const growth = z.looseObject({
	reservedSlots: lever(z.int().min(0).max(MOST_SLOTS).default(0), {
		title: 'Growth rewards: reserved slots',
		help: 'Slots of each user that sponsored assignments leave free for growth rewards.',
		unit: 'count',
		step: 1,
		usual: [0, 2],
		front: true,
	}),
	requiresSponsored: lever(z.boolean().default(true), {
		title: 'Growth needs a sponsored reward',
		help: 'Only users with a sponsored assignment get growth rewards.',
		unit: 'switch',
	}),
	jitterDays: lever(z.number().min(0).max(10_000).default(7), {
		title: 'Newest-first jitter',
		help: 'How far luck can move a user in the newest-first order of the growth fill.',
		unit: 'days',
		step: 1,
	}),
	topK: lever(z.int().min(1).max(1000).default(5), {
		title: 'Growth choice width',
		help: 'A growth reward is drawn from this many of the user’s best.',
		unit: 'count',
		step: 1,
	}),
	power: lever(z.number().min(0).max(20).default(1), {
		title: 'Growth choice power',
		help: 'How strongly the draw favours more points; 0 is even.',
		unit: 'power',
		step: 0.5,
	}),
});

/** The configuration document; unknown keys are kept. */
export const dropConfigSchema = z
	.looseObject({
		program: z.literal('drop').default('drop'),
		version: z.literal(1).default(1),
		seed: lever(z.int().min(0).max(4_294_967_295).default(1), {
			title: 'Seed',
			help: 'Which luck is drawn. The same seed gives the same result.',
			unit: 'seed',
			section: 'general',
		}),
		slotsPerUser: lever(z.int().min(1).max(MOST_SLOTS).default(3), {
			title: 'Rewards per user',
			help: 'Most assignments a user gets, at most one per brand.',
			unit: 'count',
			step: 1,
			usual: [1, 5],
			section: 'general',
			caution: 'Changes how many rewards every user gets, and how fast supply is used.',
		}),
		scoring: scoring.prefault({}),
		cutoff: cutoff.prefault({}),
		supply: supply.prefault({}),
		matching: matching.prefault({}),
		sponsorship: z
			.looseObject({
				ratio: lever(ratio.default(0.7), {
					title: 'Sponsorship ratio, all cities',
					help: 'Least sponsored share of assignments in cities without their own ratio.',
					unit: 'ratio',
					step: 0.05,
					usual: [0.3, 0.9],
					front: true,
				}),
			})
			.prefault({}),
		growth: growth.prefault({}),
		pricing: z
			.looseObject({
				takeRate: lever(takeRate.default(null), {
					title: 'Take rate',
					help: 'Share of a sponsored contract’s price that the marketplace keeps. Raising it supports revenue, lowering it growth.',
					unit: 'ratio',
					step: 0.05,
				}),
			})
			.prefault({}),
		recommender: z
			.looseObject({
				maxAgeDays: lever(z.number().gt(0).max(10_000).default(7), {
					title: 'Stale after',
					help: 'Age of the newest recommender run from which affinities count as stale.',
					unit: 'days',
					step: 1,
				}),
			})
			.prefault({}),
		cities: z.record(z.string(), cityOverrides).default({}),
	})
	.refine((config) => config.growth.reservedSlots <= config.slotsPerUser, {
		message: 'reserved slots must not exceed rewards per user',
		path: ['growth', 'reservedSlots'],
	});

/** A complete configuration: every default filled in. */
export type DropConfig = z.infer<typeof dropConfigSchema>;

/** Sponsorship ratio of a city: its own, else the general one. */
export function cityRatio(config: DropConfig, cityId: string): number {
	return cityOverride(config, cityId)?.sponsorshipRatio ?? config.sponsorship.ratio;
}

/** Cutoff share of a city: its own, else the general one. */
export function cityBottomShare(config: DropConfig, cityId: string): number {
	return cityOverride(config, cityId)?.bottomShare ?? config.cutoff.bottomShare;
}

/** Take rate of a city: its own (null included), else the general one. */
export function cityTakeRate(config: DropConfig, cityId: string): number | null {
	const own = cityOverride(config, cityId)?.takeRate;
	return own === undefined ? config.pricing.takeRate : own;
}

function cityOverride(config: DropConfig, cityId: string): DropConfig['cities'][string] | undefined {
	return Object.hasOwn(config.cities, cityId) ? config.cities[cityId] : undefined;
}
