import { pointsOf, pointsOfLog } from '#engine/points.ts';
import type { OpenPairs } from './open-pairs.ts';
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

/** Points of a city's open pairs. */
export function pointsOfOpen(scores: Scores, open: OpenPairs): Int32Array {
	const { firstUser, start, pair, place } = open;
	const points = new Int32Array(pair.length);
	const ofCity = rewardFactorsOf(scores, open.y);
	const reward = Float64Array.from(open.contract, (c) => ofCity[c]);
	const { affinity, distance, rejections, recency } = scores.factors;
	const { affinity: ofAffinity, distance: ofDistance, reward: ofReward, recency: ofRecency } = scores.weights;
	const sum = weightSum(scores);
	const isReckoned = scores.all === null && scores.combine === 'geometric';
	for (let i = 0; i + 1 < start.length; i++) {
		const u = firstUser + i;
		const end = start[i + 1];
		if (!isReckoned || rejections.isAny[u] === 1) {
			writePoints(scores, u, pair, place, reward, start[i], end, points);
			continue;
		}
		// the usual case by itself, as `writePoints` has it: to ask at each pair costs a third more
		const ofUser = ofRecency * recency[u];
		for (let k = start[i]; k < end; k++) {
			const p = pair[k];
			const total =
				ofAffinity * affinity[p] + ofDistance * distance[p] + ofReward * reward[place[k]] + ofUser;
			points[k] = pointsOfLog(total / sum);
		}
	}
	return points;
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
function rewardFactorsOf({ factors, contractCount }: Scores, y: number): Float64Array {
	return factors.reward.subarray(y * contractCount, (y + 1) * contractCount);
}

/**
 * Writes `points[i]` of `pair[i]` for `from` ≤ i < `end`, all of user u, with reward factor `reward[place[i]]`: the
 * weighted mean of the factors in millionths, rounded half up.
 */
function writePoints(
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
	const sum = weightSum({ weights });
	const ofUser = weights.recency * factors.recency[u];
	const isLog = combine === 'geometric';
	const isAnyRejected = rejections.isAny[u] === 1;
	const ofNoRejection = isLog ? 0 : 1;
	for (let i = from; i < end; i++) {
		const p = pair[i];
		const mean =
			(weights.affinity * affinity[p] +
				weights.distance * distance[p] +
				weights.reward * reward[place[i]] +
				weights.rejections * (isAnyRejected ? rejections.factor[p] : ofNoRejection) +
				ofUser) /
			sum;
		points[i] = isLog ? pointsOfLog(mean) : pointsOf(mean);
	}
} // prettier-ignore

function weightSum({ weights }: Pick<Scores, 'weights'>): number {
	return weights.affinity + weights.distance + weights.reward + weights.rejections + weights.recency;
}
