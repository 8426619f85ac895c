import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gini, lorenzCurve } from '#engine/stats/gini.ts';

const RUNS = { seed: 1, numRuns: 1000 };
const amounts = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 40 });

/** Half the mean absolute difference over all ordered pairs, relative to the mean. */
function slowGini(values: number[]): number {
	let difference = 0;
	let total = 0;
	for (const a of values) {
		total += a;
		for (const b of values) difference += Math.abs(a - b);
	}
	return total > 0 ? difference / (2 * values.length * total) : 0;
}

describe('gini', () => {
	it('counts by hand', () => {
		expect(gini(Float64Array.of(5, 5, 5))).toBe(0);
		expect(gini(Float64Array.of(0, 0, 0, 8))).toBe(0.75);
		expect(gini(Float64Array.of(3, 1))).toBe(0.25);
		expect(gini(Float64Array.of(7))).toBe(0);
		expect(gini(Float64Array.of(0, 0))).toBe(0);
		expect(gini(new Float64Array(0))).toBeNaN();
	});

	it('equals the mean difference over all pairs, whatever the order', () => {
		fc.assert(
			fc.property(amounts, (values) => {
				const given = Float64Array.from(values);
				expect(gini(given)).toBeCloseTo(slowGini(values), 12);
				expect([...given]).toEqual(values);
				expect(gini(Float64Array.from(values).reverse())).toBe(gini(given));
			}),
			RUNS,
		);
	});

	it('takes parts and amounts of any size, and leaves them in their order', () => {
		const size = fc.constantFrom(0.25, 1, 2 ** 33);
		fc.assert(
			fc.property(amounts, size, (whole, unit) => {
				// parts of one, or past 32 bits
				const values = whole.map((amount) => amount * unit);
				const given = Float64Array.from(values);
				expect(gini(given)).toBeCloseTo(slowGini(values), 10);
				expect([...given]).toEqual(values);
			}),
			RUNS,
		);
		expect(gini(Float64Array.of(3.5, 0.5))).toBe(0.375);
		expect(gini(Float64Array.of(2 ** 32 + 2, 2))).toBeCloseTo(0.5 - 2 / (2 ** 32 + 4), 12);
	});
});

describe('lorenzCurve', () => {
	it('adds up from the poorest by hand', () => {
		const curve = lorenzCurve(Float64Array.of(6, 1, 3), 3);
		expect([...curve.members]).toEqual([0, 1 / 3, 2 / 3, 1]);
		expect([...curve.amounts]).toEqual([0, 0.1, 0.4, 1]);
	});

	it('is straight between members', () => {
		expect([...lorenzCurve(Float64Array.of(1, 3), 4).amounts]).toEqual([0, 0.125, 0.25, 0.625, 1]);
		expect([...lorenzCurve(Float64Array.of(1, 1), 3).amounts].map((x) => Math.round(x * 300))).toEqual([
			0, 100, 200, 300,
		]);
	});

	it('is the diagonal where nobody has anything', () => {
		expect([...lorenzCurve(new Float64Array(3), 2).amounts]).toEqual([0, 0.5, 1]);
		expect([...lorenzCurve(new Float64Array(0), 2).amounts]).toEqual([0, 0.5, 1]);
	});

	it('runs from 0 to 1 below the diagonal, and encloses half the Gini coefficient', () => {
		fc.assert(
			fc.property(amounts, (values) => {
				const n = values.length;
				const { members, amounts } = lorenzCurve(Float64Array.from(values), n);
				expect(amounts[0]).toBe(0);
				expect(amounts[n]).toBe(1);
				let area = 0;
				for (let i = 1; i <= n; i++) {
					expect(amounts[i]).toBeLessThanOrEqual(members[i] + 1e-12);
					area += (amounts[i] + amounts[i - 1]) / (2 * n);
				}
				expect(1 - 2 * area).toBeCloseTo(gini(Float64Array.from(values)), 10);
			}),
			RUNS,
		);
	});
});
