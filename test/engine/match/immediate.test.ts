import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { immediate } from '#engine/match/immediate.ts';
import { anyCity, givenPairs, makeCity, withPointsLess, withRowsReversed } from './cities.ts';
import { textbookImmediate } from './textbook.ts';

describe('immediate', () => {
	it('keeps an early applicant against a better one who comes a round later', () => {
		const input = makeCity({
			userCount: 3,
			contractBrand: [0, 1],
			seats: [1, 1],
			quota: 1,
			isShared: true,
			edges: [
				{ u: 0, c: 0, points: 99 },
				{ u: 1, c: 0, points: 98 },
				{ u: 1, c: 1, points: 97 },
				{ u: 2, c: 1, points: 10 },
			],
		});
		expect(givenPairs(input, immediate(input))).toEqual([
			[0, 0],
			[2, 1],
		]);
	});

	it('passes over a round whose contract is of a brand the user holds', () => {
		// round 2 offers her brand 0 again; she waits, and round 3 gives brand 1 although it was open before
		const input = makeCity({
			userCount: 2,
			contractBrand: [0, 0, 1],
			seats: [1, 1, 1],
			quota: 2,
			isShared: true,
			edges: [
				{ u: 0, c: 0, points: 90 },
				{ u: 0, c: 1, points: 80 },
				{ u: 0, c: 2, points: 70 },
				{ u: 1, c: 0, points: 20 },
				{ u: 1, c: 2, points: 10 },
			],
		});
		expect(givenPairs(input, immediate(input))).toEqual([
			[0, 0],
			[1, 2],
		]);
	});

	it('equals the rounds of the spec, ties and all', () => {
		fc.assert(
			fc.property(anyCity({ users: 18, contracts: 8 }), (input) => {
				expect(immediate(input)).toEqual(textbookImmediate(input));
			}),
			{ seed: 1, numRuns: 1500 },
		);
	});

	it('goes by the order of points only, below zero as above', () => {
		fc.assert(
			fc.property(anyCity({ users: 12, contracts: 7 }), fc.constantFrom(3, 2_000_000), (input, less) => {
				expect(immediate(withPointsLess(input, less))).toEqual(immediate(input));
			}),
			{ seed: 5, numRuns: 200 },
		);
	});

	it('does not depend on the order of pairs within a user', () => {
		fc.assert(
			fc.property(anyCity({ users: 18, contracts: 8 }), (input) => {
				const reversed = withRowsReversed(input);
				expect(givenPairs(reversed, immediate(reversed))).toEqual(givenPairs(input, immediate(input)));
			}),
			{ seed: 2, numRuns: 1000 },
		);
	});
});
