import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, openAdmission, passesTie } from '#engine/match/admission.ts';
import type { MatchInput } from '#engine/match/match-input.ts';
import { makeCity } from './cities.ts';
import { byBrandPoints, listPairs } from './textbook.ts';

const LOWEST = -2147483648;

/** A city of two contracts that all users want, with few levels of points and few keys. */
function crowd(points: number[], seats: number): MatchInput {
	return makeCity({
		userCount: points.length,
		contractBrand: [0, 1],
		seats: [seats, seats],
		quota: 2,
		isShared: true,
		edges: points.flatMap((of, u) => [0, 1].map((c) => ({ u, c, points: of }))),
		userKey: points.map((_, u) => u % 3),
		userRank: points.map((_, u) => points.length - 1 - u),
	});
}

/** An empty house for every user of a crowd, last one first: with a quota of 2 the places of user u are two in a row. */
const openTo = (input: MatchInput, startLine: Int32Array | null = null) => {
	const users = Uint32Array.from({ length: input.userCount }, (_, i) => input.userCount - 1 - i);
	return openAdmission(users, 2, input.seats, startLine);
};
const placeOf = (input: MatchInput, u: number, c: number) => 2 * (input.userCount - 1 - u) + c;
const userAt = (input: MatchInput, h: number) => input.userCount - 1 - Math.floor(h / 2);

describe('openAdmission', () => {
	it('takes anybody while seats are free, and nobody where there are none', () => {
		const { linePoints, linePlace, held } = openAdmission(Uint32Array.of(0), 1, Uint32Array.of(2, 0), null);
		expect([...linePoints]).toEqual([LOWEST, 2147483647]);
		expect([...linePlace]).toEqual([-1, -2]);
		expect([...held]).toEqual([0, 0]);
	});

	it('starts from the lines given, but for contracts without seats', () => {
		const { linePoints, linePlace } = openAdmission(
			Uint32Array.of(0),
			1,
			Uint32Array.of(2, 0, 1),
			Int32Array.of(7, 8, LOWEST),
		);
		expect([...linePoints]).toEqual([7, 2147483647, LOWEST]);
		expect([...linePlace]).toEqual([-1, -2, -1]);
	});

	it('makes room for what is held, however many seats there are', () => {
		const { holders } = openAdmission(Uint32Array.of(0), 1, Uint32Array.of(3, 4294967295), null);
		expect(holders.map((room) => room.length)).toEqual([2 * 3, 2 * 16]);
	});
});

describe('passesTie', () => {
	it('lets equal points in while seats are free, a holder always, and nobody without seats', () => {
		const input = crowd([5, 5], 1);
		const admission = openTo({ ...input, seats: Uint32Array.of(1, 0) }, Int32Array.of(5, 5));
		expect(passesTie(input, admission, 0, 0)).toBe(true);
		for (const u of [0, 1]) expect(passesTie(input, admission, 1, u)).toBe(false);
		admit(input, admission, 0, placeOf(input, 0, 0), 5);
		expect(passesTie(input, admission, 0, 0)).toBe(true);
		const [first] = listPairs(input)
			.filter(({ c }) => c === 0)
			.sort(byBrandPoints);
		expect(passesTie(input, admission, 0, 1)).toBe(first.u === 1);
	});
});

describe('admit', () => {
	it('keeps the best so far, tells who leaves, and has the worst holder for its line once full', () => {
		const points = fc.array(fc.integer({ min: -2, max: 4 }), { minLength: 1, maxLength: 60, size: 'max' });
		fc.assert(
			fc.property(points, fc.constantFrom(1, 2, 3, 7, 16, 17, 40), (each, seats) => {
				const input = crowd(each, seats);
				const pairs = listPairs(input);
				const admission = openTo(input);
				const kept: [number[], number[]] = [[], []];
				const rank = (c: number) =>
					pairs
						.filter((pair) => pair.c === c)
						.sort(byBrandPoints)
						.map(({ u }) => u);
				const ranks = [rank(0), rank(1)];
				each.forEach((of, u) => {
					const c = (u * u) % 2;
					const order = [...kept[c], u].sort((a, b) => ranks[c].indexOf(a) - ranks[c].indexOf(b));
					if (order.length > seats) {
						// who is not better than the worst holder is not admitted
						const worst = kept[c][kept[c].length - 1];
						expect(
							of < admission.linePoints[c] ||
								(of === admission.linePoints[c] && !passesTie(input, admission, c, u)),
						).toBe(order[seats] === u);
						if (order[seats] === u) return;
						expect(admit(input, admission, c, placeOf(input, u, c), of)).toBe(placeOf(input, worst, c));
						order.pop();
					} else expect(admit(input, admission, c, placeOf(input, u, c), of)).toBe(-1);
					kept[c] = order;
					expect(admission.held[c]).toBe(order.length);
					const rooms = [...admission.holders[c].subarray(0, 2 * order.length)];
					const places = rooms.filter((_, k) => k % 2 === 1);
					const holders = places.map((h) => userAt(input, h));
					expect(holders.toSorted((a, b) => a - b)).toEqual(order.toSorted((a, b) => a - b));
					holders.forEach((v, k) => expect(rooms[2 * k]).toBe(each[v]));
					const last = order[order.length - 1];
					expect(admission.linePlace[c]).toBe(order.length < seats ? -1 : placeOf(input, last, c));
					expect(admission.linePoints[c]).toBe(order.length < seats ? LOWEST : each[last]);
				});
			}),
			{ seed: 1, numRuns: 100 },
		);
	});

	it('makes more room only when it is needed, and for no more than its seats', () => {
		const input = crowd(
			Array.from({ length: 40 }, (_, u) => u),
			20,
		);
		const admission = openTo(input);
		for (let u = 0; u < 16; u++) admit(input, admission, 0, placeOf(input, u, 0), u);
		expect(admission.holders[0].length).toBe(2 * 16);
		admit(input, admission, 0, placeOf(input, 16, 0), 16);
		expect(admission.holders[0].length).toBe(2 * 20);
	});
});
