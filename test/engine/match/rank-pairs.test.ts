import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakTies, pairsByPoints, usersOfPairs } from '#engine/match/rank-pairs.ts';
import { anyCity } from './cities.ts';
import { byPoints, listPairs } from './textbook.ts';

describe('pairsByPoints and breakTies', () => {
	it('put the most points first, and below zero last', () => {
		expect([...pairsByPoints(Int32Array.of(-5, 2147483647, 7, -2147483648, 7))]).toEqual([1, 2, 4, 0, 3]);
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
