import { normalQuantile } from './t-quantile.ts';

/**
 * What another policy would have earned, from a log of one that chose at random with known chances. Columns by
 * log row, of equal length.
 */
export interface PolicyLog {
	readonly reward: Float64Array;
	/** chance that the logging policy gave to what it chose, in (0, 1] */
	readonly propensity: Float64Array;
	/** chance that the policy in question gives to what was chosen, in [0, 1] */
	readonly targetPropensity: Float64Array;
	/** reward that a model expects of what was chosen, and of the policy in question there; null without a model */
	readonly model: { readonly logged: Float64Array; readonly target: Float64Array } | null;
}

/** A value with its standard error and a normal interval. */
export interface Estimate {
	readonly value: number;
	readonly standardError: number;
	readonly low: number;
	readonly high: number;
}

/** A reason to doubt an estimate, in words. */
export interface Doubt {
	readonly code:
		'no-rows' | 'few-effective' | 'thin-overlap' | 'low-overlap' | 'mean-weight' | 'disagreement';
	readonly message: string;
}

export interface OffPolicyResult {
	readonly count: number;
	/** what the log earned, a row */
	readonly logged: Estimate;
	/** inverse propensity scoring, self-normalised, and doubly robust (null without a model) */
	readonly ips: Estimate;
	readonly snips: Estimate;
	readonly doublyRobust: Estimate | null;
	readonly effectiveSize: number;
	readonly largestWeight: number;
	readonly meanWeight: number;
	/** rows by weight: 0, then up to each of `WEIGHT_EDGES`, then above the last */
	readonly weightCounts: Float64Array;
	/** `refuse`: the estimates must not be shown, the doubts stand in their place */
	readonly verdict: 'fine' | 'warn' | 'refuse';
	readonly doubts: readonly Doubt[];
}

/** Upper edges of the bins of `weightCounts`, each edge in the bin below it. */
export const WEIGHT_EDGES: readonly number[] = [0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/** Below this effective size, or this share of the rows, nothing can be said; below the third one it is thin. */
const LEAST_EFFECTIVE = 100;
const LEAST_EFFECTIVE_SHARE = 0.01;
const FAIR_EFFECTIVE_SHARE = 0.1;
const MEAN_WEIGHT_SLACK = 0.05;

/**
 * Estimates the mean reward a row under the target policy (spec section 11). With weights wᵢ = target
 * propensity / propensity, n rows and model means m:
 *
 * - IPS `Σ wᵢ rᵢ / n` (Horvitz and Thompson 1952), unbiased; its error is that of a mean;
 * - SNIPS `Σ wᵢ rᵢ / Σ wᵢ` (Hájek), biased by O(1/n), steadier; its error by linearisation;
 * - DR `Σ (m(target)ᵢ + wᵢ (rᵢ − m(logged)ᵢ)) / n` (Dudík, Langford and Li 2011), unbiased whatever the model.
 *
 * Errors divide by n − 1. The effective sample size is `(Σ wᵢ)² / Σ wᵢ²` (Kish). A log beside its own policy
 * gives exactly the logged mean three times and an effective size of exactly n. Refuses below an effective size
 * of 100 or 1 % of the rows; warns below 10 %, when the mean weight is off 1 by more than 0.05, and when IPS and
 * SNIPS differ by more than the larger of their errors. Sums run in row order; rows are taken as independent.
 * `level` is that of the intervals. O(n).
 */
export function estimateOffPolicy(log: PolicyLog, level: number): OffPolicyResult {
	const { reward, propensity, targetPropensity, model } = log;
	const count = reward.length;
	for (const column of [propensity, targetPropensity, model?.logged, model?.target]) {
		if (column && column.length !== count)
			throw new RangeError(`mismatched lengths: ${column.length}, not ${count}`);
	}

	const weight = new Float64Array(count);
	const weightCounts = new Float64Array(WEIGHT_EDGES.length + 1);
	let weightSum = 0;
	let largestWeight = 0;
	for (let i = 0; i < count; i++) {
		const w = targetPropensity[i] / propensity[i];
		weight[i] = w;
		weightSum += w;
		if (w > largestWeight) largestWeight = w;
		let bin = 0;
		while (bin < WEIGHT_EDGES.length && w > WEIGHT_EDGES[bin]) bin++;
		weightCounts[bin]++;
	}
	const effectiveSize = findEffectiveSize(weight, largestWeight);
	const meanWeight = weightSum / count;

	const z = normalQuantile((1 + level) / 2);
	const logged = estimateMean(reward, z);
	const weighted = new Float64Array(count);
	for (let i = 0; i < count; i++) weighted[i] = weight[i] * reward[i];
	const ips = estimateMean(weighted, z);
	const snips = estimateRatio(weighted, weight, weightSum, z);
	const doublyRobust = model && estimateDoublyRobust(log, model, weight, z);

	const sizes = { count, effectiveSize, meanWeight };
	const refusals = findRefusals(sizes);
	const doubts = refusals.length > 0 ? refusals : findWarnings(sizes, ips, snips);
	const verdict = refusals.length > 0 ? 'refuse' : doubts.length > 0 ? 'warn' : 'fine';
	return { count, logged, ips, snips, doublyRobust, effectiveSize, largestWeight, meanWeight, weightCounts, verdict, doubts }; // prettier-ignore
}

/** (Σ wᵢ)² / Σ wᵢ², of weights relative to the largest, so that equal ones count exactly. 0 without weight. */
function findEffectiveSize(weight: Float64Array, largest: number): number {
	if (!(largest > 0)) return 0;
	let sum = 0;
	let squares = 0;
	for (let i = 0; i < weight.length; i++) {
		const w = weight[i] / largest;
		sum += w;
		squares += w * w;
	}
	return (sum * sum) / squares;
}

function withInterval(value: number, standardError: number, z: number): Estimate {
	return { value, standardError, low: value - z * standardError, high: value + z * standardError };
}

function sumOf(values: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i];
	return sum;
}

