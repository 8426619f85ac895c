import { describe, expect, it } from 'vitest';
import { guessStartLines } from '#engine/match/guess-start-lines.ts';
import type { MatchInput } from '#engine/match/match-input.ts';
import { makeCity } from './cities.ts';

const LOWEST = -2147483648;

/** Users who all want every contract, each worth as many points to it as her number says. */
function city(userCount: number, seats: number[], pointsOf: (u: number) => number): MatchInput {
	const edges = Array.from({ length: userCount * seats.length }, (_, i) => {
		const u = Math.floor(i / seats.length);
		return { u, c: i % seats.length, points: pointsOf(u) };
	});
	const contractBrand = seats.map((_, c) => c);
	return makeCity({ userCount, contractBrand, seats, quota: seats.length, isShared: true, edges });
}

describe('guessStartLines', () => {
	it('leaves a city without lines in which a sample is not a small part', () => {
		expect(guessStartLines(city(5_999, [1], (u) => u))).toBeNull();
		expect(guessStartLines(city(6_000, [1], (u) => u))).not.toBeNull();
	});

	it('guesses on the low side of where contracts end, and not by much', () => {
		// of 6 000 users with as many points as their number the best 600, 1 500 and 3 000 get a seat
		const lines = guessStartLines(city(6_000, [600, 1_500, 3_000], (u) => u));
		const ends = [5_400, 4_500, 3_000];
		ends.forEach((end, c) => {
			expect(lines?.[c]).toBeLessThanOrEqual(end);
			expect(lines?.[c]).toBeGreaterThan(end - 800);
		});
	});

	it('gives no line to a contract with seats for everybody, and one that few pass to a contract without seats', () => {
		const [everybody, many, nobody] = guessStartLines(city(6_000, [6_000, 4294967295, 0], (u) => u)) ?? [];
		expect([everybody, many]).toEqual([LOWEST, LOWEST]);
		expect(nobody).toBeGreaterThan(5_900);
	});

	it('drops a line that the second, larger sample does not fill', () => {
		// only those of the first sample have many points: half of it gets a seat, and far too few of the second would
		const found = (userCount: number) => {
			const stride = Math.floor(userCount / 1_500);
			const isFirst = (u: number) => u % stride === (Math.floor(u / stride) * 7919) % stride;
			const pointsOf = (u: number) => (isFirst(u) ? 1_000 : 1);
			return guessStartLines(city(userCount, [userCount / 2], pointsOf))?.[0];
		};
		expect(found(40_000)).toBe(1_000);
		expect(found(48_000)).toBe(LOWEST);
	});
});
