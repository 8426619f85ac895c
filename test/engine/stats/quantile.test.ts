import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileOfSorted, quantiles } from '#engine/stats/quantile.ts';

const RUNS = { seed: 1, numRuns: 1000 };
const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('quantiles', () => {
	it('are straight between values, by hand', () => {
		// R: quantile(c(1, 2, 4, 8), c(0, .25, .5, .9, 1), type = 7)
		const given = Float64Array.of(8, 1, 4, 2);
		const found = quantiles(given, [0, 0.25, 0.5, 0.9, 1]);
		[1, 1.75, 3, 6.8, 8].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
		expect([...given]).toEqual([8, 1, 4, 2]);
	});

	it('of one value are that value, of none are not a number', () => {
		expect([...quantiles(Float64Array.of(3), [0, 0.3, 1])]).toEqual([3, 3, 3]);
		expect(quantileOfSorted(new Float64Array(0), 0.5)).toBeNaN();
	});

	it('order values as numbers, and leave infinite ones as they are', () => {
		expect([...quantiles(Float64Array.of(Infinity, 10, 9, -Infinity), [0, 1])]).toEqual([
			-Infinity,
			Infinity,
		]);
	});

	it('rise with the share and stay among the values', () => {
		fc.assert(
			fc.property(numbers, share, share, (values, a, b) => {
				const [low, high] = quantiles(Float64Array.from(values), [Math.min(a, b), Math.max(a, b)]);
				expect(low).toBeLessThanOrEqual(high);
				expect(low).toBeGreaterThanOrEqual(Math.min(...values));
				expect(high).toBeLessThanOrEqual(Math.max(...values));
			}),
			RUNS,
		);
	});

	it('equal the weighted mean of the two order statistics beside the place', () => {
		fc.assert(
			fc.property(numbers, share, (values, p) => {
				const sorted = [...values].sort((a, b) => a - b);
				const place = (sorted.length - 1) * p;
				const [a, b] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
				const slow = a * (1 - (place % 1)) + b * (place % 1);
				expect(Math.abs(quantiles(Float64Array.from(values), [p])[0] - slow)).toBeLessThanOrEqual(1e-9);
			}),
			RUNS,
		);
	});
});
