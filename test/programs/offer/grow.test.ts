import { describe, expect, it } from 'vitest';
import { makeWords, threefry } from '#engine/random.ts';
import { pairedDifference } from '#engine/stats/interval.ts';
import { measure } from '#programs/offer/measure.ts';
import { readCurve } from '#programs/offer/model/curve.ts';
import { draw, friendOf } from '#programs/offer/model/luck.ts';
import { grow } from '#programs/offer/model/grow.ts';
import { exampleWorld } from './worlds.ts';

describe('the generator of spec section 18, example 8', () => {
	const words = makeWords();
	const hex = () => [...words].map((word) => word.toString(16).padStart(8, '0')).join(' ');

	it('gives the published words of Threefry-2x32-20', () => {
		threefry(0, 0, 0, 0, words);
		expect(hex()).toBe('6b200159 99ba4efe');
		threefry(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, words);
		expect(hex()).toBe('c4923a9c 483df7a0');
	});

	it('gives the draws of seed 1', () => {
		threefry(1, 1, 0, 0, words);
		expect(hex()).toBe('b5b4a1ee 00de6b85');
		expect(draw(1, 1, 0, 0, 0)).toBe(0.7097874805584092);
		expect(draw(1, 5, 0, 0, 2)).toBe(0.5770402662392402);
		friendOf(1, 0, 0, 2, words);
		expect(hex()).toBe('c09dfc04 6532331b');
	});

	it('reads a curve in the order of operations given', () => {
		const points = [[0, 0.05], [300, 0.15], [1000, 0.3]] as const; // prettier-ignore
		expect(readCurve(points, 650)).toBe(0.22499999999999998);
		expect(readCurve(points, -1)).toBe(0.05);
		expect(readCurve(points, 300)).toBe(0.15);
		expect(readCurve(points, 1001)).toBe(0.3);
	});
});

describe('the small simulation of spec section 18, example 9', () => {
	const rows = [
		{ terms: null, row: [978, 127, 5, 30, 34, 0, 38100, 26857, 8681, 103183, 0.03937007874015748] },
		{
			terms: { invitee: 1000, award: 1000 },
			row: [1391, 163, 41, 145, 41, 4, 81600, 56597, 15906, 135630, 0.25153374233128833],
		},
		{
			terms: { invitee: 2000, award: 0 },
			row: [1030, 132, 10, 33, 35, 1, 56600, 40325, 12013, 109251, 0.07575757575757576],
		},
		{
			terms: { invitee: 0, award: 2000 },
			row: [1041, 127, 5, 104, 34, 0, 36600, 25890, 8448, 103183, 0.03937007874015748],
		},
	];

	for (const { terms, row } of rows) {
		it(`gives the row of ${terms ? `give ${terms.invitee}, get ${terms.award}` : 'no referral offer'}`, () => {
			const { events, outcome } = grow(exampleWorld(1, terms));
			const { total } = measure(outcome);
			expect([
				events.length, total.signups, total.referredSignups, total.invitesSent, total.paidAccounts, total.qualifiedReferrals,
				total.earnedCents, total.usedCents, total.expiredCents, total.cashCents, total.viralK,
			]).toEqual(row); // prettier-ignore
			expect(total.signups - total.referredSignups).toBe(122);
		});
	}

	it('shows 7.55 ± 1.99 more paid accounts for "give 1000, get 1000" over twenty seeds', () => {
		const paid = (terms: { invitee: number; award: number }) =>
			Float64Array.from(
				{ length: 20 },
				(_, r) => measure(grow(exampleWorld(1 + r, terms)).outcome).total.paidAccounts,
			);
		const difference = pairedDifference(
			paid({ invitee: 2000, award: 0 }),
			paid({ invitee: 1000, award: 1000 }),
			0.95,
		);
		expect(difference.mean).toBeCloseTo(7.55, 10);
		expect(difference.high - difference.mean).toBeCloseTo(1.99, 2);
		expect(difference.sd).toBeCloseTo(4.26, 2);
	});
});
