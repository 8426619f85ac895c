import type { MatchInput } from '#engine/match/match-input.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import type { Pairs } from './eligibility.ts';

/** A city's sponsored matching problem, with the way back to the Drop's own indexes. */
export interface CityMatch {
	readonly input: MatchInput;
	/** the city's first user; user i of the input is user `firstUser + i` */
	readonly firstUser: number;
	/** contract of each contract of the input */
	readonly contract: Uint32Array;
	/** pair of each pair of the input */
	readonly pair: Uint32Array;
}

/**
 * Stage 5, first half. Gathers city y's matching problem: pairs of sponsored contracts with seats that
 * `isOpen` marks, counted from the city's first pair (null: all); `seats` are those left after the cities before.
 */
export function gatherCity(
	dataset: DropDataset,
	y: number,
	pairs: Pairs,
	isOpen: Uint8Array | null,
	points: Int32Array,
	brandPoints: Int32Array,
	seats: Float64Array,
	config: DropConfig,
	stream: number,
): CityMatch {
	const { contracts, users } = dataset;
	const [firstUser, endUser] = [dataset.cityUserStart[y], dataset.cityUserStart[y + 1]];
	const local = new Int32Array(contracts.ids.length).fill(-1);
	const chosen: number[] = [];
	const start = new Uint32Array(endUser - firstUser + 1);
	const pair = new Uint32Array(pairs.start[endUser] - pairs.start[firstUser]);
	let count = 0;
	for (let u = firstUser; u < endUser; u++) {
		for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
			const c = pairs.contract[p];
			if (
				(isOpen !== null && !isOpen[p - pairs.start[firstUser]]) ||
				!contracts.isSponsored[c] ||
				seats[c] === 0
			)
				continue;
			if (local[c] < 0) local[c] = chosen.push(c) - 1;
			pair[count++] = p;
		}
		start[u - firstUser + 1] = count;
	}

	const contract = Uint32Array.from(chosen);
	const inputContract = new Uint32Array(count);
	const inputPoints = new Int32Array(count);
	const inputBrandPoints = brandPoints === points ? inputPoints : new Int32Array(count);
	for (let i = 0; i < count; i++) {
		inputContract[i] = local[pairs.contract[pair[i]]];
		inputPoints[i] = points[pair[i]];
		inputBrandPoints[i] = brandPoints[pair[i]];
	}
	const input: MatchInput = {
		userCount: endUser - firstUser,
		contractCount: contract.length,
		start,
		contract: inputContract,
		contractBrand: contract.map((c) => contracts.brand[c]),
		seats: contract.map((c) => seats[c]),
		quota: Math.max(0, config.slotsPerUser - config.growth.reservedSlots),
		points: inputPoints,
		brandPoints: inputBrandPoints,
		userKey: users.key.subarray(firstUser, endUser),
		contractKey: contract.map((c) => contracts.key[c]),
		// users and contracts are in id order already
		userRank: Uint32Array.from({ length: endUser - firstUser }, (_, i) => i),
		contractRank: contract,
		seed: config.seed,
		stream,
	};
	return { input, firstUser, contract, pair: pair.slice(0, count) };
}
