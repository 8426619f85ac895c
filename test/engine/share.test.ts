import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalFraction, floorShare, mostOthers, splitByLargestRemainder } from '#engine/share.ts';

const RUNS = { seed: 1, numRuns: 2000 };

/** A share with up to `places` decimals, as text and as number. */
const decimal = (places: number) =>
	fc
		.tuple(fc.integer({ min: 0, max: places }), fc.nat())
		.map(([digits, n]) => ({ num: BigInt(n) % 10n ** BigInt(digits), digits }))
		.map(({ num, digits }) => ({
			num,
			den: 10n ** BigInt(digits),
			value: Number(`0.${num.toString().padStart(digits, '0')}`),
		}));

describe('decimalFraction', () => {
	it('reads a number as the decimal it prints as', () => {
		expect(decimalFraction(0.29)).toEqual({ num: 29n, den: 100n });
		expect(decimalFraction(0)).toEqual({ num: 0n, den: 1n });
		expect(decimalFraction(3)).toEqual({ num: 3n, den: 1n });
		expect(decimalFraction(-1.5)).toEqual({ num: -15n, den: 10n });
		expect(decimalFraction(1e-7)).toEqual({ num: 1n, den: 10_000_000n });
		expect(decimalFraction(1.25e-9)).toEqual({ num: 125n, den: 100_000_000_000n });
		expect(decimalFraction(1e21)).toEqual({ num: 10n ** 21n, den: 1n });
	});
});

describe('floorShare', () => {
	it('counts by the decimal, where binary fractions fall short', () => {
		expect(floorShare(100, 0.29)).toBe(29);
		expect(0.29 * 100).toBeLessThan(29);
		expect(floorShare(10, 0.3)).toBe(3);
		expect(floorShare(3, 0.3333333333333333)).toBe(0);
		expect(floorShare(7, 0)).toBe(0);
		expect(floorShare(0, 0.5)).toBe(0);
		expect(floorShare(7, 1)).toBe(7);
		expect(floorShare(9_007_199_254_740_991, 0.1)).toBe(900_719_925_474_099);
	});

	it('equals division of whole numbers', () => {
		fc.assert(
			fc.property(fc.maxSafeNat(), decimal(9), (count, { num, den, value }) => {
				expect(BigInt(floorShare(count, value))).toBe((BigInt(count) * num) / den);
			}),
			RUNS,
		);
		fc.assert(
			fc.property(fc.nat(200), decimal(2), (count, { num, den, value }) => {
				expect(BigInt(floorShare(count, value))).toBe((BigInt(count) * num) / den);
			}),
			RUNS,
		);
	});
});

describe('mostOthers', () => {
	it('keeps the share by hand', () => {
		expect(mostOthers(7, 0.7)).toBe(3);
		expect(mostOthers(8, 0.7)).toBe(3);
		expect(mostOthers(10, 1)).toBe(0);
		expect(mostOthers(0, 0.5)).toBe(0);
		expect(mostOthers(3, 0.1)).toBe(27);
	});

	it('is the last count that keeps the share and one more breaks it', () => {
		fc.assert(
			fc.property(fc.nat(100_000), decimal(4), (kept, { num, den, value }) => {
				fc.pre(num > 0n);
				const others = BigInt(mostOthers(kept, value));
				const keeps = (count: bigint) => BigInt(kept) * den >= num * (BigInt(kept) + count);
				expect(keeps(others)).toBe(true);
				expect(keeps(others + 1n)).toBe(false);
			}),
			RUNS,
		);
	});
});

/** The same rule, one unit at a time: each goes to the part that is furthest below its exact share. */
function slowSplit(total: number, weights: number[]): number[] {
	const sum = weights.reduce((a, b) => a + BigInt(b), 0n);
	if (sum === 0n) return weights.map(() => 0);
	const parts = weights.map((weight) => Number((BigInt(total) * BigInt(weight)) / sum));
	const lack = (i: number) => BigInt(total) * BigInt(weights[i]) - BigInt(parts[i]) * sum;
	while (parts.reduce((a, b) => a + b, 0) < total) {
		let best = 0;
		for (let i = 1; i < parts.length; i++) if (lack(i) > lack(best)) best = i;
		parts[best]++;
	}
	return parts;
}

describe('splitByLargestRemainder', () => {
	it('splits by hand, equal remainders to the lower index', () => {
		expect([...splitByLargestRemainder(10, [1, 1, 1])]).toEqual([4, 3, 3]);
		expect([...splitByLargestRemainder(2, [1, 1, 1])]).toEqual([1, 1, 0]);
		expect([...splitByLargestRemainder(100, [47, 16, 15.0, 12, 6, 3, 1])]).toEqual([47, 16, 15, 12, 6, 3, 1]);
		expect([...splitByLargestRemainder(5, [0, 3, 0])]).toEqual([0, 5, 0]);
		expect([...splitByLargestRemainder(5, [0, 0])]).toEqual([0, 0]);
		expect([...splitByLargestRemainder(0, [2, 3])]).toEqual([0, 0]);
		expect([...splitByLargestRemainder(5, [])]).toEqual([]);
	});

	it('equals giving the units out one at a time', () => {
		const weight = fc.oneof(fc.nat(3), fc.nat(1000), fc.nat());
		fc.assert(
			fc.property(fc.nat(300), fc.array(weight, { minLength: 1, maxLength: 12 }), (total, weights) => {
				const parts = [...splitByLargestRemainder(total, weights)];
				expect(parts).toEqual(slowSplit(total, weights));
			}),
			RUNS,
		);
	});

	it('adds up and stays within one of the exact share', () => {
		fc.assert(
			fc.property(fc.maxSafeNat(), fc.array(fc.nat(), { minLength: 1, maxLength: 30 }), (total, weights) => {
				fc.pre(weights.some((weight) => weight > 0));
				const parts = splitByLargestRemainder(total, weights);
				let sum = 0n;
				for (const part of parts) sum += BigInt(part);
				expect(sum).toBe(BigInt(total));
				const all = weights.reduce((a, b) => a + BigInt(b), 0n);
				parts.forEach((part, i) => {
					const error = BigInt(part) * all - BigInt(total) * BigInt(weights[i]);
					expect(error < all && -error < all).toBe(true);
				});
			}),
			RUNS,
		);
	});
});
