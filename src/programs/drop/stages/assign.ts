import { userPrefers } from '#engine/match/preference.ts';
import type { DropDataset } from '../dataset.ts';
import type { Pairs } from './eligibility.ts';
import type { CityMatch } from './gather-city.ts';

/** Sponsored assignments of a city that stay, and users whose assignments `skip-user` takes back. */
export interface Assigned {
	/** by user, each user's best first; contract and points of each */
	readonly pair: Uint32Array;
	readonly contract: Uint32Array;
	readonly points: Int32Array;
	/** by place of the user in the city: how many she has, and whether `skip-user` put her out */
	readonly heldCount: Uint8Array;
	readonly isOut: Uint8Array;
	/** seats taken by contract, also those freed */
	readonly taken: Float64Array;
}

/**
 * What stays of a matching, of which `given` are the pairs given, ascending. With `skip-user` (spec section 5) a user
 * none of whose assignments is above the cutoff loses them all; `isAbove` marks pairs from the city's first pair, null
 * where nobody is skipped. O(users + given).
 */
export function keepAssigned(
	dataset: DropDataset,
	pairs: Pairs,
	{ input, firstUser, pair: pairOf, contract: contractOf }: CityMatch,
	given: Uint32Array,
	isAbove: Uint8Array | null,
): Assigned {
	const firstPair = pairs.start[firstUser];
	const taken = new Float64Array(dataset.contracts.ids.length);
	const heldBy = new Uint8Array(input.userCount);
	const isOut = new Uint8Array(input.userCount);
	const pair = new Uint32Array(given.length);
	const contract = new Uint32Array(given.length);
	const points = new Int32Array(given.length);
	// her pairs of the input, best first
	const held = new Uint32Array(input.quota);
	let count = 0;
	let g = 0;
	for (let i = 0; i < input.userCount; i++) {
		const end = input.start[i + 1];
		let heldCount = 0;
		let isAnyAbove = isAbove === null;
		for (; g < given.length && given[g] < end; g++) {
			const p = given[g];
			taken[contractOf[input.contract[p]]]++;
			if (isAbove !== null && isAbove[pairOf[p] - firstPair] === 1) isAnyAbove = true;
			let k = heldCount++;
			for (; k > 0 && userPrefers(input, i, p, held[k - 1]); k--) held[k] = held[k - 1];
			held[k] = p;
		}
		if (heldCount === 0) continue;
		// all of hers below the cutoff: she loses them, and nobody else gets them
		if (!isAnyAbove) {
			isOut[i] = 1;
			continue;
		}
		heldBy[i] = heldCount;
		for (let k = 0; k < heldCount; k++, count++) {
			pair[count] = pairOf[held[k]];
			contract[count] = contractOf[input.contract[held[k]]];
			points[count] = input.points[held[k]];
		}
	}
	return {
		pair: pair.slice(0, count),
		contract: contract.slice(0, count),
		points: points.slice(0, count),
		heldCount: heldBy,
		isOut,
		taken,
	};
}
