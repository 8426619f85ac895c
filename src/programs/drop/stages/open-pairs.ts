import type { DropDataset } from '../dataset.ts';
import type { Pairs } from './eligibility.ts';

/**
 * Pairs of a city that may be given: of some contracts, above the cutoff where that comes first. Contracts are known by
 * their place in `contract`, so that what is kept by contract is as short as can be.
 */
export interface OpenPairs {
	readonly y: number;
	/** the city's first user; user i is user `firstUser + i` */
	readonly firstUser: number;
	/** pairs of user i: `start[i] … start[i + 1]` */
	readonly start: Uint32Array;
	/** the Drop's pair of each, ascending */
	readonly pair: Uint32Array;
	/** place of each pair's contract */
	readonly place: Uint32Array;
	/** contracts with a pair, ascending */
	readonly contract: Uint32Array;
}

/**
 * Lists city y's pairs of the contracts that `isOffered` marks, as far as `isOpen` marks them, counted from the city's
 * first pair (null: all). Points have no part in it: new weights leave it as it is. O(pairs of the city).
 */
export function listOpenPairs(
	dataset: DropDataset,
	y: number,
	pairs: Pairs,
	isOpen: Uint8Array | null,
	isOffered: Uint8Array,
): OpenPairs {
	const [firstUser, endUser] = [dataset.cityUserStart[y], dataset.cityUserStart[y + 1]];
	const firstPair = pairs.start[firstUser];
	const hasPair = new Uint8Array(isOffered.length);
	const start = new Uint32Array(endUser - firstUser + 1);
	const pair = new Uint32Array(pairs.start[endUser] - firstPair);
	let count = 0;
	for (let u = firstUser; u < endUser; u++) {
		const end = pairs.start[u + 1];
		for (let p = pairs.start[u]; p < end; p++) {
			const c = pairs.contract[p];
			if (isOffered[c] === 0 || (isOpen !== null && isOpen[p - firstPair] === 0)) continue;
			hasPair[c] = 1;
			pair[count++] = p;
		}
		start[u - firstUser + 1] = count;
	}

	const placeOf = new Uint32Array(isOffered.length);
	const contract: number[] = [];
	hasPair.forEach((has, c) => {
		if (has) placeOf[c] = contract.push(c) - 1;
	});
	const place = new Uint32Array(count);
	for (let i = 0; i < count; i++) place[i] = placeOf[pairs.contract[pair[i]]];
	return { y, firstUser, start, pair: pair.slice(0, count), place, contract: Uint32Array.from(contract) };
}

/** Marks the sponsored contracts that have `seats`, or the growth ones. */
export function offeredContracts(
	dataset: DropDataset,
	isSponsored: boolean,
	seats: Float64Array,
): Uint8Array {
	return Uint8Array.from(seats, (count, c) =>
		count > 0 && (dataset.contracts.isSponsored[c] === 1) === isSponsored ? 1 : 0,
	);
}
