import { describe, expect, it } from 'vitest';
import { largestFall, spread } from '#engine/match/spread.ts';

const before = Float64Array.of(10, 20, 30);

describe('spread', () => {
	it('is the widest that two prices have moved apart', () => {
		expect(spread(Float64Array.of(13, 18, 30), before)).toBe(5);
		expect(spread(Float64Array.of(13, 24, 31), before)).toBe(4);
		expect(spread(Float64Array.of(9, 18, 30), before)).toBe(2);
		expect(spread(before, before)).toBe(0);
	});
});

describe('largestFall', () => {
	it('is the furthest that a price has fallen, 0 where none has', () => {
		expect(largestFall(before, Float64Array.of(13, 18, 27))).toBe(3);
		expect(largestFall(before, Float64Array.of(13, 20, 31))).toBe(0);
	});
});
