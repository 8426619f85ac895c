import { decimalFraction } from '../share.ts';

/**
 * A limited supply and the conversions that may come to it: `conversions` are certain, each of the
 * `outstanding` tokens converts with `convertRate`, each new assignment with `assignRate` (selected and then
 * converted), all independently. Whole numbers ≥ 0 and rates in [0, 1].
 */
export interface SupplyRisk {
	readonly supply: number;
	readonly conversions: number;
	readonly outstanding: number;
	readonly convertRate: number;
	readonly assignRate: number;
}

/** The most that `largestSafeCount` answers: stands for "no limit". */
export const LARGEST_COUNT = 1_000_000_000;

/** Weights below this part of the greatest are left out; together they are less than 1e-35 of the whole. */
const NEGLIGIBLE = 1e-40;
/** Chances this near to the risk, relative to it, are settled in whole numbers: rounding stays below a tenth of it. */
const DOUBT = 1e-10;
/** Risks below this are taken for 0: what is left out may then matter. */
const LEAST_RISK = 1e-20;
/** The longest numbers, in decimal digits, that a near tie is worth. */
const MOST_DIGITS = 6000;

/** Probabilities of a binomial, up to a common factor: weight[i] for the count first + i. */
interface Weights {
	readonly first: number;
	readonly weight: Float64Array;
	readonly total: number;
}

/**
 * P(conversions + B₁ + B₂ > supply), B₁ ~ Binomial(outstanding, convertRate) and B₂ ~ Binomial(assigned,
 * assignRate): the exact convolution (spec section 6), to a relative error below 1e-11 for supplies up to
 * 1 000 000, and short by at most 1e-35. 0 where going over is impossible, 1 where it is certain.
 * Costs O(√outstanding + √assigned) products.
 */
export function chanceOver(risk: SupplyRisk & { readonly assigned: number }): number {
	const room = risk.supply - risk.conversions;
	if (room < 0) return 1;
	const first = binomialWeights(risk.outstanding, risk.convertRate);
	return chanceAbove(room, first, binomialWeights(risk.assigned, risk.assignRate));
}

/**
 * The largest count of new assignments for which the chance of more conversions than supply is at most
 * `risk` (spec section 6, mode `risk`). 0 when conversions have reached the supply or the outstanding tokens
 * alone are too risky; `LARGEST_COUNT` where no count is too risky.
 *
 * Never looser than the rule. A chance within 1e-10 of the risk, relative to it, is settled exactly, in whole
 * numbers, with rates and risk read as the decimals they print as; where those numbers would pass 6000 digits
 * it counts as over, so that the answer may then be one too low. Bisection over about log₂ √supply chances.
 */
export function largestSafeCount(limits: SupplyRisk & { readonly risk: number }): number {
	const { outstanding, convertRate, assignRate, risk } = limits;
	const room = limits.supply - limits.conversions;
	if (room <= 0) return 0;
	if (risk >= 1) return LARGEST_COUNT;
	const first = binomialWeights(outstanding, convertRate);
	const isSafe = (count: number): boolean => {
		const chance = chanceAbove(room, first, binomialWeights(count, assignRate));
		if (chance < risk * (1 - DOUBT)) return true;
		return chance <= risk * (1 + DOUBT) && isSafeExactly(limits, count);
	};

	// as many as cannot go over even if all convert
	const certain = Math.min(LARGEST_COUNT, Math.max(0, room - (convertRate > 0 ? outstanding : 0)));
	if (assignRate === 0) return chanceAbove(room, first, binomialWeights(0, 0)) <= risk ? LARGEST_COUNT : 0;
	if (risk < LEAST_RISK) return certain;
	if (certain === 0 && !isSafe(0)) return 0;

	// bracket the border, starting where the mean meets the room, with steps of about a standard deviation
	let safe = certain;
	let unsafe = LARGEST_COUNT + 1;
	let step = Math.ceil(Math.sqrt(room) / assignRate);
	let probe = Math.floor((room - outstanding * convertRate) / assignRate);
	while (safe + 1 < unsafe) {
		probe = Math.min(Math.max(probe, safe + 1), unsafe - 1);
		const wasSafe = isSafe(probe);
		if (wasSafe) safe = probe;
		else unsafe = probe;
		const isBracketed = safe > certain && unsafe <= LARGEST_COUNT;
		if (isBracketed) probe = safe + Math.floor((unsafe - safe) / 2);
		else {
			probe = wasSafe ? safe + step : unsafe - step;
			step *= 2;
		}
	}
	return safe;
}

