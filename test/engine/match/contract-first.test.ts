import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStable } from '#engine/match/check-stable.ts';
import { contractFirst } from '#engine/match/contract-first.ts';
import { residency } from '#engine/match/residency.ts';
import { anyCity, anyMarriage, givenPairs, makeCity, withPointsLess, withRowsReversed } from './cities.ts';
import { textbookContractFirst, textbookResidency } from './textbook.ts';

describe('contractFirst', () => {
	it('lets contracts win where the two sides disagree', () => {
		const input = makeCity({
			userCount: 2,
			contractBrand: [0, 1],
			seats: [1, 1],
			quota: 1,
			isShared: false,
			edges: [
				{ u: 0, c: 0, points: 9, brandPoints: 1 },
				{ u: 0, c: 1, points: 1, brandPoints: 9 },
				{ u: 1, c: 0, points: 1, brandPoints: 9 },
				{ u: 1, c: 1, points: 9, brandPoints: 1 },
			],
		});
		expect(givenPairs(input, contractFirst(input))).toEqual([
			[0, 1],
			[1, 0],
		]);
	});

	it('swaps a held contract for a better one of its brand and hands the seat on', () => {
		const input = makeCity({
			userCount: 2,
			contractBrand: [0, 0],
			seats: [1, 1],
			quota: 3,
			isShared: false,
			edges: [
				{ u: 0, c: 0, points: 5, brandPoints: 9 },
				{ u: 0, c: 1, points: 6, brandPoints: 9 },
				{ u: 1, c: 0, points: 5, brandPoints: 8 },
			],
		});
		expect(givenPairs(input, contractFirst(input))).toEqual([
			[0, 1],
			[1, 0],
		]);
	});

	it('gives up the worst that a user holds, wherever she holds it', () => {
		// contracts offer from the last to the first; user 0 has two slots
		for (const points of [
			[9, 5, 1, 7],
			[9, 5, 7, 1],
			[9, 1, 5, 7],
			[9, 7, 1, 5],
			[1, 5, 7, 9],
		]) {
			const input = makeCity({
				userCount: 1,
				contractBrand: [0, 1, 2, 3],
				seats: [1, 1, 1, 1],
				quota: 2,
				isShared: false,
				edges: points.map((of, c) => ({ u: 0, c, points: of, brandPoints: 1 })),
			});
			const best = [...points.keys()]
				.sort((c, d) => points[d] - points[c])
				.slice(0, 2)
				.sort();
			expect(givenPairs(input, contractFirst(input))).toEqual(best.map((c) => [0, c]));
		}
	});

	it('equals contract-proposing deferred acceptance by the book', () => {
		fc.assert(
			fc.property(anyCity({ users: 18, contracts: 8 }), (input) => {
				expect(contractFirst(input)).toEqual(textbookContractFirst(input));
			}),
			{ seed: 1, numRuns: 1500 },
		);
	});

	it('differs from residency by exactly what the two proposers make of a balanced city', () => {
		let tried = 0;
		let differing = 0;
		fc.assert(
			fc.property(anyMarriage(12), (input) => {
				const contractOptimal = contractFirst(input);
				const userOptimal = residency(input);
				expect(contractOptimal).toEqual(textbookContractFirst(input));
				expect(userOptimal).toEqual(textbookResidency(input));
				tried++;
				if (contractOptimal.some((given, p) => given !== userOptimal[p])) differing++;
			}),
			{ seed: 4, numRuns: 1000 },
		);
		expect(differing / tried).toBeGreaterThan(0.3);
	});

	it('leaves no blocking pair', () => {
		fc.assert(
			fc.property(anyCity({ users: 40, contracts: 10 }), (input) => {
				expect(checkStable(input, contractFirst(input))).toEqual({
					overQuotaCount: 0,
					repeatedBrandCount: 0,
					overSeatsCount: 0,
					blockingCount: 0,
					firstBlocking: -1,
				});
			}),
			{ seed: 2, numRuns: 1000 },
		);
	});

	it('goes by the order of points only, below zero as above', () => {
		fc.assert(
			fc.property(anyCity({ users: 12, contracts: 7 }), fc.constantFrom(3, 2_000_000), (input, less) => {
				expect(contractFirst(withPointsLess(input, less))).toEqual(contractFirst(input));
			}),
			{ seed: 5, numRuns: 200 },
		);
	});

	it('does not depend on the order of pairs within a user', () => {
		fc.assert(
			fc.property(anyCity({ users: 18, contracts: 8 }), (input) => {
				const reversed = withRowsReversed(input);
				expect(givenPairs(reversed, contractFirst(reversed))).toEqual(
					givenPairs(input, contractFirst(input)),
				);
			}),
			{ seed: 3, numRuns: 1000 },
		);
	});
});
