import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centralChanceOfT, normalQuantile, tQuantile } from '#engine/stats/t-quantile.ts';

const near = (value: number, wanted: number, relative: number) =>
	expect(Math.abs(value - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted));

describe('normalQuantile', () => {
	it('knows tabulated values', () => {
		near(normalQuantile(0.975), 1.959963984540054, 1e-15);
		near(normalQuantile(0.95), 1.6448536269514722, 1e-15);
		near(normalQuantile(0.9995), 3.2905267314919255, 1e-15);
		near(normalQuantile(0.1), -1.2815515655446004, 1e-15);
		near(normalQuantile(0.001), -3.090232306167813, 1e-15);
		near(normalQuantile(0.6), 0.2533471031357998, 1e-15);
		near(normalQuantile(1e-20), -9.262340089798407, 1e-15);
		expect(normalQuantile(0.5)).toBe(0);
		expect(normalQuantile(0)).toBe(-Infinity);
		expect(normalQuantile(1)).toBe(Infinity);
		expect(normalQuantile(-0.1)).toBeNaN();
	});

	it('is undone by integrating the density', () => {
		for (const share of [0.02, 0.07, 0.3, 0.62, 0.93, 0.999]) {
			const x = normalQuantile(share);
			// Simpson's rule from 0 to x
			const steps = 2000;
			let sum = 0;
			for (let i = 0; i <= steps; i++) {
				const z = (x * i) / steps;
				sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp((-z * z) / 2);
			}
			expect(0.5 + (sum * x) / (3 * steps) / Math.sqrt(2 * Math.PI)).toBeCloseTo(share, 12);
		}
	});
});

describe('tQuantile', () => {
	it('knows tabulated values', () => {
		near(tQuantile(0.975, 1), 12.706204736174694, 1e-12);
		near(tQuantile(0.975, 2), 4.302652729749462, 1e-12);
		near(tQuantile(0.995, 5), 4.032142983555228, 1e-12);
		near(tQuantile(0.975, 9), 2.262157162798205, 1e-12);
		near(tQuantile(0.95, 30), 1.697260886593957, 1e-12);
		near(tQuantile(0.975, 999), 1.9623414611334493, 1e-12);
		near(tQuantile(0.975, 1001), 1.9623367052808798, 1e-12);
		near(tQuantile(0.975, 10_000), 1.960201239890626, 1e-12);
		near(tQuantile(0.9999999, 7), 19.93390224944619, 1e-9);
	});

	it('is the tangent for one degree of freedom and has a closed form for two', () => {
		for (const share of [0.01, 0.2, 0.5, 0.7, 0.99]) {
			expect(tQuantile(share, 1)).toBeCloseTo(Math.tan(Math.PI * (share - 0.5)), 9);
			expect(tQuantile(share, 2)).toBeCloseTo((2 * share - 1) / Math.sqrt(2 * share * (1 - share)), 9);
		}
	});

	it('is symmetric, and endless at 0 and 1', () => {
		expect(tQuantile(0.025, 6)).toBe(-tQuantile(0.975, 6));
		expect(tQuantile(0.5, 6)).toBe(0);
		expect(tQuantile(0, 6)).toBe(-Infinity);
		expect(tQuantile(1, 6)).toBe(Infinity);
		expect(tQuantile(1.5, 6)).toBeNaN();
	});

	it('is undone by the distribution, and falls towards the normal one', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0.51, max: 0.9999, noNaN: true }),
				fc.integer({ min: 1, max: 1000 }),
				(share, degrees) => {
					const t = tQuantile(share, degrees);
					expect(centralChanceOfT(t, degrees)).toBeCloseTo(2 * share - 1, 12);
					expect(t).toBeGreaterThan(normalQuantile(share));
					expect(t).toBeGreaterThan(tQuantile(share, degrees + 1));
				},
			),
			{ seed: 1, numRuns: 300 },
		);
	});
});
