import { describe, expect, it } from 'vitest';
import type { MatchInput } from '#engine/match/match-input.ts';
import { match } from '#programs/drop/stages/match.ts';

/** Two users, two contracts of one seat: u0 scores 9 and 8, u1 scores 7 and 1. */
const input: MatchInput = {
	userCount: 2,
	contractCount: 2,
	start: Uint32Array.of(0, 2, 4),
	contract: Uint32Array.of(0, 1, 0, 1),
	contractBrand: Uint32Array.of(0, 1),
	seats: Uint32Array.of(1, 1),
	quota: 1,
	points: Int32Array.of(9, 8, 7, 1),
	brandPoints: Int32Array.of(9, 8, 7, 1),
	userKey: Uint32Array.of(1, 2),
	contractKey: Uint32Array.of(3, 4),
	userRank: Uint32Array.of(0, 1),
	contractRank: Uint32Array.of(0, 1),
	seed: 1,
	stream: 1,
};
const weights = Float64Array.from(input.points);

describe('match', () => {
	it.each(['residency', 'contract-first', 'immediate', 'greedy'] as const)(
		'%s gives the best pair first',
		(method) => {
			const { isGiven, optimum } = match(input, method, weights);
			expect([...isGiven]).toEqual([1, 0, 0, 1]);
			expect(optimum).toBeNull();
		},
	);

	it('optimal gives 8 + 7 before 9 + 1, with a certificate', () => {
		const { isGiven, optimum } = match(input, 'optimal', weights);
		expect([...isGiven]).toEqual([0, 1, 1, 0]);
		expect(optimum).not.toBeNull();
	});

	it('lets the two sides of a market disagree: each side’s own method gives it its best stable matching', () => {
		// u0 likes k0 and u1 likes k1; k0 likes u1 and k1 likes u0
		const points = Int32Array.of(9, 8, 8, 9);
		const brandPoints = Int32Array.of(8, 9, 9, 8);
		const two = { ...input, points, brandPoints };
		expect([...match(two, 'residency', weights).isGiven]).toEqual([1, 0, 0, 1]);
		expect([...match(two, 'contract-first', weights).isGiven]).toEqual([0, 1, 1, 0]);
	});
});
