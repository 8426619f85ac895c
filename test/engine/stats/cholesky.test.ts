import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choleskyFactor, choleskySolve } from '#engine/stats/cholesky.ts';

const factorOf = (matrix: number[], size: number) => choleskyFactor(Float64Array.from(matrix), size);

describe('choleskyFactor', () => {
	it('factors by hand', () => {
		expect([...(factorOf([4, 2, 2, 10], 2) ?? [])]).toEqual([2, 0, 1, 3]);
		// the example of the literature: L has 2; 6 1; −8 5 3
		const classic = factorOf([4, 12, -16, 12, 37, -43, -16, -43, 98], 3);
		expect([...(classic ?? [])]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
	});

	it('refuses what is not positive definite, or nearly not', () => {
		expect(factorOf([1, 2, 2, 1], 2)).toBeNull();
		expect(factorOf([0], 1)).toBeNull();
		expect(factorOf([NaN], 1)).toBeNull();
		expect(factorOf([1, 2, 2, 4], 2)).toBeNull();
		expect(factorOf([1, 2, 2, 4 + 1e-13], 2)).toBeNull();
	});
});

describe('choleskySolve', () => {
	it('is undone by the matrix', () => {
		const entries = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 16, maxLength: 16 });
		fc.assert(
			fc.property(
				entries,
				fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 4, maxLength: 4 }),
				(a, right) => {
					// A Aᵀ + I is positive definite
					const matrix = new Float64Array(16);
					for (let i = 0; i < 4; i++) {
						for (let j = 0; j < 4; j++) {
							for (let k = 0; k < 4; k++) matrix[4 * i + j] += a[4 * i + k] * a[4 * j + k];
							if (i === j) matrix[4 * i + j] += 1;
						}
					}
					const factor = choleskyFactor(matrix, 4);
					expect(factor).not.toBeNull();
					if (!factor) return;
					const x = choleskySolve(factor, Float64Array.from(right));
					for (let i = 0; i < 4; i++) {
						let product = 0;
						for (let j = 0; j < 4; j++) product += matrix[4 * i + j] * x[j];
						expect(product).toBeCloseTo(right[i], 8);
					}
				},
			),
			{ seed: 1, numRuns: 500 },
		);
	});

	it('calls columns dependent by what is left beside the diagonal, however large that is', () => {
		const scaled = (size: number, rest: number) => Float64Array.of(size, size, size, size * (1 + rest));
		for (const size of [1e-6, 1, 1e6]) {
			expect(choleskyFactor(scaled(size, 1e-14), 2)).toBeNull();
			expect(choleskyFactor(scaled(size, 1e-10), 2)).not.toBeNull();
		}
		expect(choleskyFactor(new Float64Array(4), 2)).toBeNull();
	});
});
