import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStable } from '#engine/match/check-stable.ts';
import { residency } from '#engine/match/residency.ts';
import { anyCity, makeCity } from './cities.ts';
import { listPairs, textbookBlocking } from './textbook.ts';

const city = makeCity({
	userCount: 2,
	contractBrand: [0, 0, 1],
	seats: [1, 1, 1],
	quota: 1,
	isShared: true,
	edges: [
		{ u: 0, c: 0, points: 90 },
		{ u: 0, c: 1, points: 80 },
		{ u: 0, c: 2, points: 70 },
		{ u: 1, c: 0, points: 60 },
		{ u: 1, c: 2, points: 50 },
	],
});

describe('checkStable', () => {
	it('names a pair that blocks', () => {
		const check = checkStable(city, Uint8Array.of(0, 1, 0, 1, 0));
		expect(check).toMatchObject({ blockingCount: 1, firstBlocking: 0 });
	});

	it('lets a brand that is held be changed only for a better contract of it', () => {
		const input = { ...city, quota: 2 };
		expect(checkStable(input, Uint8Array.of(1, 0, 1, 0, 0)).blockingCount).toBe(0);
		expect(checkStable(input, Uint8Array.of(0, 1, 1, 0, 0))).toMatchObject({
			blockingCount: 2,
			firstBlocking: 0,
		});
	});

	it('holds a pair against the worst that the user has, wherever in her row that stands', () => {
		const edges = [
			{ u: 0, c: 0, points: 10 },
			{ u: 0, c: 1, points: 90 },
			{ u: 0, c: 2, points: 50 },
		];
		const rows = { userCount: 1, contractBrand: [0, 1, 2], seats: [1, 1, 1], quota: 2, isShared: true };
		const first = checkStable(makeCity({ ...rows, edges }), Uint8Array.of(1, 1, 0));
		expect(first).toMatchObject({ blockingCount: 1, firstBlocking: 2 });
		const last = checkStable(makeCity({ ...rows, edges: edges.toReversed() }), Uint8Array.of(0, 1, 1));
		expect(last).toMatchObject({ blockingCount: 1, firstBlocking: 0 });
	});

	it('counts users over quota, brands given twice and contracts over their seats', () => {
		expect(checkStable(city, Uint8Array.of(1, 1, 0, 0, 0))).toMatchObject({
			overQuotaCount: 1,
			repeatedBrandCount: 1,
		});
		expect(checkStable(city, Uint8Array.of(1, 0, 0, 1, 0))).toMatchObject({ overSeatsCount: 1 });
	});

	it('counts exactly the pairs that block by the words of the spec, for any feasible matching', () => {
		fc.assert(
			fc.property(anyCity({ users: 12, contracts: 7 }), fc.infiniteStream(fc.boolean()), (input, coins) => {
				// a stable matching with some pairs taken away, and then any that fit put in
				const isGiven = residency(input);
				for (let p = 0; p < isGiven.length; p++) if (coins.next().value) isGiven[p] = 0;
				for (let p = 0; p < isGiven.length; p++) {
					if (isGiven[p] === 1 || coins.next().value) continue;
					isGiven[p] = 1;
					const check = checkStable(input, isGiven);
					if (check.overQuotaCount + check.repeatedBrandCount + check.overSeatsCount > 0) isGiven[p] = 0;
				}
				const blocking = textbookBlocking(input, isGiven);
				expect(checkStable(input, isGiven)).toEqual({
					overQuotaCount: 0,
					repeatedBrandCount: 0,
					overSeatsCount: 0,
					blockingCount: blocking.length,
					firstBlocking: blocking[0] ?? -1,
				});
			}),
			{ seed: 1, numRuns: 1500 },
		);
	});

	it('tells of every blocking pair, ascending', () => {
		fc.assert(
			fc.property(anyCity({ users: 8, contracts: 6 }), (input) => {
				const nothing = new Uint8Array(input.contract.length);
				const told: number[] = [];
				const { blockingCount, firstBlocking } = checkStable(input, nothing, (p) => told.push(p));
				expect(told).toEqual(textbookBlocking(input, nothing));
				expect([blockingCount, firstBlocking]).toEqual([told.length, told[0] ?? -1]);
			}),
			{ seed: 4, numRuns: 200 },
		);
	});

	it('lets nobody block who may hold nothing', () => {
		expect(checkStable({ ...city, quota: 0 }, new Uint8Array(5)).blockingCount).toBe(0);
	});

	it('counts users, brands and contracts that have too much, in any mask', () => {
		fc.assert(
			fc.property(anyCity({ users: 8, contracts: 6 }), fc.infiniteStream(fc.boolean()), (input, coins) => {
				const isGiven = Uint8Array.from(input.contract, () => (coins.next().value ? 1 : 0));
				const given = listPairs(input).filter(({ p }) => isGiven[p] === 1);
				let overQuotaCount = 0;
				let repeatedBrandCount = 0;
				for (let u = 0; u < input.userCount; u++) {
					const brands = given.filter((pair) => pair.u === u).map(({ brand }) => brand);
					if (brands.length > input.quota) overQuotaCount++;
					repeatedBrandCount += brands.length - new Set(brands).size;
				}
				const isOver = (count: number, c: number) => given.filter((pair) => pair.c === c).length > count;
				const overSeatsCount = [...input.seats].filter(isOver).length;
				expect(checkStable(input, isGiven)).toMatchObject({
					overQuotaCount,
					repeatedBrandCount,
					overSeatsCount,
				});
			}),
			{ seed: 5, numRuns: 200 },
		);
	});

	it('finds every stable matching from which one pair was taken', () => {
		fc.assert(
			fc.property(anyCity({ users: 10, contracts: 6 }), fc.nat(), (input, choice) => {
				const isGiven = residency(input);
				const given = [...isGiven.keys()].filter((p) => isGiven[p] === 1);
				fc.pre(given.length > 0);
				isGiven[given[choice % given.length]] = 0;
				expect(checkStable(input, isGiven).blockingCount).toBeGreaterThan(0);
			}),
			{ seed: 2, numRuns: 1000 },
		);
	});

	it('finds every stable matching to which one pair was added', () => {
		fc.assert(
			fc.property(anyCity({ users: 10, contracts: 6 }), fc.nat(), (input, choice) => {
				const isGiven = residency(input);
				const open = [...isGiven.keys()].filter((p) => isGiven[p] === 0);
				fc.pre(open.length > 0);
				isGiven[open[choice % open.length]] = 1;
				const check = checkStable(input, isGiven);
				expect(check.overQuotaCount + check.repeatedBrandCount + check.overSeatsCount).toBeGreaterThan(0);
			}),
			{ seed: 3, numRuns: 1000 },
		);
	});
});
