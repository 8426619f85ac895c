import type { MatchInput } from './match-input.ts';
import { breakTies, pairsByPoints, usersOfPairs } from './rank-pairs.ts';

/**
 * All pairs in the users' order (spec section 7), each taken when the user has an open slot and nothing of the brand,
 * and the contract a free seat: a mask over pairs. Brand points play no part. Equals `residency` when points are
 * shared. O(pairs · quota), and n log n for n pairs of equal points that could all still be taken.
 */
export function greedy(input: MatchInput): Uint8Array {
	const { userCount, contract, contractBrand, points } = input;
	const quota = Math.min(input.quota, input.contractCount);
	const isGiven = new Uint8Array(contract.length);
	const seatsLeft = input.seats.slice();
	const heldBrand = new Int32Array(userCount * quota);
	const heldCount = new Uint32Array(userCount);
	const pairUser = usersOfPairs(input);
	const pairs = pairsByPoints(points);

	for (let from = 0, to; from < pairs.length; from = to) {
		// of the pairs with these points, those that can be taken
		const tiedPoints = points[pairs[from]];
		let end = from;
		for (to = from; to < pairs.length && points[pairs[to]] === tiedPoints; to++) {
			const p = pairs[to];
			const u = pairUser[p];
			if (seatsLeft[contract[p]] === 0 || heldCount[u] === quota) continue;
			if (holdsBrand(heldBrand, u * quota, heldCount[u], contractBrand[contract[p]])) continue;
			pairs[end++] = p;
		}
		if (end - from > 1) breakTies(input, pairUser, pairs, from, end);

		for (let i = from; i < end; i++) {
			const p = pairs[i];
			const c = contract[p];
			const u = pairUser[p];
			if (seatsLeft[c] === 0 || heldCount[u] === quota) continue;
			if (holdsBrand(heldBrand, u * quota, heldCount[u], contractBrand[c])) continue;
			heldBrand[u * quota + heldCount[u]++] = contractBrand[c];
			seatsLeft[c]--;
			isGiven[p] = 1;
		}
	}
	return isGiven;
}

function holdsBrand(heldBrand: Int32Array, from: number, count: number, brand: number): boolean {
	for (let k = from; k < from + count; k++) if (heldBrand[k] === brand) return true;
	return false;
}
