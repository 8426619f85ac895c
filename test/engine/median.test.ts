import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianOf } from '#engine/median.ts';

function slowMedian(values: readonly number[]): number {
	const sorted = values.toSorted((x, y) => x - y);
	const half = values.length / 2;
	return values.length % 2 === 1 ? sorted[half - 0.5] : (sorted[half - 1] + sorted[half]) / 2;
}

describe('medianOf', () => {
	it('is the middle value, or the mean of the two in the middle', () => {
		expect(medianOf(Float64Array.of(7))).toBe(7);
		expect(medianOf(Float64Array.of(9, 1, 5))).toBe(5);
		expect(medianOf(Float64Array.of(9, 1, 2, 5))).toBe(3.5);
		expect(medianOf(Float64Array.of(4, 4, 4, 4))).toBe(4);
	});

	it('is what sorting gives, with many ties and with none', () => {
		const few = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 60 });
		const many = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
		fc.assert(
			fc.property(fc.oneof(few, many), (values) => {
				expect(medianOf(Float64Array.from(values))).toBe(slowMedian(values));
			}),
			{ seed: 1, numRuns: 500 },
		);
	});
});
