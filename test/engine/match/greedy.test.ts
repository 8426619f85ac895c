import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greedy } from '#engine/match/greedy.ts';
import { residency } from '#engine/match/residency.ts';
import { anyCity, givenPairs, makeCity, withPointsLess, withRowsReversed } from './cities.ts';
import { textbookGreedy } from './textbook.ts';

describe('greedy', () => {
	it('goes down the pairs by points and skips what slot, brand or seat forbid', () => {
		const input = makeCity({
			userCount: 2,
			contractBrand: [0, 0, 1],
			seats: [1, 2, 1],
			quota: 1,
			isShared: true,
			edges: [
				{ u: 0, c: 0, points: 9 },
				{ u: 0, c: 2, points: 8 },
				{ u: 1, c: 0, points: 7 },
				{ u: 1, c: 1, points: 6 },
			],
		});
		expect(givenPairs(input, greedy(input))).toEqual([
			[0, 0],
			[1, 1],
		]);
	});

	it('equals residency when points are shared', () => {
		fc.assert(
			fc.property(anyCity({ users: 40, contracts: 12 }), (input) => {
				const shared = { ...input, brandPoints: input.points };
				expect(greedy(shared)).toEqual(residency(shared));
			}),
			{ seed: 2, numRuns: 1500 },
		);
	});

	it('equals the spec’s sentence, whatever contracts think', () => {
		fc.assert(
			fc.property(anyCity({ users: 18, contracts: 8 }), (input) => {
				expect(greedy(input)).toEqual(textbookGreedy(input));
			}),
			{ seed: 3, numRuns: 1000 },
		);
	});

	it('goes by the order of points only, below zero as above', () => {
		fc.assert(
			fc.property(anyCity({ users: 12, contracts: 7 }), fc.constantFrom(3, 2_000_000), (input, less) => {
				expect(greedy(withPointsLess(input, less))).toEqual(greedy(input));
			}),
			{ seed: 5, numRuns: 200 },
		);
	});

	it('does not depend on the order of pairs within a user', () => {
		fc.assert(
			fc.property(anyCity({ users: 18, contracts: 8 }), (input) => {
				const reversed = withRowsReversed(input);
				expect(givenPairs(reversed, greedy(reversed))).toEqual(givenPairs(input, greedy(input)));
			}),
			{ seed: 4, numRuns: 1000 },
		);
	});
});
