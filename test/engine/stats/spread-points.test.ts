import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadPoints } from '#engine/stats/spread-points.ts';

describe('spreadPoints', () => {
	it('steps by the golden ratio on one axis', () => {
		const points = spreadPoints(0, 5, 1, 1, 0);
		const step = (Math.sqrt(5) - 1) / 2;
		for (let i = 0; i < 5; i++) {
			expect(points[i]).toBeCloseTo((points[0] + i * step) % 1, 12);
		}
	});

	it('steps by the plastic number on two', () => {
		const points = spreadPoints(0, 2, 2, 1, 0);
		const plastic = 1.324717957244746;
		expect((points[2] - points[0] + 1) % 1).toBeCloseTo(1 / plastic, 12);
		expect((points[3] - points[1] + 1) % 1).toBeCloseTo(1 / plastic / plastic, 12);
	});

	it('keeps earlier points when more are added', () => {
		fc.assert(
			fc.property(
				fc.nat(50),
				fc.nat(50),
				fc.integer({ min: 1, max: 6 }),
				fc.nat(),
				(first, more, dimensions, seed) => {
					const all = spreadPoints(0, first + more, dimensions, seed, 2);
					expect([...all.slice(0, first * dimensions)]).toEqual([
						...spreadPoints(0, first, dimensions, seed, 2),
					]);
					expect([...all.slice(first * dimensions)]).toEqual([
						...spreadPoints(first, more, dimensions, seed, 2),
					]);
					expect(all.every((x) => x >= 0 && x < 1)).toBe(true);
				},
			),
			{ seed: 1, numRuns: 500 },
		);
	});

	it('averages a smooth function better than as many independent points', () => {
		for (const dimensions of [1, 2, 5, 10]) {
			let worst = 0;
			for (let seed = 0; seed < 20; seed++) {
				const points = spreadPoints(0, 400, dimensions, seed, 0);
				let sum = 0;
				for (let i = 0; i < points.length; i++) sum += points[i] * points[i];
				worst = Math.max(worst, Math.abs(sum / points.length - 1 / 3));
			}
			// the standard error of one axis of independent points is 0.015
			expect(worst).toBeLessThan(0.004);
		}
	});
});
