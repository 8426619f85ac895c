import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asin, cos, exp, expm1, haversineKm, log, pow, powInteger, sin, tanh } from '#engine/math.ts';
import { ulpsBetween } from './ulps.ts';

const RUNS = { seed: 1, numRuns: 20_000 };

/** The greatest distance in units of the last place over seeded inputs; the argument that has it, for the message. */
function worst(portable: (x: number) => number, native: (x: number) => number, xs: fc.Arbitrary<number>) {
	let ulps = 0;
	let at = 0;
	for (const x of fc.sample(xs, RUNS)) {
		const distance = ulpsBetween(portable(x), native(x));
		if (distance > ulps) [ulps, at] = [distance, x];
	}
	return { ulps, at };
}

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Sizes spread evenly over the orders of magnitude from 10^low to 10^high, of either sign. */
const magnitudes = (low: number, high: number) =>
	fc
		.tuple(
			fc.integer({ min: low, max: high - 1 }),
			fc.integer({ min: 1_000_000, max: 9_999_999 }),
			fc.boolean(),
		)
		.map(([power, digits, isNegative]) => Number(`${isNegative ? '-' : ''}${digits}e${power - 6}`));

describe('portable functions', () => {
	it('agree with the native ones to a unit in the last place', () => {
		expect(worst(exp, Math.exp, between(-745, 709.7)).ulps).toBeLessThanOrEqual(1);
		expect(worst(exp, Math.exp, magnitudes(-12, 2)).ulps).toBeLessThanOrEqual(1);
		expect(
			worst(
				(x) => log(Math.abs(x)),
				(x) => Math.log(Math.abs(x)),
				magnitudes(-320, 308),
			).ulps,
		).toBeLessThanOrEqual(1);
		expect(worst(log, Math.log, between(0.5, 2)).ulps).toBeLessThanOrEqual(1);
		expect(worst(expm1, Math.expm1, between(-40, 709.7)).ulps).toBeLessThanOrEqual(1);
		expect(worst(expm1, Math.expm1, magnitudes(-18, 1)).ulps).toBeLessThanOrEqual(1);
		expect(worst(tanh, Math.tanh, between(-25, 25)).ulps).toBeLessThanOrEqual(1);
		expect(worst(tanh, Math.tanh, magnitudes(-18, 1)).ulps).toBeLessThanOrEqual(1);
		expect(worst(sin, Math.sin, between(-7, 7)).ulps).toBeLessThanOrEqual(1);
		expect(worst(cos, Math.cos, between(-7, 7)).ulps).toBeLessThanOrEqual(1);
		expect(worst(sin, Math.sin, between(-1e5, 1e5)).ulps).toBeLessThanOrEqual(1);
		expect(worst(cos, Math.cos, between(-1e5, 1e5)).ulps).toBeLessThanOrEqual(1);
		expect(worst(asin, Math.asin, between(-1, 1)).ulps).toBeLessThanOrEqual(1);
		expect(worst(asin, Math.asin, magnitudes(-12, 0)).ulps).toBeLessThanOrEqual(1);
	});

	it('keep their accuracy beside multiples of half pi, where the reduction cancels', () => {
		for (let n = -60_000; n <= 60_000; n += 7) {
			const x = (n * Math.PI) / 2;
			expect(ulpsBetween(sin(x), Math.sin(x))).toBeLessThanOrEqual(1);
			expect(ulpsBetween(cos(x), Math.cos(x))).toBeLessThanOrEqual(1);
		}
	});

	it('know tabulated values', () => {
		// the nearest doubles to the tables' digits
		const values = [
			[exp(1), 2.718281828459045],
			[exp(-1), 0.36787944117144233],
			[log(2), 0.6931471805599453],
			[log(10), 2.302585092994046],
			[expm1(1e-10), 1.00000000005e-10],
			[tanh(0.5), 0.46211715726000974],
			[sin(Math.PI), 1.2246467991473532e-16],
			[cos(1), 0.5403023058681398],
			[asin(0.5), 0.5235987755982989],
			[asin(1), 1.5707963267948966],
		];
		for (const [value, tabulated] of values) expect(ulpsBetween(value, tabulated)).toBeLessThanOrEqual(1);
	});

	it('answer at the edges', () => {
		expect(exp(0)).toBe(1);
		expect(exp(710)).toBe(Infinity);
		expect(exp(Infinity)).toBe(Infinity);
		expect(exp(-746)).toBe(0);
		expect(exp(-Infinity)).toBe(0);
		expect(exp(-745)).toBe(5e-324);
		expect(exp(NaN)).toBeNaN();
		expect(log(1)).toBe(0);
		expect(log(0)).toBe(-Infinity);
		expect(log(-1)).toBeNaN();
		expect(log(NaN)).toBeNaN();
		expect(log(Infinity)).toBe(Infinity);
		expect(log(5e-324)).toBe(-744.4400719213812);
		expect(expm1(0)).toBe(0);
		expect(expm1(-50)).toBe(-1);
		expect(expm1(710)).toBe(Infinity);
		expect(expm1(NaN)).toBeNaN();
		expect(tanh(40)).toBe(1);
		expect(tanh(-Infinity)).toBe(-1);
		expect(tanh(NaN)).toBeNaN();
		expect(sin(0)).toBe(0);
		expect(cos(0)).toBe(1);
		expect(sin(Infinity)).toBeNaN();
		expect(cos(NaN)).toBeNaN();
		expect(asin(0)).toBe(0);
		expect(asin(-1)).toBe(-1.5707963267948966);
		expect(asin(1.0000000000000002)).toBeNaN();
	});
});

