import { describe, expect, it } from 'vitest';
import { coarsePrices } from '#engine/match/coarse-prices.ts';
import type { MatchInput } from '#engine/match/match-input.ts';
import { optimal } from '#engine/match/optimal.ts';
import { largeCity } from './cities.ts';

function cityOf(userCount: number): MatchInput {
	return largeCity({
		userCount,
		contractCount: 6,
		levels: 1000,
		densityPercent: 80,
		seatsPerContract: Math.round(userCount / 8),
		quota: 2,
		seed: 5,
	});
}

function coarse(input: MatchInput) {
	const unit = input.points.reduce((most, each) => Math.max(most, each), 0) / 16777216;
	return coarsePrices(input, input.points, Float64Array.from(input.seats), unit);
}

/** What seats and users are worth at these prices: no less than any matching, and least at the best prices. */
function worthAt(input: MatchInput, price: Float64Array): number {
	let worth = 0;
	for (let c = 0; c < input.contractCount; c++) worth += input.seats[c] * price[c];
	for (let u = 0; u < input.userCount; u++) {
		const bestOfBrand = new Map<number, number>();
		for (let p = input.start[u]; p < input.start[u + 1]; p++) {
			const brand = input.contractBrand[input.contract[p]];
			const surplus = input.points[p] - price[input.contract[p]];
			bestOfBrand.set(brand, Math.max(bestOfBrand.get(brand) ?? 0, surplus));
		}
		const best = [...bestOfBrand.values()].sort((a, b) => b - a).slice(0, input.quota);
		worth += best.reduce((sum, surplus) => sum + surplus, 0);
	}
	return worth;
}

// one, two and three samples
const SIZES = [2_000, 8_000, 30_000];

describe('coarsePrices', () => {
	it('gives a small city zeros, for there is nothing to sample', () => {
		const small = cityOf(1_199);
		const { price, offBy } = coarse(small);
		expect([...price]).toEqual([0, 0, 0, 0, 0, 0]);
		// a quarter of the largest weight
		expect(offBy).toBe(small.points.reduce((most, each) => Math.max(most, each), 0) / 4);
		expect([...coarse(cityOf(1_200)).price].some((each) => each > 0)).toBe(true);
	});

	it('wants nine users a contract to sample where contracts are many', () => {
		const rows = {
			contractCount: 150,
			levels: 1000,
			densityPercent: 10,
			seatsPerContract: 2,
			quota: 2,
			seed: 5,
		};
		const isSampled = (userCount: number) =>
			coarse(largeCity({ ...rows, userCount })).price.some((each) => each > 0);
		expect([isSampled(1_349), isSampled(1_350)]).toEqual([false, true]);
	});

	it('lets a contract with seats have one in any sample, and one without seats none', () => {
		const city = cityOf(2_000);
		const firstPrice = (count: number) =>
			coarse({ ...city, seats: city.seats.map((seats, c) => (c === 0 ? count : seats)) }).price[0];
		// one seat in the city is one in the sample: the best bid has it, and only without is that bid the price
		expect(firstPrice(1)).toBe(firstPrice(2));
		expect(firstPrice(0)).toBeGreaterThan(firstPrice(1));
		expect(firstPrice(1)).toBeGreaterThan(firstPrice(50));
	});

	it('starts far closer to the optimum than from nothing, and the closer the larger the sample', () => {
		const most = [1.005, 1.001, 1.0002];
		SIZES.forEach((size, i) => {
			const input = cityOf(size);
			const { primal } = optimal(input, input.points).certificate;
			expect(worthAt(input, new Float64Array(6))).toBeGreaterThan(1.5 * primal);
			const coarseWorth = worthAt(input, coarse(input).price);
			expect(coarseWorth).toBeGreaterThanOrEqual(primal);
			expect(coarseWorth).toBeLessThan(most[i] * primal);
		});
	});

	// any start gives the same matching: what changes here is how soon, so that it should not change unseen
	it('starts a city from the same prices as ever', () => {
		const found = SIZES.map((size) => {
			const { price, offBy } = coarse(cityOf(size));
			return [...price, Number(offBy.toFixed(3))];
		});
		expect(found).toEqual([
			[786, 815, 632, 918, 801, 741, 134.375],
			[812, 816, 864, 998, 860, 771, 24.6],
			[690, 948, 872, 801, 763, 971, 15],
		]);
	});
});
