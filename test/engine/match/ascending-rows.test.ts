import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascendingRows } from '#engine/match/ascending-rows.ts';
import { anyCity, makeCity } from './cities.ts';

const rowsOf = (rows: number[][]) =>
	makeCity({
		userCount: rows.length,
		contractBrand: [0, 1, 2, 3],
		seats: [1, 1, 1, 1],
		quota: 1,
		isShared: true,
		edges: rows.flatMap((row, u) => row.map((c) => ({ u, c, points: 1 }))),
	});

describe('ascendingRows', () => {
	it('has nothing to reorder where every row ascends, whatever row stands next to it', () => {
		expect(ascendingRows(rowsOf([[0, 1, 3], [], [0, 2], [3], [1, 2]]))).toBeNull();
		expect(ascendingRows(rowsOf([]))).toBeNull();
		expect(ascendingRows(rowsOf([[3], [2], [1], [0]]))).toBeNull();
	});

	it('sees one pair out of order in any row, also in the last', () => {
		expect(
			ascendingRows(
				rowsOf([
					[1, 0],
					[0, 1],
				]),
			),
		).toEqual(Uint32Array.of(1, 0, 2, 3));
		expect(
			ascendingRows(
				rowsOf([
					[0, 1],
					[0, 3, 2],
				]),
			),
		).toEqual(Uint32Array.of(0, 1, 2, 4, 3));
	});

	it('gives every pair once, in its own row, rows ascending', () => {
		fc.assert(
			fc.property(anyCity({ users: 6, contracts: 6 }), (input) => {
				const places = [...input.contract.keys()];
				const userOf = (p: number) => input.start.findIndex((first) => first > p) - 1;
				const ascending = [...places].sort(
					(p, q) => userOf(p) - userOf(q) || input.contract[p] - input.contract[q],
				);
				const isReordered = ascending.some((p, i) => p !== i);
				expect(ascendingRows(input)).toEqual(isReordered ? Uint32Array.from(ascending) : null);
			}),
			{ seed: 1, numRuns: 300 },
		);
	});
});
