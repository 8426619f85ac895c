import { pointsOf, pointsOfLog } from '#engine/points.ts';
import type { Scores } from './score.ts';

/** Points of every pair, in millionths. O(pairs) the first time. */
export function pointsOfAll(scores: Scores): Int32Array {
	if (scores.all === null) {
		const { start, contract } = scores.pairs;
		const points = new Int32Array(contract.length);
		const every = Uint32Array.from(contract.keys());
		for (let u = 0; u + 1 < start.length; u++) {
			const reward = rewardFactorsOf(scores, scores.userCity[u]);
			writePoints(scores, u, every, contract, reward, start[u], start[u + 1], points);
		}
		scores.all = points;
	}
	return scores.all;
}

/** Points of pair p, which is of user u. */
export function pointsOfPair(scores: Scores, u: number, p: number): number {
	const points = new Int32Array(1);
	const contract = Uint32Array.of(scores.pairs.contract[p]);
	const reward = rewardFactorsOf(scores, scores.userCity[u]);
	writePoints(scores, u, Uint32Array.of(p), contract, reward, 0, 1, points);
	return points[0];
}

/** Reward factors of city y, by contract. */
export function rewardFactorsOf({ factors, contractCount }: Scores, y: number): Float64Array {
	return factors.reward.subarray(y * contractCount, (y + 1) * contractCount);
}

/**
 * Writes `points[i]` of `pair[i]`, ascending, for `from` ≤ i < `end`, all of user u, with reward factor
 * `reward[place[i]]`: the weighted mean of the factors in millionths, rounded half up.
 */
export function writePoints(
	{ all, factors, weights, combine }: Scores,
	u: number,
	pair: Uint32Array,
	place: Uint32Array,
	reward: Float64Array,
	from: number,
	end: number,
	points: Int32Array,
): void {
	if (all !== null) {
		for (let i = from; i < end; i++) points[i] = all[pair[i]];
		return;
	}
	const { affinity, distance, rejections } = factors;
	const sum = weightSum(weights);
	const ofUser = weights.recency * factors.recency[u];
	const isLog = combine === 'geometric';
	let r = rejections.start[u];
	const endRejected = rejections.start[u + 1];
	for (let i = from; i < end; i++) {
		const p = pair[i];
		while (r < endRejected && rejections.pair[r] < p) r++;
		const ofNone = isLog ? 0 : 1;
		const rejection = r < endRejected && rejections.pair[r] === p ? rejections.factor[r] : ofNone;
		const mean =
			(weights.affinity * affinity[p] +
				weights.distance * distance[p] +
				weights.reward * reward[place[i]] +
				weights.rejections * rejection +
				ofUser) /
			sum;
		points[i] = isLog ? pointsOfLog(mean) : pointsOf(mean);
	}
} // prettier-ignore

/** What the weights sum to. */
export function weightSum(weights: Scores['weights']): number {
	return weights.affinity + weights.distance + weights.reward + weights.rejections + weights.recency;
}
