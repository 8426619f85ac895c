import { log, powInteger } from '#engine/math.ts';
import type { Affinities } from '../affinities.ts';
import type { AsOf } from '../as-of.ts';
import type { DropDataset } from '../dataset.ts';
import type { Baselines } from '../distances.ts';
import type { DropConfig } from '../levers.ts';
import type { Pairs } from './eligibility.ts';
import type { RejectionFactors } from './rejection-factors.ts';

/**
 * The five factors of every pair, each in [floor, 1] (spec section 4): as they are for the arithmetic
 * combination, as natural logarithms for the geometric one, so that scoring only adds and multiplies. What
 * depends on one index only stands in a column of that index.
 */
export interface Factors {
	/** by pair */
	readonly affinity: Float64Array;
	readonly distance: Float64Array;
	/** of the pairs whose brand was rejected */
	readonly rejections: RejectionFactors;
	/** by user */
	readonly recency: Float64Array;
	/** by city and contract: (y, c) at `y · contracts + c` */
	readonly reward: Float64Array;
}

/** A factor in its range; not a number (an affinity that nobody has) counts as the floor. */
export function clampFactor(value: number, floor: number): number {
	return value > floor ? (value < 1 ? value : 1) : floor;
}

/** Distance factor before clamping: d km at a baseline of m km. */
export function distanceFactor(d: number, m: number): number {
	if (m > 0) return 1 / (1 + d / m);
	return d === 0 ? 1 : 0;
}

/** Affinity factor by pair: clamped, and its logarithm where `isLog`. */
export function affinityFactors(
	dataset: DropDataset,
	pairs: Pairs,
	affinities: Affinities,
	floor: number,
	isLog: boolean,
): Float64Array {
	const brandCount = dataset.brandIds.length;
	const brand = dataset.contracts.brand;
	const factor = new Float64Array(pairs.contract.length);
	for (let u = 0; u + 1 < pairs.start.length; u++) {
		for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
			const f = clampFactor(affinities.value[u * brandCount + brand[pairs.contract[p]]], floor);
			factor[p] = isLog ? log(f) : f;
		}
	}
	return factor;
}

/** Distance factor by pair: clamped, and its logarithm where `isLog`. */
export function distanceFactors(
	dataset: DropDataset,
	pairs: Pairs,
	distance: Float64Array,
	baselines: Baselines,
	config: DropConfig['scoring'],
): Float64Array {
	const isLog = config.combine === 'geometric';
	const brandCount = dataset.brandIds.length;
	const brand = dataset.contracts.brand;
	const factor = new Float64Array(pairs.contract.length);
	for (let u = 0; u + 1 < pairs.start.length; u++) {
		const baseline =
			config.distanceBaseline === 'city' ? baselines.cityKm[dataset.users.city[u]] : baselines.userKm[u];
		for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
			const d = distance[u * brandCount + brand[pairs.contract[p]]];
			const f = clampFactor(distanceFactor(d, baseline), config.floor);
			factor[p] = isLog ? log(f) : f;
		}
	}
	return factor;
}

/** Recency factor by user: decay for each whole week since her last app open. */
export function recencyFactors(asOf: AsOf, config: DropConfig['scoring']): Float64Array {
	const isLog = config.combine === 'geometric';
	return asOf.weeksAway.map((weeks) => {
		const f = clampFactor(powInteger(1 - config.recencyDecay, weeks), config.floor);
		return isLog ? log(f) : f;
	});
}
