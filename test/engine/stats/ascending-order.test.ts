import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascendingOrder } from '#engine/stats/ascending-order.ts';

describe('ascendingOrder', () => {
	it('orders by value, ties and zeros as given', () => {
		const values = Float64Array.of(2, -1, 0, Infinity, -0, -5e-324, 2, -Infinity, -1.5, 0);
		expect([...ascendingOrder(values)]).toEqual([7, 8, 1, 5, 2, 4, 9, 0, 6, 3]);
		expect([...ascendingOrder(new Float64Array(0))]).toEqual([]);
	});

	it('tells negative values apart that differ in the last bit only', () => {
		const values = Float64Array.of(-1, -1.0000000000000002, -1, -1.0000000000000004);
		expect([...ascendingOrder(values)]).toEqual([3, 1, 0, 2]);
	});

	it('equals a stable comparison sort', () => {
		const value = fc.oneof(
			fc.double({ noNaN: true }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			fc.constantFrom(-1, -0, 0, 0.5),
		);
		fc.assert(
			fc.property(fc.array(value, { maxLength: 40 }), (values) => {
				const slow = values
					.map((_, i) => i)
					.sort((a, b) => (values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : 0));
				expect([...ascendingOrder(Float64Array.from(values))]).toEqual(slow);
			}),
			{ seed: 1, numRuns: 2000 },
		);
	});
});
