import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherOutcome } from '#programs/drop/outcome.ts';
import { rankOfGiven } from '#programs/drop/quality.ts';
import { choiceOf, reportDrop } from '#programs/drop/report-drop.ts';
import { simulate } from '#programs/drop/simulate.ts';
import { StageCache } from '#programs/drop/stage-cache.ts';
import { configOf, datasetOf, randomMarketplace } from './marketplace.ts';

const CHANGES: readonly object[] = [
	{},
	{ sponsorship: { ratio: 0.5 } },
	{ sponsorship: { ratio: 0.9 } },
	{ sponsorship: { ratio: 0.3 }, growth: { requiresSponsored: false } },
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

/** Keeps what JSON does not: NaN, −0 and the numbers of buffers. */
function exactly(_key: string, value: unknown): unknown {
	if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, (n) => (Object.is(n, -0) ? '-0' : String(n)));
	return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
} // prettier-ignore

describe('the stages that are kept', () => {
	it('give the report of a cold run to the last bit, whatever ran before', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 ** 31 }),
				fc.array(fc.constantFrom(...CHANGES), { minLength: 2, maxLength: 5 }),
				(seed, changes) => {
					const dataset = datasetOf(randomMarketplace(seed));
					const cache = new StageCache();
					for (const change of changes) {
						const config = configOf(change);
						const report = (kept: StageCache) => {
							const run = simulate(dataset, dataset.now, config, kept);
							const outcome = gatherOutcome(run);
							const ranks = rankOfGiven(run, outcome);
							return JSON.stringify(
								reportDrop(run, outcome, ranks, choiceOf(run, kept).weights, []),
								exactly,
							);
						};
						expect(report(cache)).toBe(report(new StageCache(1)));
					}
				},
			),
			{ seed: 2, numRuns: 1000 },
		);
	});

	it('are all kept when a ratio changes: the growth fill only stops elsewhere', () => {
		const dataset = datasetOf(randomMarketplace(3));
		const cache = new StageCache();
		simulate(dataset, dataset.now, configOf(), cache);
		const before = cache.computed.length;
		simulate(dataset, dataset.now, configOf({ sponsorship: { ratio: 0.5 } }), cache);
		expect(cache.computed.slice(before)).toEqual([]);
	});

	it('compute only the column of a factor whose lever changes, and what follows from it', () => {
		const dataset = datasetOf(randomMarketplace(3));
		const cache = new StageCache();
		simulate(dataset, dataset.now, configOf(), cache);
		const before = cache.computed.length;
		simulate(dataset, dataset.now, configOf({ scoring: { rewardScaleCents: 500 } }), cache);
		expect(new Set(cache.computed.slice(before))).toEqual(
			new Set(['reward factor', 'score', 'points', 'matching', 'assign', 'growth points', 'growth fill']),
		);
	});
});
