import { z } from 'zod';
import { lever } from '../../levers.ts';
import { answerLevers } from '../answer-levers.ts';
import { MOST_MICROS, POLICIES } from '../levers.ts';

const probability = z.number().min(0).max(1);
const weight = z.number().min(0).max(1_000_000);
const micros = z.int().min(1).max(MOST_MICROS);

/** What the generator of histories can be asked for (spec section 18). */
export const generatorSchema = z.strictObject({
	patrons: lever(z.int().min(0).max(100_000).default(200), {
		title: 'Patrons at the start',
		help: 'How many patrons join on day 0.',
		unit: 'count',
		section: 'population',
		front: true,
	}),
	projects: lever(z.int().min(1).max(1000).default(6), {
		title: 'Projects',
		help: 'How many projects there are to pledge to.',
		unit: 'count',
		section: 'population',
		front: true,
	}),
	days: lever(z.int().min(1).max(10_950).default(180), {
		title: 'Days',
		help: 'Length of the history; months end every 30 days.',
		unit: 'days',
		section: 'population',
		front: true,
	}),
	arrivalsPerDay: lever(z.number().min(0).max(500).default(1), {
		title: 'Arrivals per day',
		help: 'Newcomers on an average day; their number is drawn from a Poisson distribution.',
		unit: 'count',
		section: 'population',
		front: true,
	}),
	limits: lever(
		z
			.array(z.strictObject({ limit: micros, weight }))
			.min(1)
			.default([
				{ limit: 5_000_000, weight: 3 },
				{ limit: 10_000_000, weight: 4 },
				{ limit: 20_000_000, weight: 2 },
				{ limit: 50_000_000, weight: 1 },
			]),
		{
			title: 'Limits',
			help: 'Monthly limits in micros that patrons choose from, with weights.',
			unit: 'none',
			section: 'population',
		},
	),
	pledgeCounts: lever(
		z
			.array(z.strictObject({ count: z.int().min(0).max(1000), weight }))
			.min(1)
			.default([
				{ count: 1, weight: 4 },
				{ count: 2, weight: 3 },
				{ count: 3, weight: 2 },
				{ count: 5, weight: 1 },
			]),
		{
			title: 'Pledges per patron',
			help: 'How many projects a patron pledges to, with weights.',
			unit: 'none',
			section: 'population',
		},
	),
	appeals: lever(z.array(weight).default([]), {
		title: 'Appeal',
		help: 'Weight of each project when patrons choose; the n-th project has 1/n where left out.',
		unit: 'none',
		section: 'population',
	}),
	unpledgeProbability: lever(probability.default(0.001), {
		title: 'Unpledging',
		help: 'Chance each day that a patron takes back a pledge.',
		unit: 'ratio',
		section: 'leaving',
	}),
	flapperShare: lever(probability.default(0.05), {
		title: 'Flappers',
		help: 'Share of newcomers who take everything back the next day.',
		unit: 'ratio',
		section: 'leaving',
	}),
	answers: lever(z.boolean().default(false), {
		title: 'People answer',
		help: 'Patrons raise limits after warnings and come back after losses. The events then depend on the policy below.',
		unit: 'switch',
		section: 'answers',
	}),
	policy: lever(z.enum(POLICIES).default('drop-random'), {
		title: 'Policy answered to',
		help: 'The policy under which people answer.',
		unit: 'choice',
		section: 'answers',
	}),
	baseRate: lever(z.int().min(1).max(100_000_000).default(10_000), {
		title: 'Base rate answered to',
		help: 'The base rate under which people answer.',
		unit: 'micros',
		section: 'answers',
	}),
	...answerLevers,
});

/** Options with every default filled in. */
export type GeneratorOptions = z.infer<typeof generatorSchema>;
