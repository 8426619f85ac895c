import type { MatchInput } from '#engine/match/match-input.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import type { OpenPairs } from './open-pairs.ts';

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

/** Points of open pairs on both sides; the same array when one score serves both. */
export interface OpenPoints {
	readonly points: Int32Array;
	readonly brandPoints: Int32Array;
}

/** Stage 5, first half. A city's matching problem on `seats`, those left after the cities before. */
export function gatherCity(
	dataset: DropDataset,
	{ firstUser, start, pair, place, contract }: OpenPairs,
	{ points, brandPoints }: OpenPoints,
	seats: Float64Array,
	config: DropConfig,
	stream: number,
): CityMatch {
	const { contracts, users } = dataset;
	const userCount = start.length - 1;
	const input: MatchInput = {
		userCount,
		contractCount: contract.length,
		start,
		contract: place,
		contractBrand: contract.map((c) => contracts.brand[c]),
		seats: contract.map((c) => seats[c]),
		quota: Math.max(0, config.slotsPerUser - config.growth.reservedSlots),
		points,
		brandPoints,
		userKey: users.key.subarray(firstUser, firstUser + userCount),
		contractKey: contract.map((c) => contracts.key[c]),
		// users and contracts are in id order already
		userRank: countUp(userCount),
		contractRank: contract,
		seed: config.seed,
		stream,
	};
	return { input, firstUser, contract, pair };
}

function countUp(count: number): Uint32Array {
	const numbers = new Uint32Array(count);
	for (let i = 0; i < count; i++) numbers[i] = i;
	return numbers;
}
