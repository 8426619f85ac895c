import { describe, expect, it } from 'vitest';
import { drawIndex, pickChances } from '#programs/drop/stages/growth-pick.ts';

describe('pickChances', () => {
	it('weighs the best by their points to the power, in the order given', () => {
		expect(pickChances([300, 200, 100], { topK: 2, power: 1 })).toEqual({ weight: [300, 200], total: 500 });
		expect(pickChances([300, 200, 100], { topK: 5, power: 2 })).toEqual({
			weight: [90_000, 40_000, 10_000],
			total: 140_000,
		});
	});

	it('gives even chances with power 0, and where nobody has points', () => {
		expect(pickChances([300, 200], { topK: 5, power: 0 })).toEqual({ weight: [1, 1], total: 2 });
		expect(pickChances([0], { topK: 5, power: 1 })).toEqual({ weight: [1], total: 1 });
	});
});

describe('drawIndex', () => {
	it('finds the part of the cumulative sum in which the draw falls; a border belongs to the next', () => {
		const chances = { weight: [300, 0, 100], total: 400 };
		expect([0, 0.5, 0.7499, 0.75, 0.9999].map((u) => drawIndex(chances, u))).toEqual([0, 0, 0, 2, 2]);
	});
});
