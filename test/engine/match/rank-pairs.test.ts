import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakTies, pairsByPoints, usersOfPairs } from '#engine/match/rank-pairs.ts';
import { anyCity, makeCity } from './cities.ts';
import { byPoints, listPairs } from './textbook.ts';

describe('pairsByPoints and breakTies', () => {
	it('put the most points first, and below zero last', () => {
		expect([...pairsByPoints(Int32Array.of(-5, 2147483647, 7, -2147483648, 7))]).toEqual([1, 2, 4, 0, 3]);
	});

	it('order hundreds of equal points as they order few, the places around them left alone', () => {
		for (const keys of [2, 4294967296]) {
			const userCount = 40;
			const key = (_: unknown, i: number) => Math.imul(i + 1, 2654435761) % keys;
			const input = makeCity({
				userCount,
				contractBrand: [0, 1, 2, 3, 4],
				seats: [1, 1, 1, 1, 1],
				quota: 1,
				isShared: true,
				edges: Array.from({ length: 5 * userCount }, (_, i) => ({
					u: Math.floor(i / 5),
					c: i % 5,
					points: 1,
				})),
				userKey: Array.from({ length: userCount }, key),
				contractKey: Array.from({ length: 5 }, key),
				userRank: Array.from({ length: userCount }, (_, u) => (7 * u) % userCount),
				contractRank: [3, 1, 4, 0, 2],
			});
			const inOrder = listPairs(input).sort(byPoints);
			for (const [from, to] of [
				[0, 200],
				[3, 68],
				[3, 67],
				[3, 69],
			]) {
				const pairs = Uint32Array.from({ length: 200 }, (_, p) => 199 - p);
				const middle = new Set(pairs.subarray(from, to));
				breakTies(input, usersOfPairs(input), pairs, from, to);
				const expected = Array.from({ length: 200 }, (_, p) => 199 - p);
				expected.splice(from, to - from, ...inOrder.map(({ p }) => p).filter((p) => middle.has(p)));
				expect([...pairs]).toEqual(expected);
			}
		}
	});

	it('order by points, then luck, then user and contract id', () => {
		fc.assert(
			fc.property(anyCity({ users: 12, contracts: 6 }), (input) => {
				const pairs = pairsByPoints(input.points);
				const pairUser = usersOfPairs(input);
				for (let from = 0, to = 0; from < pairs.length; from = to) {
					while (to < pairs.length && input.points[pairs[to]] === input.points[pairs[from]]) to++;
					breakTies(input, pairUser, pairs, from, to);
				}
				expect([...pairs]).toEqual(
					listPairs(input)
						.sort(byPoints)
						.map((pair) => pair.p),
				);
			}),
			{ seed: 1, numRuns: 1000 },
		);
	});
});
