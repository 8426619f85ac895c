import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DropConfig } from '#programs/drop/levers.ts';
import { userOfPair } from '#programs/drop/stages/eligibility.ts';
import type { Factors } from '#programs/drop/stages/factors.ts';
import { listOpenPairs } from '#programs/drop/stages/open-pairs.ts';
import { pointsOfOpen } from '#programs/drop/stages/open-points.ts';
import { pointsOfAll, pointsOfPair } from '#programs/drop/stages/points-of-pairs.ts';
import { score, withPoints } from '#programs/drop/stages/score.ts';
import { handMarket } from '../hand-market.ts';
import { datasetOf, randomMarketplace, runOf } from '../marketplace.ts';

const dataset = datasetOf(handMarket());
const pairs = { start: Uint32Array.of(0, 1), contract: Uint32Array.of(0) };
const columns = (
	affinity: number,
	distance: number,
	reward: number,
	rejections: number,
	recency: number,
) => ({
	affinity: Float64Array.of(affinity),
	distance: Float64Array.of(distance),
	reward: Float64Array.of(reward),
	rejections: { start: Uint32Array.of(0, 1), pair: Uint32Array.of(0), factor: Float64Array.of(rejections) },
	recency: Float64Array.of(recency),
});
const weights = { affinity: 8, distance: 2, reward: 1, rejections: 1, recency: 1 };

function pointsOf(
	factors: Factors,
	combine: 'geometric' | 'arithmetic',
	by: DropConfig['scoring']['weights'],
): number {
	const all = pointsOfAll(score(dataset, pairs, factors, combine, by));
	expect(all).toHaveLength(1);
	return all[0];
}

describe('score', () => {
	it('is the weighted arithmetic mean in millionths', () => {
		// (8 · 0.5 + 2 · 0.25 + 0.75 + 0.8 + 0.64) / 13 = 6.69 / 13 = 0.5146153…
		expect(pointsOf(columns(0.5, 0.25, 0.75, 0.8, 0.64), 'arithmetic', weights)).toBe(514_615);
	});

	it('is the weighted geometric mean of factors given as logarithms', () => {
		// (1/16)^(1/2) · 1^(1/2) = 1/4; factors of weight 0 do not count
		const even = { affinity: 1, distance: 1, reward: 0, rejections: 0, recency: 0 };
		expect(pointsOf(columns(Math.log(1 / 16), 0, -9, -9, -9), 'geometric', even)).toBe(250_000);
		const half = -Math.LN2;
		expect(pointsOf(columns(half, half, half, half, half), 'geometric', weights)).toBe(500_000);
	});

	it('takes 1 for what was not rejected', () => {
		const none = { start: Uint32Array.of(0, 0), pair: new Uint32Array(0), factor: new Float64Array(0) };
		const arithmetic = columns(0.5, 0.25, 0.75, 1, 0.64);
		const geometric = columns(-0.5, -0.25, -0.75, 0, -0.64);
		expect(pointsOf({ ...arithmetic, rejections: none }, 'arithmetic', weights)).toBe(pointsOf(arithmetic, 'arithmetic', weights));
		expect(pointsOf({ ...geometric, rejections: none }, 'geometric', weights)).toBe(pointsOf(geometric, 'geometric', weights));
	}); // prettier-ignore

	it('rounds a half up', () => {
		const only = { affinity: 1, distance: 0, reward: 0, rejections: 0, recency: 0 };
		expect(pointsOf(columns(0.0000005, 0, 0, 0, 0), 'arithmetic', only)).toBe(1);
		expect(pointsOf(columns(1, 0, 0, 0, 0), 'arithmetic', only)).toBe(1_000_000);
	});

	it('gives the same points for one pair, for open pairs and for all, reckoned or given', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
				const { scores, pairs: own, dataset: market } = runOf(randomMarketplace(seed)).run;
				const reckoned = score(market, own, scores.factors, scores.combine, scores.weights);
				const isEven = Uint8Array.from(own.contract, (_, p) => (p % 2 === 0 ? 1 : 0));
				const isOffered = new Uint8Array(market.contracts.ids.length).fill(1);
				for (let y = 0; y < market.cityIds.length; y++) {
					const first = own.start[market.cityUserStart[y]];
					const open = listOpenPairs(market, y, own, isEven.subarray(first), isOffered);
					const points = pointsOfOpen(reckoned, open);
					const single = Array.from(open.pair, (p) => pointsOfPair(reckoned, userOfPair(own, p), p));
					expect([...points]).toEqual(single);
					const all = pointsOfAll({ ...reckoned });
					expect([...points]).toEqual(Array.from(open.pair, (p) => all[p]));
					const given = withPoints(
						reckoned,
						Int32Array.from(all, (_, p) => p),
					);
					expect([...pointsOfOpen(given, open)]).toEqual([...open.pair]);
				}
			}),
			{ seed: 6, numRuns: 100 },
		);
	});
});
