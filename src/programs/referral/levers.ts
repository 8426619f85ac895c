import { z } from 'zod';
import { parseInstant } from '../instant.ts';
import { lever } from '../levers.ts';
import type { Preset } from '../program.ts';

/**
 * What a person running a referral program turns (spec section 12). Every lever is empty by default, which means
 * what the edition's own rules say; a rule that the edition's model lacks has the seed's figure.
 */

const amount = z.int().min(0).nullable().default(null);

const instant = z
	.string()
	.refine((text) => parseInstant(text) !== null, { message: 'must be a time such as 2026-03-15T00:00:00Z' })
	.nullable()
	.default(null);

export const referralConfigSchema = z.looseObject({
	edition: lever(z.string().nullable().default(null), {
		title: 'Edition',
		help: 'Which edition of the set to look at. Each has rules of its own.',
		unit: 'none',
		section: 'edition',
		front: true,
		subject: 'edition',
	}),
	model: lever(z.enum(['pie-split', 'rev-share-limit']).nullable().default(null), {
		title: 'Model',
		help: 'Split a fixed pool among the best, or share revenue with everybody over a bar until the pool is empty.',
		unit: 'choice',
		choiceLabels: { 'pie-split': 'pie split', 'rev-share-limit': 'revenue share' },
		section: 'edition',
		front: true,
	}),
	accurateAsOf: lever(instant, {
		title: 'As of',
		help: 'Look at the edition as it stood at this time; later events have not happened yet. UTC.',
		unit: 'instant',
		section: 'edition',
		front: true,
	}),
	awardPool: lever(amount, {
		title: 'Award pool',
		help: 'Ceiling on all awards together. Raise it to pay more, or to let the race run longer.',
		unit: 'microUsdc',
		step: 100_000_000,
		usual: [0, 100_000_000_000],
		section: 'pool',
		front: true,
	}),
	maxQualifiedReferrers: lever(z.int().min(0).nullable().default(null), {
		title: 'Paid places',
		help: 'How many ranks share the pool. Few places pay the first rank far more; very many make the split proportional.',
		unit: 'count',
		step: 1,
		usual: [0, 200],
		section: 'pie split',
		front: true,
	}),
	boostStrength: lever(z.number().min(0).max(1000).nullable().default(null), {
		title: 'Boost strength',
		help: 'How much better ranks gain beyond their time: 1 doubles the first rank, 0 splits by time alone.',
		unit: 'none',
		step: 0.1,
		usual: [0, 2],
		section: 'pie split',
	}),
	minQualifiedRevenueContribution: lever(amount, {
		title: 'Bar',
		help: 'Qualified revenue a referrer must bring to be paid. Raise it to pay fewer, later, more at once.',
		unit: 'microUsdc',
		step: 10_000_000,
		usual: [0, 5_000_000_000],
		section: 'revenue share',
		front: true,
	}),
	qualifiedRevenueShare: lever(z.number().min(0).max(1).nullable().default(null), {
		title: 'Revenue share',
		help: 'Part of qualified revenue that the referrer gets. Raise it to pay more per year brought; the pool empties sooner.',
		unit: 'ratio',
		step: 0.01,
		usual: [0.1, 0.9],
		section: 'revenue share',
		front: true,
	}),
	qualifiedRevenuePerYear: lever(amount, {
		title: 'Value of a year',
		help: 'Qualified revenue credited per year brought. Raise it and the bar takes fewer years.',
		unit: 'microUsdc',
		step: 500_000,
		usual: [0, 50_000_000],
		section: 'revenue share',
		front: true,
	}),
	settlement: lever(z.enum(['race', 'pro-rata']).nullable().default(null), {
		title: 'Settlement',
		help: 'First come, first served; or at the end, all qualified get the same part of what they are due.',
		unit: 'choice',
		section: 'revenue share',
	}),
	maxAwardPerReferrer: lever(amount, {
		title: 'Cap per referrer',
		help: 'Most that one referrer can claim. Lower it to leave more of the pool for others.',
		unit: 'microUsdc',
		step: 50_000_000,
		section: 'revenue share',
	}),
	startTime: lever(instant, {
		title: 'Start',
		help: 'First second whose events count, UTC. A later start leaves the first events out.',
		unit: 'instant',
		section: 'window',
	}),
	endTime: lever(instant, {
		title: 'End',
		help: 'Last second whose events count, UTC. A later end lets more events in.',
		unit: 'instant',
		section: 'window',
	}),
	disqualified: z
		.record(
			z.string(),
			lever(z.boolean(), {
				title: 'Disqualified',
				help: 'On: out of the awards; freed money goes to those who claim later. Explain puts any referrer here.',
				unit: 'switch',
				section: 'disqualified',
				front: true,
			}),
		)
		.prefault({}),
});

export type ReferralConfig = z.output<typeof referralConfigSchema>;

/** Rules of public editions and further directions to try. */
export const referralPresets: readonly Preset[] = [
	{
		id: 'holiday-awards',
		title: 'Holiday Awards, December 2025',
		help: 'A pie split of $10,000 over ten places.',
		changes: [
			{ path: 'model', value: 'pie-split' },
			{ path: 'awardPool', value: 10_000_000_000 },
			{ path: 'maxQualifiedReferrers', value: 10 },
		],
	},
	{
		id: 'march-2026',
		title: 'March 2026',
		help: 'Half of $5 a year for everybody over $500, until $10,000 are gone.',
		changes: [
			{ path: 'model', value: 'rev-share-limit' },
			{ path: 'awardPool', value: 10_000_000_000 },
			{ path: 'minQualifiedRevenueContribution', value: 500_000_000 },
			{ path: 'qualifiedRevenuePerYear', value: 5_000_000 },
			{ path: 'qualifiedRevenueShare', value: 0.5 },
		],
	},
	{
		id: 'settle-at-the-end',
		title: 'Settle at the end',
		help: 'No race: all qualified referrers get the same part of what they are due.',
		changes: [
			{ path: 'model', value: 'rev-share-limit' },
			{ path: 'settlement', value: 'pro-rata' },
		],
	},
	{
		id: 'no-boost',
		title: 'Split by time alone',
		help: 'Without the boost there is less to gain by splitting over two addresses.',
		changes: [
			{ path: 'model', value: 'pie-split' },
			{ path: 'boostStrength', value: 0 },
		],
	},
];
