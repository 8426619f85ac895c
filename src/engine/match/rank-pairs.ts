import { luckWord } from '../random.ts';
import { radixSort } from '../sort.ts';
import type { MatchInput } from './match-input.ts';

/** All pairs by points descending, equal ones in pair order: see `breakTies`. O(pairs). */
export function pairsByPoints(points: Int32Array): Uint32Array {
	let most = -2147483648;
	for (let p = 0; p < points.length; p++) if (points[p] > most) most = points[p];

	// a key that is small where points are close together saves passes
	const pairs = new Uint32Array(points.length);
	const key = new Uint32Array(points.length);
	for (let p = 0; p < points.length; p++) {
		pairs[p] = p;
		key[p] = most - points[p];
	}
	radixSort(pairs, key);
	return pairs;
}

/** The user of every pair. */
export function usersOfPairs(input: MatchInput): Uint32Array {
	const { userCount, start, contract } = input;
	const pairUser = new Uint32Array(contract.length);
	for (let u = 0; u < userCount; u++) pairUser.fill(u, start[u], start[u + 1]);
	return pairUser;
}

/**
 * Orders pairs of equal points, those in places from … to − 1, by luck, user id and contract id. Drawing luck is most
 * of the cost, so that callers leave out what no longer matters. O(n) for n pairs of different luck.
 */
export function breakTies(
	input: MatchInput,
	pairUser: Uint32Array,
	pairs: Uint32Array,
	from: number,
	to: number,
): void {
	const { contract, seed, stream, userKey, contractKey } = input;
	const tied = pairs.slice(from, to);
	const luck = new Uint32Array(tied.length);
	const order = new Uint32Array(tied.length);
	for (let i = 0; i < tied.length; i++) {
		order[i] = i;
		luck[i] = luckWord(seed, stream, userKey[pairUser[tied[i]]], contractKey[contract[tied[i]]]);
	}
	if (order.length > 64) radixSort(order, luck);

	// few of them, or all but in order: insertion
	for (let k = 1; k < order.length; k++) {
		const i = order[k];
		let at = k;
		for (; at > 0; at--) {
			const j = order[at - 1];
			if (luck[j] < luck[i] || (luck[j] === luck[i] && !idsAhead(input, pairUser, tied[i], tied[j]))) break;
			order[at] = j;
		}
		order[at] = i;
	}
	for (let k = 0; k < order.length; k++) pairs[from + k] = tied[order[k]];
}

/** Whether pair p goes before pair q by user id, then contract id. */
function idsAhead(input: MatchInput, pairUser: Uint32Array, p: number, q: number): boolean {
	const { userRank, contractRank, contract } = input;
	const lead = userRank[pairUser[p]] - userRank[pairUser[q]];
	return lead < 0 || (lead === 0 && contractRank[contract[p]] < contractRank[contract[q]]);
}
