import { describe, expect, it } from 'vitest';
import { carryOn, stepRatio } from '#engine/match/carry-on.ts';

describe('stepRatio', () => {
	it('is what a step is of the one before, along that one', () => {
		expect(stepRatio(Float64Array.of(0, 0), Float64Array.of(8, 0), Float64Array.of(12, 5))).toBe(0.5);
		expect(stepRatio(Float64Array.of(0, 0), Float64Array.of(8, 0), Float64Array.of(4, 0))).toBe(-0.5);
		expect(stepRatio(Float64Array.of(3, 4), Float64Array.of(0, 0), Float64Array.of(-3, -4))).toBe(1);
	});

	it('is 0 where there was no step before', () => {
		expect(stepRatio(Float64Array.of(1), Float64Array.of(1), Float64Array.of(9))).toBe(0);
	});
});

describe('carryOn', () => {
	it('goes on by the sum of all steps to come, in whole prices no lower than 0', () => {
		const price = Float64Array.of(110, 3, 57);
		carryOn(price, Float64Array.of(100, 8, 50), 0.5);
		expect([...price]).toEqual([120, 0, 64]);
	});

	it('goes on by no more than nine steps', () => {
		for (const ratio of [0.9, 0.95, 1, 2]) {
			const price = Float64Array.of(110);
			carryOn(price, Float64Array.of(100), ratio);
			expect(price[0]).toBe(200);
		}
	});
});
