import { pow } from '#engine/math.ts';
import type { DropConfig } from '../levers.ts';

/** How likely each of a user's best growth pairs is: weight / total, best first. */
export interface PickChances {
	readonly weight: readonly number[];
	readonly total: number;
}

/**
 * Chances of a user's best `topK` candidates, proportional to points^power (spec section 8); even when all weights
 * are 0. `points` are those of her candidates, best first; more than `topK` may be given.
 */
export function pickChances(
	points: readonly number[],
	growth: Pick<DropConfig['growth'], 'topK' | 'power'>,
): PickChances {
	const weight: number[] = [];
	let total = 0;
	for (let i = 0; i < points.length && i < growth.topK; i++) {
		weight.push(pow(points[i], growth.power));
		total += weight[i];
	}
	return total > 0 ? { weight, total } : { weight: weight.map(() => 1), total: weight.length };
}

/** Index drawn by the cumulative sum of the weights, in their order, against one uniform draw. */
export function drawIndex(chances: PickChances, u: number): number {
	const target = u * chances.total;
	let sum = 0;
	for (let i = 0; i < chances.weight.length; i++) {
		sum += chances.weight[i];
		if (target < sum) return i;
	}
	return chances.weight.length - 1;
}
