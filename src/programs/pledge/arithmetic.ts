import { splitByLargestRemainder } from '#engine/share.ts';

/**
 * Single sums of the pledge specification. Amounts are whole micros (a millionth of a dollar) unless the name
 * says cents. Products that may pass 2^53 are taken in BigInt; results never pass it.
 */

/** The levers that charging reads. */
export interface ChargeRules {
	readonly fee: { readonly bp: number; readonly fixedCents: number };
	readonly feesWithinLimit: boolean;
}

/** The levers that the danger zone reads. */
export interface WarnRule {
	readonly mode: 'fraction' | 'absolute';
	readonly bp: number;
	readonly micros: number;
}

/** Micros of a cent. */
export const CENT = 10_000;
const WHOLE_BP = 10_000;

/** Value of a pledge in a crowd of N: b · N (spec section 3). Beyond 2^53 only larger than any amount allowed. */
export function pledgeValue(baseRate: number, crowd: number): number {
	return baseRate * crowd;
}

/** A project's month with a crowd of N: b · N² (spec section 3). */
export function projectIncome(baseRate: number, crowd: number): number {
	return baseRate * crowd * crowd;
}

/** numerator / denominator, rounded half to even; whole numbers ≥ 0, denominator > 0. */
export function halfEven(numerator: number, denominator: number): number {
	return Number(halfEvenBig(BigInt(numerator), BigInt(denominator)));
}

function halfEvenBig(numerator: bigint, denominator: bigint): bigint {
	const quotient = numerator / denominator;
	const twice = 2n * (numerator % denominator);
	if (twice < denominator) return quotient;
	if (twice > denominator) return quotient + 1n;
	return quotient + (quotient % 2n);
}

/** Cents charged so that `cents` arrive: the card fee is paid on top (spec section 7). */
export function grossCents(cents: number, rules: ChargeRules): number {
	const numerator = (cents + rules.fee.fixedCents) * WHOLE_BP;
	const denominator = WHOLE_BP - rules.fee.bp;
	if (numerator > Number.MAX_SAFE_INTEGER) {
		return Number(halfEvenBig((BigInt(cents) + BigInt(rules.fee.fixedCents)) * 10_000n, BigInt(denominator)));
	}
	const quotient = Math.floor(numerator / denominator);
	const twice = 2 * (numerator - quotient * denominator);
	if (twice < denominator) return quotient;
	if (twice > denominator) return quotient + 1;
	return quotient + (quotient % 2);
}

/**
 * Most whole cents of donation in one charge under a limit (spec section 7); with the fee inside the limit the
 * largest whose gross fits, 0 where none does.
 */
export function capCents(limit: number, rules: ChargeRules): number {
	const most = Math.floor(limit / CENT);
	if (!rules.feesWithinLimit) return most;
	// near the answer by solving without rounding, then to it step by step
	const estimate = Math.floor((most * (WHOLE_BP - rules.fee.bp)) / WHOLE_BP) - rules.fee.fixedCents;
	let cents = estimate > 0 ? estimate : 0;
	while (cents > 0 && grossCents(cents, rules) > most) cents--;
	while (grossCents(cents + 1, rules) <= most) cents++;
	return cents;
}

/** Is a projection in the danger zone of a limit, leaving aside whether there is a pledge at all (spec section 8)? */
export function isInZone(projection: number, limit: number, warn: WarnRule): boolean {
	if (warn.mode === 'absolute') return limit - projection < warn.micros;
	return (BigInt(limit) - BigInt(projection)) * 10_000n < BigInt(limit) * BigInt(warn.bp);
}

/**
 * The least sum of crowds from which a patron is in the danger zone, at least 1: her projection is b times the
 * sum of the crowds of her active pledges. Limits are at most 5·10^11, so that all products stay below 2^53.
 */
export function zoneFrom(limit: number, baseRate: number, warn: WarnRule): number {
	const from =
		warn.mode === 'absolute'
			? Math.floor((limit - warn.micros) / baseRate) + 1
			: Math.floor((limit * (WHOLE_BP - warn.bp)) / (WHOLE_BP * baseRate)) + 1;
	return from > 1 ? from : 1;
}

/** Patrons of buffer that a suspended pledge needs to come back into a crowd, the returning one counted (spec section 5). */
export function bufferPatrons(
	crowd: number,
	buffer: { readonly bp: number; readonly patrons: number },
): number {
	const share = Math.ceil((crowd * buffer.bp) / WHOLE_BP);
	return share > buffer.patrons ? share : buffer.patrons;
}

/**
 * Divides a net amount over debts in proportion, by largest remainder in micros; equal remainders go to the
 * earlier debt (spec section 7). Nothing owed gives nothing.
 */
export function proRata(net: number, debts: Float64Array): Float64Array {
	const parts = new Float64Array(debts.length);
	let total = 0;
	let most = 0;
	for (const debt of debts) {
		total += debt;
		if (debt > most) most = debt;
	}
	if (total === 0) return parts;
	// the products of ordinary debts are exact; a quotient of exact numbers never rounds up to the next whole one
	if (net * most > Number.MAX_SAFE_INTEGER) return splitByLargestRemainder(net, debts);

	const remainders = new Float64Array(debts.length);
	let left = net;
	for (let i = 0; i < debts.length; i++) {
		const product = net * debts[i];
		parts[i] = Math.floor(product / total);
		remainders[i] = product - parts[i] * total;
		left -= parts[i];
	}
	for (; left > 0; left--) {
		let best = 0;
		for (let i = 1; i < debts.length; i++) if (remainders[i] > remainders[best]) best = i;
		parts[best]++;
		remainders[best] = -1;
	}
	return parts;
}
