import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherOutcome, hashOutcome } from '#programs/drop/outcome.ts';
import { simulate } from '#programs/drop/simulate.ts';
import { StageCache } from '#programs/drop/stage-cache.ts';
import { configOf, datasetOf, randomMarketplace } from './marketplace.ts';

const CHANGES: readonly object[] = [
	{},
	{ sponsorship: { ratio: 0.5 } },
	{ cities: { y0: { sponsorshipRatio: 0.4 } } },
	{ cities: { y0: { bottomShare: 0.6, takeRate: 0.4 } } },
	{ supply: { target: 0.5 } },
	{ supply: { split: 'proportional' } },
	{ scoring: { weights: { affinity: 1 } } },
	{ scoring: { combine: 'arithmetic' } },
	{ cutoff: { basis: 'eligible', bottomShare: 0.5 } },
	{ cutoff: { mode: 'skip-user' } },
	{ matching: { method: 'optimal', objective: 'revenue' } },
	{ matching: { brandScore: 'best-customer' } },
	{ growth: { topK: 1, reservedSlots: 1 } },
	{ slotsPerUser: 2 },
	{ seed: 9 },
];

describe('the stages that are kept', () => {
	it('give the same outcome hash as a cold run, whatever ran before', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 ** 31 }),
				fc.array(fc.constantFrom(...CHANGES), { minLength: 2, maxLength: 5 }),
				(seed, changes) => {
					const dataset = datasetOf(randomMarketplace(seed));
					const cache = new StageCache();
					for (const change of changes) {
						const config = configOf(change);
						const hash = (kept: StageCache) => {
							const run = simulate(dataset, dataset.now, config, kept);
							return hashOutcome(run, gatherOutcome(run), config);
						};
						expect(hash(cache)).toBe(hash(new StageCache(1)));
					}
				},
			),
			{ seed: 2, numRuns: 1000 },
		);
	});

	it('do not score again when a ratio changes', () => {
		const dataset = datasetOf(randomMarketplace(3));
		const cache = new StageCache();
		simulate(dataset, dataset.now, configOf(), cache);
		const before = cache.computed.length;
		simulate(dataset, dataset.now, configOf({ sponsorship: { ratio: 0.5 } }), cache);
		expect(new Set(cache.computed.slice(before))).toEqual(new Set(['growth fill']));
	});

	it('compute only the column of a factor whose lever changes, and what follows from it', () => {
		const dataset = datasetOf(randomMarketplace(3));
		const cache = new StageCache();
		simulate(dataset, dataset.now, configOf(), cache);
		const before = cache.computed.length;
		simulate(dataset, dataset.now, configOf({ scoring: { rewardScaleCents: 500 } }), cache);
		expect(new Set(cache.computed.slice(before))).toEqual(
			new Set(['reward factor', 'score', 'matching', 'growth fill']),
		);
	});
});
