import { z } from 'zod';
import { lever } from '../../levers.ts';
import { places } from './places.ts';

/** What the generator of marketplaces can be asked for. */
export const generatorSchema = z.strictObject({
	cities: lever(z.int().min(1).max(places.length).default(3), {
		title: 'Cities',
		help: 'Cities with real centres and density, in a fixed order.',
		unit: 'count',
	}),
	users: lever(z.int().min(1).max(1_000_000).default(6000), {
		title: 'Users',
		help: 'Users over all cities, by the cities’ weights.',
		unit: 'count',
	}),
	brands: lever(z.int().min(1).max(2000).default(40), {
		title: 'Brands',
		help: 'Brands, each with several locations.',
		unit: 'count',
	}),
	contracts: lever(z.int().min(1).max(5000).default(60), {
		title: 'Contracts',
		help: 'Contracts at the time of the first Drop; rollovers add one a month to each monthly one.',
		unit: 'count',
	}),
	historyWeeks: lever(z.int().min(0).max(52).default(8), {
		title: 'Weeks of past Drops',
		help: 'Past Drops, produced by the engine week after week.',
		unit: 'weeks',
	}),
	supplyPerUser: lever(z.number().gt(0).max(10).default(1.5), {
		title: 'Sponsored supply per user',
		help: 'Conversions a month that sponsored contracts offer per user; growth contracts offer two thirds of it.',
		unit: 'ratio',
		step: 0.05,
	}),
	tasteClusters: lever(z.int().min(1).max(50).default(6), {
		title: 'Taste clusters',
		help: 'Groups of users who like the same brands.',
		unit: 'count',
	}),
});

export type GeneratorOptions = z.infer<typeof generatorSchema>;
