import { pointsOfLogMean } from '#engine/points.ts';
import type { OpenPairs } from './open-pairs.ts';
import { rewardFactorsOf, weightSum, writePoints } from './points-of-pairs.ts';
import type { Scores } from './score.ts';

/** Points of a city's open pairs. */
export function pointsOfOpen(scores: Scores, open: OpenPairs): Int32Array {
	const { firstUser, start, pair, place } = open;
	const ofCity = rewardFactorsOf(scores, open.y);
	const reward = Float64Array.from(open.contract, (c) => ofCity[c]);
	const isUsual = scores.all === null && scores.combine === 'geometric';
	const points = isUsual ? usualPoints(scores, open) : new Int32Array(pair.length);
	const { rejections } = scores.factors;
	for (let i = 0; i + 1 < start.length; i++) {
		const u = firstUser + i;
		if (!isUsual) writePoints(scores, u, pair, place, reward, start[i], start[i + 1], points);
		for (let r = rejections.start[u]; isUsual && r < rejections.start[u + 1]; r++) {
			const k = placeOf(pair, start[i], start[i + 1], rejections.pair[r]);
			if (pair[k] === rejections.pair[r]) writePoints(scores, u, pair, place, reward, k, k + 1, points);
		}
	}
	return points;
}

/** The first place from `from` on, below `end`, that holds `value` or more, by bisection; `end` for none. */
function placeOf(values: Uint32Array, from: number, end: number, value: number): number {
	let [low, high] = [from, end];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (values[middle] < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/**
 * Points of open pairs from logarithms, as if nobody had rejected anything. `writePoints` says the same of any pair; this
 * is a loop that asks nothing on the way, over arrays made here, which takes half the time.
 */
function usualPoints(scores: Scores, { y, firstUser, start, pair, place, contract }: OpenPairs): Int32Array {
	const points = new Int32Array(pair.length);
	const ofCity = rewardFactorsOf(scores, y);
	const reward = Float64Array.from(contract, (c) => ofCity[c]);
	const { affinity, distance, recency } = scores.factors;
	// as doubles: whole numbers among them would be converted at every pair
	const { weights } = scores;
	const w = Float64Array.of(weights.affinity, weights.distance, weights.reward, weights.recency, weightSum(weights)); // prettier-ignore
	const [ofAffinity, ofDistance, ofReward, ofRecency, sum] = [w[0], w[1], w[2], w[3], w[4]];
	const inverse = 1 / sum;
	for (let i = 0; i + 1 < start.length; i++) {
		const end = start[i + 1];
		const ofUser = ofRecency * recency[firstUser + i];
		for (let k = start[i]; k < end; k++) {
			const p = pair[k];
			const total =
				ofAffinity * affinity[p] + ofDistance * distance[p] + ofReward * reward[place[k]] + ofUser;
			points[k] = pointsOfLogMean(total, sum, inverse);
		}
	}
	return points;
}
