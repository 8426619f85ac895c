import { luckWord } from '../random.ts';
import { radixSort } from '../sort.ts';
import type { MatchInput } from './match-input.ts';

/**
 * All pairs of the city, best first: points descending, luck ascending, user id, contract id. Luck is drawn only for
 * pairs that share their points with another. O(pairs), and a comparison sort where luck is equal too.
 */
export function rankPairs(input: MatchInput): Uint32Array {
	const { userCount, start, contract, points } = input;
	const pairCount = contract.length;
	const ranking = new Uint32Array(pairCount);
	const key = new Uint32Array(pairCount);
	for (let p = 0; p < pairCount; p++) {
		ranking[p] = p;
		key[p] = 0x7fffffff - points[p];
	}
	radixSort(ranking, key);

	const pairUser = new Uint32Array(pairCount);
	for (let u = 0; u < userCount; u++) pairUser.fill(u, start[u], start[u + 1]);
	for (let from = 0, to = 0; from < pairCount; from = to) {
		while (to < pairCount && points[ranking[to]] === points[ranking[from]]) to++;
		if (to - from > 1) breakTies(input, pairUser, ranking.subarray(from, to), key);
	}
	return ranking;
}

/** Orders pairs of equal points by luck, user id, contract id. Overwrites their places in `luck`. */
function breakTies(input: MatchInput, pairUser: Uint32Array, tied: Uint32Array, luck: Uint32Array): void {
	const { contract, seed, stream, userKey, contractKey, userRank, contractRank } = input;
	for (const p of tied) luck[p] = luckWord(seed, stream, userKey[pairUser[p]], contractKey[contract[p]]);
	tied.sort(
		(p, q) =>
			luck[p] - luck[q] ||
			userRank[pairUser[p]] - userRank[pairUser[q]] ||
			contractRank[contract[p]] - contractRank[contract[q]],
	);
}
