import { pointsOf, pointsOfLog } from '#engine/points.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import type { Pairs } from './eligibility.ts';
import type { Factors } from './factors.ts';

/**
 * Stage 3. Points of every pair: the weighted geometric or arithmetic mean of its factors, in millionths,
 * rounded half up (spec section 4).
 */
export function score(
	dataset: DropDataset,
	pairs: Pairs,
	factors: Factors,
	combine: DropConfig['scoring']['combine'],
	weights: DropConfig['scoring']['weights'],
): Int32Array {
	const { users, contracts } = dataset;
	const contractCount = contracts.ids.length;
	const points = new Int32Array(pairs.contract.length);
	const { affinity, distance, reward, rejections, recency } = weights;
	const weightSum = affinity + distance + reward + rejections + recency;
	const isLog = combine === 'geometric';

	for (let u = 0; u + 1 < pairs.start.length; u++) {
		const rewardRow = users.city[u] * contractCount;
		const ofUser = recency * factors.recency[u];
		for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
			const sum =
				affinity * factors.affinity[p] +
				distance * factors.distance[p] +
				reward * factors.reward[rewardRow + pairs.contract[p]] +
				rejections * factors.rejections[p] +
				ofUser;
			points[p] = isLog ? pointsOfLog(sum / weightSum) : pointsOf(sum / weightSum);
		}
	}
	return points;
}
