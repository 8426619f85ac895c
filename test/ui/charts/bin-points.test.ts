import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { binPoints } from '../../../src/ui/charts/bin-points.ts';

describe('binPoints', () => {
	it('counts every point with both numbers in exactly one rectangle that holds it', () => {
		const numbers = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 60 }); // prettier-ignore
		fc.assert(
			fc.property(numbers, (pairs) => {
				const [x, y] = [0, 1].map((side) => Float64Array.from(pairs, (pair) => pair[side]));
				const { bins, width, height } = binPoints(x, y, 7, 3);
				expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(pairs.length);
				for (const bin of bins) {
					const held = pairs.filter(([a, b]) => a >= bin.x - 1e-9 && a <= bin.x + width + 1e-9 && b >= bin.y - 1e-9 && b <= bin.y + height + 1e-9); // prettier-ignore
					expect(held.length).toBeGreaterThanOrEqual(bin.count);
				}
			}),
			{ seed: 9 },
		);
	});

	it('leaves out points that lack a number, and has one rectangle where all are alike', () => {
		expect(binPoints(Float64Array.of(1, NaN), Float64Array.of(NaN, 2), 4, 4).bins).toEqual([]);
		expect(binPoints(Float64Array.of(3, 3), Float64Array.of(5, 5), 4, 4).bins).toEqual([
			{ x: 3, y: 5, count: 2 },
		]);
	});
});