function errorOfMean(values: Float64Array): number {
	const mean = sumOf(values) / values.length;
	let squares = 0;
	for (let i = 0; i < values.length; i++) squares += (values[i] - mean) * (values[i] - mean);
	return Math.sqrt(squares / (values.length - 1) / values.length);
}

function estimateMean(values: Float64Array, z: number): Estimate {
	return withInterval(sumOf(values) / values.length, errorOfMean(values), z);
}

/** Σ weighted / Σ weight, its error that of the mean of w (r − value), over the mean weight. */
function estimateRatio(weighted: Float64Array, weight: Float64Array, weightSum: number, z: number): Estimate {
	const count = weight.length;
	const value = sumOf(weighted) / weightSum;
	let squares = 0;
	for (let i = 0; i < count; i++) {
		const residual = weighted[i] - weight[i] * value;
		squares += residual * residual;
	}
	return withInterval(value, (Math.sqrt(squares / (count - 1) / count) * count) / weightSum, z);
}

function estimateDoublyRobust(
	log: PolicyLog,
	model: { readonly logged: Float64Array; readonly target: Float64Array },
	weight: Float64Array,
	z: number,
): Estimate {
	const count = weight.length;
	const terms = new Float64Array(count);
	let rewards = 0;
	let expected = 0;
	let corrections = 0;
	for (let i = 0; i < count; i++) {
		terms[i] = model.target[i] + weight[i] * (log.reward[i] - model.logged[i]);
		// three sums, so that a model cancels exactly where both policies are one
		rewards += weight[i] * log.reward[i];
		expected += model.target[i];
		corrections += weight[i] * model.logged[i];
	}
	return withInterval((rewards + (expected - corrections)) / count, errorOfMean(terms), z);
}

interface Sizes {
	readonly count: number;
	readonly effectiveSize: number;
	readonly meanWeight: number;
}

function findRefusals({ count, effectiveSize }: Sizes): Doubt[] {
	if (count === 0) return [{ code: 'no-rows', message: 'the log has no row with a propensity' }];
	const doubts: Doubt[] = [];
	// written so that a size that is not a number is too small
	if (!(effectiveSize >= LEAST_EFFECTIVE)) {
		doubts.push({
			code: 'few-effective',
			message: `too little overlap to say anything: ${count} rows count as ${effectiveSize.toFixed(1)}; ${LEAST_EFFECTIVE} are needed`,
		});
	}
	if (!(effectiveSize >= LEAST_EFFECTIVE_SHARE * count)) {
		doubts.push({
			code: 'thin-overlap',
			message: `too little overlap to say anything: ${count} rows count as ${effectiveSize.toFixed(1)}, less than 1% of them`,
		});
	}
	return doubts;
}

function findWarnings({ count, effectiveSize, meanWeight }: Sizes, ips: Estimate, snips: Estimate): Doubt[] {
	const doubts: Doubt[] = [];
	if (effectiveSize < FAIR_EFFECTIVE_SHARE * count) {
		doubts.push({
			code: 'low-overlap',
			message: `overlap is thin: ${count} rows count as ${effectiveSize.toFixed(1)}, less than 10% of them`,
		});
	}
	if (!(meanWeight >= 1 - MEAN_WEIGHT_SLACK && meanWeight <= 1 + MEAN_WEIGHT_SLACK)) {
		doubts.push({
			code: 'mean-weight',
			message: `the mean weight is ${meanWeight.toFixed(3)}, off 1 by more than 0.05: the logged propensities may be wrong, or the policy gives what the log never tried`,
		});
	}
	if (!(Math.abs(ips.value - snips.value) <= Math.max(ips.standardError, snips.standardError))) {
		doubts.push({
			code: 'disagreement',
			message: 'IPS and SNIPS differ by more than their standard errors',
		});
	}
	return doubts;
}
