import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fallsSince, listContenders, relist, type Contenders } from '#engine/match/contenders.ts';
import type { MatchInput } from '#engine/match/match-input.ts';
import { anyCity, largeCity, withPointsLess } from './cities.ts';

/** A user's pairs by the sentences of `listContenders`: within reach of what her last slot is worth, the best, in order. */
function pairsBySentence(input: MatchInput, u: number, price: Float64Array, reach: number, most: number) {
	const row: { p: number; brand: number; surplus: number }[] = [];
	for (let p = input.start[u]; p < input.start[u + 1]; p++) {
		const c = input.contract[p];
		if (input.points[p] > 0)
			row.push({ p, brand: input.contractBrand[c], surplus: input.points[p] - price[c] });
	}
	const bestOfBrand = new Map<number, number>();
	for (const { brand, surplus } of row)
		bestOfBrand.set(brand, Math.max(bestOfBrand.get(brand) ?? 0, surplus));
	const lastSlot = [...bestOfBrand.values()].sort((a, b) => b - a)[Math.min(input.quota, input.contractCount) - 1]; // prettier-ignore
	const within = row.filter(({ surplus }) => surplus > Math.max(0, lastSlot ?? 0) - reach);
	const best = [...within].sort((a, b) => b.surplus - a.surplus || a.p - b.p).slice(0, most);
	return best.map(({ p }) => p).sort((a, b) => a - b);
}

const pairsOf = ({ start, length, pair }: Contenders, i: number) => [
	...pair.subarray(start[i], start[i] + length[i]),
];

const cheapOrDear = fc.oneof(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 60 }));
const setting = fc.record({
	input: fc
		.tuple(anyCity({ users: 6, contracts: 9 }), fc.constantFrom(0, 1, 2, 40))
		.map(([city, less]) => withPointsLess(city, less)),
	prices: fc.array(cheapOrDear, { minLength: 9, maxLength: 9 }),
	later: fc.array(cheapOrDear, { minLength: 9, maxLength: 9 }),
	reach: fc.constantFrom(0, 5, 40, Infinity),
	most: fc.integer({ min: 1, max: 9 }),
});

describe('listContenders', () => {
	it('keeps what is within reach of the last slot, and of more than fit the best, equal ones in order', () => {
		let cutCount = 0;
		fc.assert(
			fc.property(setting, ({ input, prices, later, reach, most }) => {
				const users = Uint32Array.from({ length: input.userCount }, (_, u) => u).reverse();
				const price = Float64Array.from(prices.slice(0, input.contractCount));
				const lists = listContenders(input, input.points, users, price, reach, most);
				users.forEach((u, i) => {
					expect(pairsOf(lists, i)).toEqual(pairsBySentence(input, u, price, reach, most));
					if (pairsBySentence(input, u, price, reach, 9).length > most) cutCount++;
				});

				// a list written anew is that of the other prices; the rest stand
				if (users.length === 0) return;
				const other = Float64Array.from(later.slice(0, input.contractCount));
				relist(input, input.points, lists, [0], other, most);
				expect(pairsOf(lists, 0)).toEqual(pairsBySentence(input, users[0], other, reach, most));
				for (let i = 1; i < users.length; i++)
					expect(pairsOf(lists, i)).toEqual(pairsBySentence(input, users[i], price, reach, most));
			}),
			{ seed: 11, numRuns: 500 },
		);
		expect(cutCount).toBeGreaterThan(10);
	});

	it('leaves out nothing worth more than it says, then and at any other prices', () => {
		fc.assert(
			fc.property(setting, ({ input, prices, later, reach, most }) => {
				const users = Uint32Array.from({ length: input.userCount }, (_, u) => u);
				const price = Float64Array.from(prices.slice(0, input.contractCount));
				const other = Float64Array.from(later.slice(0, input.contractCount));
				const lists = listContenders(input, input.points, users, price, reach, most);
				const expectBounded = (at: Float64Array) => {
					const falls = fallsSince(lists, at);
					for (const u of users) {
						const listed = pairsOf(lists, u);
						for (let p = input.start[u]; p < input.start[u + 1]; p++) {
							if (input.points[p] <= 0 || listed.includes(p)) continue;
							const worth = input.points[p] - at[input.contract[p]];
							expect(worth).toBeLessThanOrEqual(lists.outside[u] + falls[lists.stamp[u]]);
						}
					}
				};
				expectBounded(price);
				expectBounded(other);
				if (users.length === 0) return;
				relist(input, input.points, lists, [0], other, most);
				expect(lists.stamps).toEqual([price, other]);
				expectBounded(other);
				expectBounded(price);
			}),
			{ seed: 13, numRuns: 500 },
		);
	});

	it('refuses to be written anew at more prices than it can tell apart', () => {
		const input = largeCity({ userCount: 3, contractCount: 2, levels: 5, densityPercent: 90, seatsPerContract: 2, quota: 1, seed: 1 }); // prettier-ignore
		const price = new Float64Array(2);
		const lists = listContenders(input, input.points, Uint32Array.of(0, 1, 2), price, 1, 2);
		for (let i = 1; i < 256; i++) relist(input, input.points, lists, [0], price, 2);
		expect(lists.stamp[0]).toBe(255);
		expect(() => relist(input, input.points, lists, [0], price, 2)).toThrow('relist: too many prices');
	});

	it('copies contract and weight, and joins the entries of each brand to one ring', () => {
		fc.assert(
			fc.property(setting, ({ input, prices, reach, most }) => {
				const users = Uint32Array.from({ length: input.userCount }, (_, u) => u);
				const price = Float64Array.from(prices.slice(0, input.contractCount));
				const lists = listContenders(input, input.points, users, price, reach, most);
				for (let i = 0; i < users.length; i++) {
					const entries = Array.from({ length: lists.length[i] }, (_, k) => lists.start[i] + k);
					const brandOf = (e: number) => input.contractBrand[lists.contract[e]];
					for (const e of entries) {
						expect(lists.contract[e]).toBe(input.contract[lists.pair[e]]);
						expect(lists.weight[e]).toBe(input.points[lists.pair[e]]);
						const ring = [e];
						for (let f = lists.mate[e]; f !== e && ring.length < 20; f = lists.mate[f]) ring.push(f);
						expect(ring.sort((a, b) => a - b)).toEqual(entries.filter((f) => brandOf(f) === brandOf(e)));
					}
				}
			}),
			{ seed: 12, numRuns: 200 },
		);
	});
});
