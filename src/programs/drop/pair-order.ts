import { luckWord } from '#engine/random.ts';
import type { DropDataset } from './dataset.ts';
import type { Pairs } from './stages/eligibility.ts';

/** Purpose word of luck (spec section 2). */
export const LUCK_PURPOSE = 1;

/**
 * Order of two pairs of user u, best first: points descending, then luck ascending, then contract id (spec
 * section 4). Luck is drawn only when the points are equal. `stream` is the luck stream of the Drop's week.
 */
export function compareUserPairs(
	dataset: DropDataset,
	pairs: Pairs,
	points: Int32Array,
	seed: number,
	stream: number,
	u: number,
	p: number,
	q: number,
): number {
	if (points[p] !== points[q]) return points[q] - points[p];
	const [c, d] = [pairs.contract[p], pairs.contract[q]];
	const userKey = dataset.users.key[u];
	const { key } = dataset.contracts;
	return luckWord(seed, stream, userKey, key[c]) - luckWord(seed, stream, userKey, key[d]) || c - d;
}
