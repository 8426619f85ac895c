import type { Fraction } from '#engine/share.ts';
import type { Counted } from './events.ts';

/**
 * Weight of rank `i` + 1 of `places`, both from the boost and times a constant: (N − 1)·den + num·(N − 1 − i)
 * for a boost strength num/den, which at strength 1 is 2(N − 1) − i (spec sections 5.8 and 12).
 */
export function rankWeight(i: number, places: number, strength: Fraction): bigint {
	if (i >= places) return 0n;
	if (places === 1) return strength.den + strength.num;
	const last = BigInt(places - 1);
	return last * strength.den + strength.num * (last - BigInt(i));
}

/**
 * Stage 4 of pie-split. Each qualified referrer's part of the pool by duration times weight, rounded down;
 * everything 0 where no qualified referrer has any time. The rest stays unpaid. Micro-USDC per referrer.
 */
export function splitPool(
	{ duration }: Counted,
	order: Int32Array,
	isQualified: Uint8Array,
	pool: bigint,
	places: number,
	strength: Fraction,
): bigint[] {
	const award = new Array<bigint>(duration.length).fill(0n);
	const part = new Array<bigint>(order.length).fill(0n);
	let sum = 0n;
	for (let i = 0; i < order.length && isQualified[order[i]] === 1; i++) {
		part[i] = BigInt(duration[order[i]]) * rankWeight(i, places, strength);
		sum += part[i];
	}
	if (sum === 0n) return award;
	for (let i = 0; i < order.length; i++) {
		if (part[i] !== 0n) award[order[i]] = (pool * part[i]) / sum;
	}
	return award;
}
