import { decimalFraction, type Fraction } from '#engine/share.ts';

/** Money of referral editions: bigints in the smallest unit, micro-USDC or wei (spec section 2). */

/** Seconds of a year, 365.2425 days: every "per year" figure uses it (spec section 2). */
export const YEAR_SECONDS = 31_556_952;

const YEAR = BigInt(YEAR_SECONDS);

/** What a year of incremental duration is worth, in a form that makes most credits without long division. */
export interface YearValue {
	readonly micros: bigint;
	/** the same as a number while `micros · YEAR` stays exact, else -1 */
	readonly small: number;
}

/** Prepares a per-year value in micro-USDC. */
export function yearValue(micros: bigint): YearValue {
	return { micros, small: micros * YEAR <= 9007199254740991n ? Number(micros) : -1 };
}

/**
 * Q(d) = floor(value · d / YEAR) in micro-USDC, for whole seconds `duration` ≥ 0 (spec section 6.1). Values of
 * up to $285 a year take the way over exact doubles, all others the one over bigints; both give the same.
 */
export function qualifiedRevenue(duration: number, value: YearValue): bigint {
	if (value.small >= 0) {
		const years = Math.floor(duration / YEAR_SECONDS);
		// whole years and the rest of a year apart, so that no product leaves the exact range
		const rest = value.small * (duration - years * YEAR_SECONDS);
		const whole = value.small * years;
		if (whole <= 4503599627370496) {
			let part = Math.floor(rest / YEAR_SECONDS);
			const remainder = rest - part * YEAR_SECONDS;
			if (remainder < 0) part--;
			else if (remainder >= YEAR_SECONDS) part++;
			return BigInt(whole + part);
		}
	}
	return (value.micros * BigInt(duration)) / YEAR;
}

/** A share as the fraction of the decimal it prints as, in lowest terms: 0.3 is 3/10 (spec section 2). */
export function shareFraction(share: number): Fraction {
	const { num, den } = decimalFraction(share);
	const divisor = greatestDivisor(num, den);
	return { num: num / divisor, den: den / divisor };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
	let [x, y] = [a, b];
	while (y !== 0n) [x, y] = [y, x % y];
	return x;
}

/** floor(amount · num / den). */
export function partOf(amount: bigint, share: Fraction): bigint {
	return (amount * share.num) / share.den;
}

/** The smaller of two amounts. */
export function least(a: bigint, b: bigint): bigint {
	return a < b ? a : b;
}

/**
 * a / b as a double, for amounts of any size, at most the largest double; null where `b` is 0. For display, never on
 * the way to money.
 */
export function quotient(a: bigint, b: bigint): number | null {
	if (b === 0n) return null;
	const [x, y] = [Number(a), Number(b)];
	if (x <= Number.MAX_VALUE && y <= Number.MAX_VALUE) return Math.min(x / y, Number.MAX_VALUE);
	// neither fits a double: both lose as many bits as leave the greater a thousand
	const excess = BigInt((a > b ? a : b).toString(16).length * 4 - 1000);
	const [high, low] = [Number(a >> excess), Number(b >> excess)];
	return low === 0 ? Number.MAX_VALUE : Math.min(high / low, Number.MAX_VALUE);
}

/** An amount in whole units with all its decimals: 1499999 of 6 decimals is `1.499999`. */
export function decimalText(amount: bigint, decimals: number): string {
	const digits = String(amount).padStart(decimals + 1, '0');
	return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Dollars for people, cents rounded down: `$1,499.99`; smaller amounts with all six decimals. */
export function dollars(micros: bigint): string {
	const [whole, decimals] = decimalText(micros, 6).split('.');
	const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
	return micros > 0n && micros < 10_000n ? `$${grouped}.${decimals}` : `$${grouped}.${decimals.slice(0, 2)}`;
}

/** Micro-USDC as `1 499 999`, to the last unit. */
export function microsText(micros: bigint): string {
	return String(micros).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}
