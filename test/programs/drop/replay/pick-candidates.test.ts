import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTiedPairs, LUCK_PURPOSE } from '#programs/drop/pair-order.ts';
import { candidatesOfPicks } from '#programs/drop/replay/pick-candidates.ts';
import { pickChances } from '#programs/drop/stages/growth-pick.ts';
import { pointsOfPair } from '#programs/drop/stages/points-of-pairs.ts';
import { configOf, randomMarketplace, runOf } from '../marketplace.ts';

describe('candidatesOfPicks', () => {
	it('give each growth pick the chance that it was drawn with', () => {
		let pickCount = 0;
		const settings = { sponsorship: { ratio: 0.2 }, growth: { topK: 2, requiresSponsored: false } };
		const { growth: levers, seed } = configOf(settings);
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1e6 }), (n) => {
				const { run } = runOf(randomMarketplace(n), settings);
				run.cities.forEach(({ growth }, y) => {
					candidatesOfPicks(run, y).forEach((candidates, i) => {
						const u = growth.user[i];
						const pointsOf = (p: number) => pointsOfPair(run.scores, u, p);
						const best = candidates.toSorted(
							(p, q) =>
								pointsOf(q) - pointsOf(p) ||
								compareTiedPairs(run.dataset, run.pairs, seed, LUCK_PURPOSE, u, p, q),
						);
						const { weight, total } = pickChances(best.map(pointsOf), levers);
						expect(growth.propensity[i]).toBe(weight[best.indexOf(growth.pair[i])] / total);
						pickCount++;
					});
				});
			}),
			{ seed: 8, numRuns: 300 },
		);
		expect(pickCount).toBeGreaterThan(500);
	});
});