describe('pow', () => {
	it('multiplies for whole exponents', () => {
		expect(powInteger(3, 5)).toBe(243);
		expect(powInteger(2, 1023)).toBe(8.98846567431158e307);
		expect(powInteger(7, 0)).toBe(1);
		expect(powInteger(0, 0)).toBe(1);
		expect(pow(0.8, 2)).toBe(0.8 * 0.8);
		expect(pow(10, 22)).toBe(1e22);
	});

	it('is within its bound of the native one', () => {
		fc.assert(
			fc.property(between(1e-6, 1e6), between(-20, 20), (x, y) => {
				const native = Math.pow(x, y);
				const bound = (2 + 2 * Math.abs(y * Math.log(x)) + 1) * 2 ** -53;
				expect(Math.abs(pow(x, y) - native)).toBeLessThanOrEqual(native * bound);
			}),
			RUNS,
		);
		fc.assert(
			fc.property(between(1e-3, 1e3), fc.integer({ min: 0, max: 64 }), (x, n) => {
				const native = Math.pow(x, n);
				expect(Math.abs(pow(x, n) - native)).toBeLessThanOrEqual(native * (n + 1) * 2 ** -53);
			}),
			RUNS,
		);
	});

	it('answers at the edges', () => {
		expect(pow(0, 0)).toBe(1);
		expect(pow(0, 0.5)).toBe(0);
		expect(pow(0, -0.5)).toBe(Infinity);
		expect(pow(1, 0.3)).toBe(1);
		expect(pow(Infinity, -0.5)).toBe(0);
		expect(pow(-2, 0.5)).toBeNaN();
		expect(pow(2, NaN)).toBeNaN();
	});
});

describe('haversineKm', () => {
	it('measures a degree, a quarter and half of a great circle', () => {
		const perDegree = (6371.0088 * Math.PI) / 180;
		expect(haversineKm(0, 0, 0, 1)).toBeCloseTo(perDegree, 9);
		expect(haversineKm(0, 0, 90, 0)).toBeCloseTo(90 * perDegree, 9);
		expect(haversineKm(0, 0, 0, 180)).toBeCloseTo(180 * perDegree, 9);
		expect(haversineKm(45, 10, -45, -170)).toBeCloseTo(180 * perDegree, 3);
	});

	it('measures New York to Dallas, over the date line, and no way at all', () => {
		expect(haversineKm(40.7128, -74.006, 32.7767, -96.797)).toBeCloseTo(2205.886, 0);
		expect(haversineKm(0, 179.5, 0, -179.5)).toBeCloseTo(haversineKm(0, 0, 0, 1), 9);
		expect(haversineKm(12.3, 45.6, 12.3, 45.6)).toBe(0);
	});

	it('agrees with the native functions, either way round, on places of one city', () => {
		const native = (latA: number, lonA: number, latB: number, lonB: number) => {
			const rad = Math.PI / 180;
			const h =
				Math.sin(((latB - latA) * rad) / 2) ** 2 +
				Math.cos(latA * rad) * Math.cos(latB * rad) * Math.sin(((lonB - lonA) * rad) / 2) ** 2;
			return 2 * 6371.0088 * Math.asin(Math.sqrt(h));
		};
		const offset = between(-0.3, 0.3);
		fc.assert(
			fc.property(between(-70, 70), between(-180, 180), offset, offset, (lat, lon, up, right) => {
				const km = haversineKm(lat, lon, lat + up, lon + right);
				expect(Math.abs(km - native(lat, lon, lat + up, lon + right))).toBeLessThanOrEqual(
					1e-13 * km + 1e-100,
				);
				expect(haversineKm(lat + up, lon + right, lat, lon)).toBe(km);
			}),
			RUNS,
		);
	});
});
