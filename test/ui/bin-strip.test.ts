import { describe, expect, it } from 'vitest';
import { binStrip } from '#ui/charts/bin-strip.ts';

const strip = (values: number[], isIn: number[]) => ({ label: '', unit: 'points' as const, values: Float64Array.from(values), isIn: Uint8Array.from(isIn), line: null, subject: -1 }); // prettier-ignore

describe('a strip in bins', () => {
	it('counts everyone once, in and out apart, the greatest in the last bin', () => {
		const { bins, size, from, to } = binStrip(strip([0, 1, 5, 9, 10], [0, 0, 1, 1, 1]), 5);
		expect([size, from, to]).toEqual([2, 0, 10]);
		expect(bins.map(({ inCount, outCount }) => [inCount, outCount])).toEqual([[0, 2], [0, 0], [1, 0], [0, 0], [2, 0]]); // prettier-ignore
	});

	it('makes one bin of equal values', () => {
		expect(binStrip(strip([7, 7], [1, 0]), 5).bins).toEqual([{ from: 7, to: 8, inCount: 1, outCount: 1 }]);
	});
});
