import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOptimal } from '#engine/match/check-optimal.ts';
import { optimal } from '#engine/match/optimal.ts';
import { anyCity, makeCity } from './cities.ts';

const city = makeCity({
	userCount: 2,
	contractBrand: [0, 0, 1],
	seats: [1, 1, 1],
	quota: 1,
	isShared: true,
	edges: [
		{ u: 0, c: 0, points: 9 },
		{ u: 0, c: 1, points: 8 },
		{ u: 1, c: 0, points: 7 },
		{ u: 1, c: 2, points: 1 },
	],
});

describe('checkOptimal', () => {
	it('adds up primal and dual from the prices', () => {
		// at price 6 for contract 0 user 0 would gain 8 from contract 1 and user 1 would gain 1 from either
		expect(checkOptimal(city, city.points, Uint8Array.of(0, 1, 1, 0), Float64Array.of(6, 0, 0))).toEqual({
			overQuotaCount: 0,
			repeatedBrandCount: 0,
			overSeatsCount: 0,
			invalidPriceCount: 0,
			primal: 15,
			dual: 15,
			gap: 0,
			isProven: true,
		});
	});

	it('proves nothing with prices that do not bound', () => {
		const isGiven = Uint8Array.of(0, 1, 1, 0);
		expect(checkOptimal(city, city.points, isGiven, Float64Array.of(0, 0, 0))).toMatchObject({
			gap: 1,
			isProven: false,
		});
		expect(checkOptimal(city, city.points, isGiven, Float64Array.of(6, -1, 0)).isProven).toBe(false);
		expect(checkOptimal(city, city.points, isGiven, Float64Array.of(6, NaN, 0)).isProven).toBe(false);
	});

	it('refuses a matching that is not allowed', () => {
		const prices = Float64Array.of(6, 0, 0);
		expect(checkOptimal(city, city.points, Uint8Array.of(1, 1, 0, 0), prices)).toMatchObject({
			overQuotaCount: 1,
			repeatedBrandCount: 1,
			isProven: false,
		});
		expect(checkOptimal(city, city.points, Uint8Array.of(1, 0, 1, 0), prices)).toMatchObject({
			overSeatsCount: 1,
			isProven: false,
		});
	});

	it('finds every optimum to which or from which a pair was taken', () => {
		fc.assert(
			fc.property(anyCity({ users: 16, contracts: 7 }), fc.nat(), (input, choice) => {
				fc.pre(input.contract.length > 0);
				const { isGiven, prices } = optimal(input, input.points);
				const p = choice % isGiven.length;
				isGiven[p] = 1 - isGiven[p];
				expect(checkOptimal(input, input.points, isGiven, prices).isProven).toBe(false);
			}),
			{ seed: 1, numRuns: 1000 },
		);
	});

	it('accepts no price that was raised while seats are left at it', () => {
		fc.assert(
			fc.property(anyCity({ users: 16, contracts: 7 }), fc.nat(), (input, choice) => {
				const { isGiven, prices } = optimal(input, input.points);
				const c = choice % input.contractCount;
				const taken = isGiven.reduce((sum, given, p) => sum + (input.contract[p] === c ? given : 0), 0);
				fc.pre(taken < input.seats[c]);
				prices[c] += 1;
				expect(checkOptimal(input, input.points, isGiven, prices).isProven).toBe(false);
			}),
			{ seed: 2, numRuns: 1000 },
		);
	});
});
