import type { GrowthInput } from './growth-input.ts';
import { emptyFill, type OpenFill } from './growth-list.ts';
import type { OpenPairs } from './open-pairs.ts';

/**
 * A growth fill that can go on. Who is visited in what order, and what she gets, does not depend on how many picks
 * there may be: a fill of n picks is the first n of a longer one.
 */
export interface GrowthRun {
	readonly input: GrowthInput;
	/** growth pairs of the city, and the points of each */
	readonly open: OpenPairs;
	readonly points: Int32Array;
	/** brands of a user's assignments, by place in the city: `slots` a user, the first `heldCount` of them used */
	readonly heldBrand: Int32Array;
	readonly heldCount: Uint8Array;
	/** by place of the contract among those of the growth pairs */
	readonly seatsLeft: Float64Array;
	readonly brand: Int32Array;
	readonly fill: OpenFill;
	/** room for the best candidates of one visit, by their places among the growth pairs */
	readonly best: Uint32Array;
	/** the pass it is in, whom that visits, and who is next; null before the pass */
	pass: number;
	visited: Uint32Array | null;
	next: number;
}

/** Makes a city's growth fill ready, no pick made yet, from its growth pairs and their points, which other fills may share. */
export function startGrowth(input: GrowthInput, open: OpenPairs, points: Int32Array): GrowthRun {
	const { dataset, assigned, config } = input;
	const { slotsPerUser } = config;
	const { contract } = assigned;
	const userCount = assigned.heldCount.length;
	const heldBrand = new Int32Array(userCount * slotsPerUser);
	for (let i = 0, a = 0; i < userCount; i++) {
		for (let k = 0; k < assigned.heldCount[i]; k++, a++)
			heldBrand[i * slotsPerUser + k] = dataset.contracts.brand[contract[a]];
	}
	let mostPairs = 0;
	for (let u = 0; u < userCount; u++) mostPairs = Math.max(mostPairs, open.start[u + 1] - open.start[u]);
	return {
		input,
		open,
		points,
		heldBrand,
		heldCount: assigned.heldCount.slice(),
		seatsLeft: Float64Array.from(open.contract, (c) => input.seats[c]),
		brand: Int32Array.from(open.contract, (c) => dataset.contracts.brand[c]),
		fill: emptyFill(),
		best: new Uint32Array(Math.min(mostPairs, config.growth.topK)),
		pass: config.growth.requiresSponsored ? slotsPerUser - 1 : slotsPerUser,
		visited: null,
		next: 0,
	};
}
