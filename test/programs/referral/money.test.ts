import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	YEAR_SECONDS,
	decimalText,
	dollars,
	qualifiedRevenue,
	shareFraction,
	yearValue,
} from '#programs/referral/money.ts';

describe('qualifiedRevenue', () => {
	it('is the floor of the exact quotient, by either way', () => {
		const perYear = fc.oneof(
			fc.bigInt({ min: 0n, max: 400_000_000n }),
			fc.bigInt({ min: 0n, max: 10n ** 30n }),
		);
		const duration = fc.oneof(
			fc.maxSafeNat(),
			fc.nat({ max: 400 * YEAR_SECONDS }),
			fc.nat({ max: 285_000_000 }).map((years) => Math.min(Number.MAX_SAFE_INTEGER, years * YEAR_SECONDS)),
		);
		fc.assert(
			fc.property(perYear, duration, fc.integer({ min: -1, max: 1 }), (micros, near, shift) => {
				const seconds = Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, near + shift));
				expect(qualifiedRevenue(seconds, yearValue(micros))).toBe(
					(micros * BigInt(seconds)) / BigInt(YEAR_SECONDS),
				);
			}),
			{ seed: 1, numRuns: 20_000 },
		);
	});
});

describe('shareFraction', () => {
	it('takes the decimal that a share prints as, in lowest terms', () => {
		expect([0.3, 0.5, 0.29, 1, 0, 1e-7].map(shareFraction)).toEqual(
			[[3n, 10n], [1n, 2n], [29n, 100n], [1n, 1n], [0n, 1n], [1n, 10_000_000n]].map(([num, den]) => ({ num, den })), // prettier-ignore
		);
	});

	it('loses no micro-USDC on $5.00 for any whole percent', () => {
		for (let percent = 0; percent <= 100; percent++) {
			const { num, den } = shareFraction(percent / 100);
			expect((5_000_000n * num) / den).toBe(BigInt(percent) * 50_000n);
		}
	});
});

describe('text of amounts', () => {
	it('has all decimals for files and cents for people', () => {
		expect(decimalText(1_499_999n, 6)).toBe('1.499999');
		expect(decimalText(7n, 18)).toBe('0.000000000000000007');
		expect([0n, 1n, 9_999n, 10_000n, 1_234_567_899_999n].map(dollars)).toEqual(['$0.00', '$0.000001', '$0.009999', '$0.01', '$1,234,567.89']); // prettier-ignore
	});
});
