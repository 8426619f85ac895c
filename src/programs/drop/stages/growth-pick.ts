import { pow } from '#engine/math.ts';
import type { DropConfig } from '../levers.ts';

/** How likely each of a user's best growth pairs is: weight / total, for the first pairs of her candidates. */
export interface PickChances {
	readonly weight: readonly number[];
	readonly total: number;
}

/**
 * Chances of the best `topK` candidates, proportional to points^power (spec section 8); even when all weights
 * are 0. `candidates` are pairs, best first.
 */
export function pickChances(
	candidates: readonly number[],
	points: Int32Array,
	growth: Pick<DropConfig['growth'], 'topK' | 'power'>,
): PickChances {
	const best = candidates.slice(0, growth.topK);
	const weight = best.map((p) => pow(points[p], growth.power));
	let total = 0;
	for (const w of weight) total += w;
	return total > 0 ? { weight, total } : { weight: best.map(() => 1), total: best.length };
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