/** Weights of Binomial(n, p) around its mode, both ways until they are negligible. O(√n). */
function binomialWeights(n: number, p: number): Weights {
	if (p <= 0 || n === 0) return { first: 0, weight: Float64Array.of(1), total: 1 };
	if (p >= 1) return { first: n, weight: Float64Array.of(1), total: 1 };
	const mode = Math.min(n, Math.floor((n + 1) * p));
	const odds = p / (1 - p);

	const below: number[] = [];
	let weight = 1;
	for (let k = mode; k > 0; k--) {
		weight *= k / ((n - k + 1) * odds);
		if (weight < NEGLIGIBLE) break;
		below.push(weight);
	}
	const above: number[] = [];
	weight = 1;
	for (let k = mode; k < n; k++) {
		weight *= ((n - k) * odds) / (k + 1);
		if (weight < NEGLIGIBLE) break;
		above.push(weight);
	}

	const all = new Float64Array(below.length + 1 + above.length);
	for (let i = 0; i < below.length; i++) all[below.length - 1 - i] = below[i];
	all[below.length] = 1;
	all.set(above, below.length + 1);
	let total = 0;
	for (const each of all) total += each;
	return { first: mode - below.length, weight: all, total };
}

/** P(B₁ + B₂ > room) for room ≥ 0. The small terms of the upper tail are added first. */
function chanceAbove(room: number, one: Weights, two: Weights): number {
	const last = two.first + two.weight.length - 1;
	let next = last;
	let tail = 0;
	let sum = 0;
	for (let i = 0; i < one.weight.length; i++) {
		// what the second must pass falls as the first grows
		const least = Math.max(two.first, room - (one.first + i) + 1);
		for (; next >= least; next--) tail += two.weight[next - two.first];
		sum += one.weight[i] * tail;
	}
	return Math.min(1, sum / (one.total * two.total));
}

/**
 * `count` equally likely numbers of conversions, ascending: the quantiles of conversions + B₁ + B₂ at the middles of
 * `count` equal parts, exact up to rounding. Costs O(√outstanding · √assigned) products.
 */
export function conversionQuantiles(
	risk: SupplyRisk & { readonly assigned: number },
	count: number,
): Float64Array {
	const one = binomialWeights(risk.outstanding, risk.convertRate);
	const two = binomialWeights(risk.assigned, risk.assignRate);
	const sums = new Float64Array(one.weight.length + two.weight.length - 1);
	for (let i = 0; i < one.weight.length; i++) {
		for (let j = 0; j < two.weight.length; j++) sums[i + j] += one.weight[i] * two.weight[j];
	}
	const total = one.total * two.total;
	const first = risk.conversions + one.first + two.first;
	const quantiles = new Float64Array(count);
	let at = 0;
	let below = sums[0];
	for (let i = 0; i < count; i++) {
		while (at < sums.length - 1 && below < ((i + 0.5) / count) * total) below += sums[++at];
		quantiles[i] = first + at;
	}
	return quantiles;
}

/** Is the chance at most the risk, in whole numbers? False where those would be too long. */
function isSafeExactly(limits: SupplyRisk & { readonly risk: number }, count: number): boolean {
	const convert = decimalFraction(limits.convertRate);
	const assign = decimalFraction(limits.assignRate);
	const risk = decimalFraction(limits.risk);
	const room = limits.supply - limits.conversions;
	const digits = limits.outstanding * convert.den.toString().length + count * assign.den.toString().length;
	if (digits > MOST_DIGITS) return false;

	const one = wholeWeights(limits.outstanding, convert.num, convert.den);
	const two = wholeWeights(count, assign.num, assign.den);
	let over = 0n;
	let all = 0n;
	let tail = 0n;
	let next = count;
	const total = two.reduce((sum, weight) => sum + weight, 0n);
	for (let j = 0; j < one.length; j++) {
		for (; next >= 0 && next > room - j; next--) tail += two[next];
		over += one[j] * tail;
		all += one[j] * total;
	}
	return over * risk.den <= all * risk.num;
}

/** C(n, k) num^k (den − num)^(n − k) for k = 0 … n. */
function wholeWeights(n: number, num: bigint, den: bigint): bigint[] {
	const failures = [1n];
	for (let k = 1; k <= n; k++) failures.push(failures[k - 1] * (den - num));
	const weights: bigint[] = [];
	let choose = 1n;
	let successes = 1n;
	for (let k = 0; k <= n; k++) {
		weights.push(choose * successes * failures[n - k]);
		choose = (choose * BigInt(n - k)) / BigInt(k + 1);
		successes *= num;
	}
	return weights;
}
