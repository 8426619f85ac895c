import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOptimal } from '#engine/match/check-optimal.ts';
import { optimal } from '#engine/match/optimal.ts';
import { anyCity, makeCity } from './cities.ts';
import { choiceSet, listPairs } from './textbook.ts';

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

	it('proves nothing of a matching with faults, even where one makes up for another', () => {
		// at prices equal to the points nobody gains: the gap is 0 as long as unsold seats pay for those sold twice
		const faulty = makeCity({
			userCount: 2,
			contractBrand: [0, 1, 1, 2],
			seats: [1, 1, 1, 1],
			quota: 1,
			isShared: true,
			edges: [
				{ u: 0, c: 0, points: 5 },
				{ u: 0, c: 1, points: 4 },
				{ u: 0, c: 2, points: 3 },
				{ u: 1, c: 0, points: 5 },
			],
		});
		const check = (isGiven: number[], prices: number[]) =>
			checkOptimal(faulty, faulty.points, Uint8Array.from(isGiven), Float64Array.from(prices));
		const right = {
			overQuotaCount: 0,
			repeatedBrandCount: 0,
			overSeatsCount: 0,
			invalidPriceCount: 0,
			gap: 0,
		};
		expect(check([1, 0, 0, 0], [5, 4, 3, 0])).toEqual({
			...right,
			primal: 5,
			dual: 12,
			gap: 7,
			isProven: false,
		});
		const twoOfABrand = { ...right, overQuotaCount: 1, repeatedBrandCount: 1, isProven: false };
		expect(check([0, 1, 1, 1], [5, 4, 3, 0])).toMatchObject(twoOfABrand);
		const soldTwice = { ...right, overQuotaCount: 1, overSeatsCount: 1, isProven: false };
		expect(check([1, 1, 0, 1], [5, 4, 3, 2])).toMatchObject(soldTwice);
		const belowZero = { ...right, overSeatsCount: 1, invalidPriceCount: 1, isProven: false };
		expect(check([1, 0, 0, 1], [5, 4, 3, -2])).toMatchObject(belowZero);
	});

	it('counts every kind of fault and adds up both sums, for any mask at any prices', () => {
		const anyPrices = fc.array(fc.constantFrom(-3, 0, 0, 2, 50, NaN), { minLength: 6, maxLength: 6 });
		fc.assert(
			fc.property(
				anyCity({ users: 8, contracts: 6 }),
				anyPrices,
				fc.infiniteStream(fc.nat()),
				(input, each, coins) => {
					const { userCount, contractCount, quota, seats, points } = input;
					const prices = Float64Array.from(each.slice(0, contractCount));
					const share = coins.next().value % 4;
					const isGiven = input.contract.map(() => (coins.next().value % 4 < share ? 1 : 0));
					const pairs = listPairs(input);
					const given = pairs.filter(({ p }) => isGiven[p] === 1);
					const everyIndex = (count: number) => Array.from({ length: count }, (_, i) => i);
					const countWhere = (count: number, is: (i: number) => boolean) =>
						everyIndex(count).filter(is).length;
					const heldBy = (u: number) => given.filter((pair) => pair.u === u);
					const brandsOf = (u: number) => new Set(heldBy(u).map(({ brand }) => brand)).size;
					const invalidPriceCount = countWhere(contractCount, (c) => !(prices[c] >= 0));
					const found = checkOptimal(input, points, Uint8Array.from(isGiven), prices);
					const counts = {
						overQuotaCount: countWhere(userCount, (u) => heldBy(u).length > quota),
						repeatedBrandCount: everyIndex(userCount).reduce(
							(sum, u) => sum + heldBy(u).length - brandsOf(u),
							0,
						),
						overSeatsCount: countWhere(
							contractCount,
							(c) => given.filter((pair) => pair.c === c).length > seats[c],
						),
						invalidPriceCount,
					};
					const isAllowed = Object.values(counts).every((count) => count === 0);
					expect(found).toMatchObject({
						...counts,
						primal: given.reduce((sum, { p }) => sum + points[p], 0),
					});
					expect(found.isProven).toBe(isAllowed && found.gap === 0);
					if (prices.some((price) => Number.isNaN(price))) return;

					// seats at their prices, and for each user her best choice beyond them
					let dual = prices.reduce((sum, price, c) => sum + price * seats[c], 0);
					for (let u = 0; u < userCount; u++) {
						const mine = pairs
							.filter((pair) => pair.u === u)
							.map((pair) => ({ ...pair, points: pair.points - prices[pair.c] }));
						const best = choiceSet(
							mine.filter((pair) => pair.points > 0),
							quota,
						);
						dual += best.reduce((sum, pair) => sum + pair.points, 0);
					}
					expect(found.dual).toBe(dual);
					expect(found.gap).toBe(dual - found.primal);
				},
			),
			{ seed: 3, numRuns: 300 },
		);
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
