import type { MatchInput } from './match-input.ts';
import { rankPairs } from './rank-pairs.ts';

/**
 * All pairs in the users' order (spec section 7), each taken when the user has an open slot and nothing of the brand,
 * and the contract a free seat: a mask over pairs. Brand points play no part. Equals `residency` when points are
 * shared. O(pairs).
 */
export function greedy(input: MatchInput): Uint8Array {
	const { userCount, start, contract, contractBrand } = input;
	const quota = Math.min(input.quota, input.contractCount);
	const isGiven = new Uint8Array(contract.length);
	const seatsLeft = input.seats.slice();
	const heldBrand = new Int32Array(userCount * quota).fill(-1);
	const heldCount = new Uint32Array(userCount);
	const pairUser = new Uint32Array(contract.length);
	for (let u = 0; u < userCount; u++) pairUser.fill(u, start[u], start[u + 1]);

	for (const p of rankPairs(input)) {
		const c = contract[p];
		const u = pairUser[p];
		if (seatsLeft[c] === 0 || heldCount[u] === quota) continue;
		const from = u * quota;
		const end = from + heldCount[u];
		let k = from;
		while (k < end && heldBrand[k] !== contractBrand[c]) k++;
		if (k < end) continue;

		heldBrand[end] = contractBrand[c];
		heldCount[u]++;
		seatsLeft[c]--;
		isGiven[p] = 1;
	}
	return isGiven;
}
