import { compareUserPairs, LUCK_PURPOSE } from '../pair-order.ts';
import type { GrowthInput } from './growth-input.ts';

/** Growth pairs of a city above the cutoff, by user. */
export interface GrowthPairs {
	/** those of the city's user i: `start[i] … start[i + 1]` */
	readonly start: Uint32Array;
	/** best first where `isSorted` */
	readonly pair: Uint32Array;
	/** by place of the user in the city */
	readonly isSorted: Uint8Array;
}

/** Lists the growth pairs of contracts that have seats. O(pairs of the city). */
export function openGrowthPairs({ dataset, y, pairs, isAbove, seats }: GrowthInput): GrowthPairs {
	const { isSponsored } = dataset.contracts;
	const [firstUser, endUser] = [dataset.cityUserStart[y], dataset.cityUserStart[y + 1]];
	const firstPair = pairs.start[firstUser];
	const start = new Uint32Array(endUser - firstUser + 1);
	const pair = new Uint32Array(pairs.start[endUser] - firstPair);
	let count = 0;
	for (let u = firstUser; u < endUser; u++) {
		for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
			const c = pairs.contract[p];
			if (!isSponsored[c] && isAbove[p - firstPair] && seats[c] > 0) pair[count++] = p;
		}
		start[u - firstUser + 1] = count;
	}
	return { start, pair: pair.slice(0, count), isSorted: new Uint8Array(endUser - firstUser) };
}

/** Puts the pairs of user u in order, best first, when she is visited for the first time: most never are. */
export function sortOnce(list: GrowthPairs, input: GrowthInput, u: number): void {
	const { dataset, pairs, points, config } = input;
	const i = u - dataset.cityUserStart[input.y];
	if (list.isSorted[i]) return;
	list.isSorted[i] = 1;
	const stream = LUCK_PURPOSE + input.weekStream;
	const { pair, start } = list;
	// few to a user: inserted one by one
	for (let j = start[i] + 1; j < start[i + 1]; j++) {
		const p = pair[j];
		let k = j;
		while (k > start[i] && compareUserPairs(dataset, pairs, points, config.seed, stream, u, pair[k - 1], p) > 0) {
			pair[k] = pair[k - 1];
			k--;
		}
		pair[k] = p;
	}
} // prettier-ignore
