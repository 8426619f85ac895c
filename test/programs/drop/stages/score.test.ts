import { describe, expect, it } from 'vitest';
import { score } from '#programs/drop/stages/score.ts';
import { handMarket } from '../hand-market.ts';
import { datasetOf } from '../marketplace.ts';

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
	rejections: Float64Array.of(rejections),
	recency: Float64Array.of(recency),
});
const weights = { affinity: 8, distance: 2, reward: 1, rejections: 1, recency: 1 };

describe('score', () => {
	it('is the weighted arithmetic mean in millionths', () => {
		// (8 · 0.5 + 2 · 0.25 + 0.75 + 0.8 + 0.64) / 13 = 6.69 / 13 = 0.5146153…
		expect([...score(dataset, pairs, columns(0.5, 0.25, 0.75, 0.8, 0.64), 'arithmetic', weights)]).toEqual([
			514_615,
		]);
	});

	it('is the weighted geometric mean of factors given as logarithms', () => {
		// (1/16)^(1/2) · 1^(1/2) = 1/4; factors of weight 0 do not count
		const even = { affinity: 1, distance: 1, reward: 0, rejections: 0, recency: 0 };
		expect([...score(dataset, pairs, columns(Math.log(1 / 16), 0, -9, -9, -9), 'geometric', even)]).toEqual([
			250_000,
		]);
		const half = -Math.LN2;
		expect([...score(dataset, pairs, columns(half, half, half, half, half), 'geometric', weights)]).toEqual([
			500_000,
		]);
	});

	it('rounds a half up', () => {
		const only = { affinity: 1, distance: 0, reward: 0, rejections: 0, recency: 0 };
		expect([...score(dataset, pairs, columns(0.0000005, 0, 0, 0, 0), 'arithmetic', only)]).toEqual([1]);
		expect([...score(dataset, pairs, columns(1, 0, 0, 0, 0), 'arithmetic', only)]).toEqual([1_000_000]);
	});
});
