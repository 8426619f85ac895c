import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectLargest } from '#engine/select.ts';

describe('selectLargest', () => {
	it('finds the k-th largest of a part and leaves the rest alone', () => {
		const values = Float64Array.of(100, 3, 1, 2, 100);
		expect(selectLargest(values, 1, 4, 1)).toBe(2);
		expect([values[0], values[4]]).toEqual([100, 100]);
	});

	it('equals the place in a full sort, equal values included', () => {
		const value = fc.integer({ min: -5, max: 5 });
		fc.assert(
			fc.property(fc.array(value, { minLength: 1, maxLength: 50 }), fc.nat(), (values, choice) => {
				const k = choice % values.length;
				const sorted = [...values].sort((a, b) => b - a);
				expect(selectLargest(Float64Array.from(values), 0, values.length, k)).toBe(sorted[k]);
			}),
			{ seed: 1, numRuns: 1000 },
		);
	});
});
