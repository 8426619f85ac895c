/**
 * Exact counting by decimal shares. A share such as 0.3 means the decimal it prints as, 3/10, not the binary
 * number that stands for it: `0.29 * 100` is below 29.
 */

/** An exact fraction num / den with den a power of ten. */
export interface Fraction {
	readonly num: bigint;
	readonly den: bigint;
}

/** The fraction of the shortest decimal that reads back as `value`. `value` must be finite. */
export function decimalFraction(value: number): Fraction {
	const text = String(value);
	const [mantissa, exponentText] = text.split('e');
	const [whole, decimals = ''] = mantissa.split('.');
	const digits = BigInt(whole + decimals);
	const exponent = Number(exponentText ?? 0) - decimals.length;
	return exponent >= 0
		? { num: digits * powerOfTen(exponent), den: 1n }
		: { num: digits, den: powerOfTen(-exponent) };
}

function powerOfTen(exponent: number): bigint {
	return BigInt(`1${'0'.repeat(exponent)}`);
}

/** floor(share · count), exactly. `share` ≥ 0 is a decimal, `count` a whole number ≥ 0. */
export function floorShare(count: number, share: number): number {
	const { num, den } = decimalFraction(share);
	return Number((BigInt(count) * num) / den);
}

/**
 * The largest whole U with kept ≥ ratio · (kept + U): how many others may stand beside `kept` when those are
 * to be at least the share `ratio`, 0 < ratio ≤ 1, of all.
 */
export function mostOthers(kept: number, ratio: number): number {
	const { num, den } = decimalFraction(ratio);
	return Number((BigInt(kept) * (den - num)) / num);
}

/**
 * Splits `total` over weights in proportion, by largest remainder; equal remainders go to the lower index.
 * All weights 0: all parts 0. The parts sum to `total` otherwise. Whole numbers ≥ 0 throughout.
 */
export function splitByLargestRemainder(total: number, weights: ArrayLike<number>): Float64Array {
	const parts = new Float64Array(weights.length);
	let weightSum = 0n;
	for (let i = 0; i < weights.length; i++) weightSum += BigInt(weights[i]);
	if (weightSum === 0n) return parts;

	// whole parts first; what is left goes to the largest remainders
	const remainders: { index: number; remainder: bigint }[] = [];
	let left = total;
	for (let i = 0; i < weights.length; i++) {
		const product = BigInt(total) * BigInt(weights[i]);
		parts[i] = Number(product / weightSum);
		left -= parts[i];
		remainders.push({ index: i, remainder: product % weightSum });
	}
	remainders.sort((a, b) =>
		a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
	);
	for (let i = 0; i < left; i++) parts[remainders[i].index]++;
	return parts;
}
