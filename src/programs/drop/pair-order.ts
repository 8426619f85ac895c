import { luckWord } from '#engine/random.ts';
import type { DropDataset } from './dataset.ts';
import type { Pairs } from './stages/eligibility.ts';

/** Purpose word of luck (spec section 2). */
export const LUCK_PURPOSE = 1;

/**
 * Order of two pairs of user u that have the same points, best first: luck ascending, then contract id (spec section
 * 4). More points always go before. `stream` is the luck stream of the Drop's week.
 */
export function compareTiedPairs(
	dataset: DropDataset,
	pairs: Pairs,
	seed: number,
	stream: number,
	u: number,
	p: number,
	q: number,
): number {
	const [c, d] = [pairs.contract[p], pairs.contract[q]];
	const userKey = dataset.users.key[u];
	const { key } = dataset.contracts;
	return luckWord(seed, stream, userKey, key[c]) - luckWord(seed, stream, userKey, key[d]) || c - d;
}
