import { log } from '../math.ts';
import { ascendingOrder } from './ascending-order.ts';
import { wilsonInterval } from './interval.ts';

/** Forecast chances against what happened, a column entry per group. */
export interface Calibration {
	readonly count: Float64Array;
	/** how many happened */
	readonly hits: Float64Array;
	/** mean of the chances, NaN in an empty group */
	readonly meanChance: Float64Array;
	/** share that happened, NaN in an empty group, with its Wilson interval, [0, 1] in an empty group */
	readonly rate: Float64Array;
	readonly low: Float64Array;
	readonly high: Float64Array;
}

/** Chances at least this far from 0 and 1 count in the log loss, so that one sure miss is not infinite. */
const SURE = 1e-15;

/**
 * Calibration by group: `group[i]` from 0 to `groupCount` − 1, or −1 for an observation in none. `isHit` is 1
 * where it happened. `level` is that of the intervals. O(n).
 */
export function calibrateByGroup(
	chance: Float64Array,
	isHit: Uint8Array,
	group: Int32Array,
	groupCount: number,
	level: number,
): Calibration {
	const count = new Float64Array(groupCount);
	const hits = new Float64Array(groupCount);
	const meanChance = new Float64Array(groupCount);
	for (let i = 0; i < chance.length; i++) {
		const g = group[i];
		if (g < 0) continue;
		count[g]++;
		hits[g] += isHit[i];
		meanChance[g] += chance[i];
	}

	const rate = new Float64Array(groupCount);
	const low = new Float64Array(groupCount);
	const high = new Float64Array(groupCount);
	for (let g = 0; g < groupCount; g++) {
		meanChance[g] /= count[g];
		rate[g] = hits[g] / count[g];
		const interval = wilsonInterval(hits[g], count[g], level);
		low[g] = interval.low;
		high[g] = interval.high;
	}
	return { count, hits, meanChance, rate, low, high };
}

/**
 * Tenths of the observations by chance, lowest first, as groups of `calibrateByGroup`. Equal chances stay
 * together, in the tenth of the last of them, so that tenths may be uneven or empty. O(n).
 */
export function decileGroups(chance: Float64Array): Int32Array {
	const order = ascendingOrder(chance);
	const group = new Int32Array(chance.length);
	for (let i = 0; i < order.length;) {
		const end = endOfTie(chance, order, i);
		const decile = Math.floor((10 * (end - 1)) / order.length);
		for (; i < end; i++) group[order[i]] = decile;
	}
	return group;
}

/** Mean of (chance − outcome)² (Brier 1950); NaN without observations. */
export function brierScore(chance: Float64Array, isHit: Uint8Array): number {
	let sum = 0;
	for (let i = 0; i < chance.length; i++) sum += (chance[i] - isHit[i]) * (chance[i] - isHit[i]);
	return sum / chance.length;
}

/** Mean of −ln of the chance given to what happened, chances kept 1e-15 from 0 and 1; NaN without observations. */
export function logLoss(chance: Float64Array, isHit: Uint8Array): number {
	let sum = 0;
	for (let i = 0; i < chance.length; i++) {
		const given = isHit[i] === 1 ? chance[i] : 1 - chance[i];
		sum -= log(given < SURE ? SURE : given);
	}
	return sum / chance.length;
}

/**
 * Area under the ROC curve: the chance that of two observations, one that happened and one that did not, the
 * former has the greater score; ties count half (Mann and Whitney, by middle ranks). NaN where all or none
 * happened. O(n).
 */
export function areaUnderCurve(score: Float64Array, isHit: Uint8Array): number {
	const order = ascendingOrder(score);
	let hits = 0;
	let wins = 0;
	for (let i = 0; i < order.length;) {
		const end = endOfTie(score, order, i);
		let tieHits = 0;
		for (let k = i; k < end; k++) tieHits += isHit[order[k]];
		const missesBelow = i - hits;
		const tieMisses = end - i - tieHits;
		// in halves, so that the count stays whole
		wins += tieHits * (2 * missesBelow + tieMisses);
		hits += tieHits;
		i = end;
	}
	return wins / (2 * hits * (order.length - hits));
}

/**
 * Standard error of an area under the curve, from `hits` observations that happened and `misses` that did not
 * (Hanley and McNeil, Radiology 143, 1982): exponential scores are assumed, which is on the safe side. NaN where
 * either is 0.
 */
export function errorOfArea(area: number, hits: number, misses: number): number {
	if (hits === 0 || misses === 0) return NaN;
	const q1 = area / (2 - area);
	const q2 = (2 * area * area) / (1 + area);
	const square = area * area;
	return Math.sqrt(
		(area * (1 - area) + (hits - 1) * (q1 - square) + (misses - 1) * (q2 - square)) / (hits * misses),
	);
}

/** The place after the last that has the same chance as place `from`. */
function endOfTie(chance: Float64Array, order: Uint32Array, from: number): number {
	let end = from + 1;
	while (end < order.length && chance[order[end]] === chance[order[from]]) end++;
	return end;
}
