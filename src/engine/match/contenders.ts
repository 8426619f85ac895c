import { selectLargest } from '../select.ts';
import { clearBestBrands, enterBrand, makeBestBrands } from './best-brands.ts';
import type { BestBrands } from './best-brands.ts';
import { markSiblings } from './mark-siblings.ts';
import type { MatchInput } from './match-input.ts';
import { largestFall } from './spread.ts';

/** Integer objective weight of each pair; 0 and below mean that a pair is not worth giving. */
export type Weights = Int32Array | Float64Array;

/**
 * For each of some users the pairs that matter near given prices: those whose surplus (weight − price) is within
 * `reach` of what her last slot is worth. Columns are copied out of the city, so that going over the lists again and
 * again stays in a small piece of memory.
 */
export interface Contenders {
	readonly users: Uint32Array;
	readonly reach: number;
	/** Entries of users[i] are start[i] … start[i] + length[i] − 1. */
	readonly start: Uint32Array;
	readonly length: Uint32Array;
	pair: Uint32Array;
	contract: Uint32Array;
	weight: Float64Array;
	/** The list's next entry of the same brand, in a ring; the entry itself where there is no other. */
	mate: Int32Array;
	/** Entries in use, those of lists written anew included. */
	used: number;
	/** What the list of users[i] leaves out was worth at most outside[i] at the prices it was written at, stamps[stamp[i]]. */
	readonly outside: Float64Array;
	readonly stamp: Uint8Array;
	readonly stamps: Float64Array[];
}

/** How many prices lists can be written at before all are to be written anew. */
const MOST_STAMPS = 256;

/**
 * Lists of at most `most` pairs for each user, the best ones where more are within reach, and of equal ones the first. An
 * infinite reach with `most` no less than the contracts keeps every pair of positive weight. O(pairs).
 */
export function listContenders(
	input: MatchInput,
	weights: Weights,
	users: Uint32Array,
	price: Float64Array,
	reach: number,
	most: number,
): Contenders {
	const lists = emptyLists(users, reach, price, users.length * Math.min(most, 10) + input.contractCount);
	const writing = startWriting(input);
	for (let i = 0; i < users.length; i++) writeList(input, weights, lists, i, price, most, writing);
	return lists;
}

/** Lists without entries, of these users at these prices, with room for so many. */
export function emptyLists(users: Uint32Array, reach: number, price: Float64Array, room: number): Contenders {
	return {
		users,
		reach,
		start: new Uint32Array(users.length),
		length: new Uint32Array(users.length),
		pair: new Uint32Array(room),
		contract: new Uint32Array(room),
		weight: new Float64Array(room),
		mate: new Int32Array(room),
		used: 0,
		outside: new Float64Array(users.length),
		stamp: new Uint8Array(users.length),
		stamps: [price.slice()],
	};
}

/** Writes the lists of some users, by their place, anew at other prices, at the end of the columns. */
export function relist(
	input: MatchInput,
	weights: Weights,
	lists: Contenders,
	places: ArrayLike<number>,
	price: Float64Array,
	most: number,
): void {
	if (lists.stamps.length === MOST_STAMPS) throw new Error('relist: too many prices');
	const stamp = lists.stamps.push(price.slice()) - 1;
	const writing = startWriting(input);
	for (let k = 0; k < places.length; k++) {
		writeList(input, weights, lists, places[k], price, most, writing);
		lists.stamp[places[k]] = stamp;
	}
}

/**
 * What each list leaves out is worth, at other prices, at most as much more than `outside` as the price has fallen of the
 * contract whose price has fallen most since the list was written: that fall for each of `lists.stamps`, ≥ 0.
 */
export function fallsSince(lists: Contenders, price: Float64Array): Float64Array {
	return Float64Array.from(lists.stamps, (before) => largestFall(before, price));
}

/** What writing lists needs besides them. */
interface Writing {
	readonly best: BestBrands;
	readonly hasSibling: Uint8Array;
	readonly surpluses: Float64Array;
}

function startWriting(input: MatchInput): Writing {
	return {
		best: makeBestBrands(Math.min(input.quota, input.contractCount)),
		hasSibling: markSiblings(input.contractBrand),
		surpluses: new Float64Array(input.contractCount),
	};
}

function writeList(
	input: MatchInput,
	weights: Weights,
	lists: Contenders,
	i: number,
	price: Float64Array,
	most: number,
	writing: Writing,
): void {
	const { contractBrand } = input;
	const { reach } = lists;
	const { best } = writing;
	const u = lists.users[i];
	const endPair = input.start[u + 1];
	if (lists.used + endPair - input.start[u] > lists.pair.length) growRoom(lists, input.contractCount);
	const { pair, contract, weight } = lists;
	const from = lists.used;
	const last = best.surplus.length - 1;
	clearBestBrands(best);
	let lastSurplus = 0;
	let floor = -reach;
	let end = from;

	for (let p = input.start[u]; p < endPair; p++) {
		const c = input.contract[p];
		const w = weights[p];
		const surplus = w - price[c];
		if (surplus <= floor || w <= 0) continue;
		pair[end] = p;
		contract[end] = c;
		weight[end] = w;
		end++;
		if (surplus <= lastSurplus) continue;
		enterBrand(best, surplus, contractBrand[c]);
		lastSurplus = best.surplus[last];
		if (lastSurplus - reach > floor) floor = lastSurplus - reach;
	}

	// the floor has risen since the first ones entered
	end = keepAbove(lists, from, end, price, floor, 0);
	if (end - from > most) {
		floor = floorOfMost(lists, from, end, price, most, writing.surpluses);
		end = keepAbove(lists, from, end, price, floor, most - countAbove(writing.surpluses, most, floor));
	}
	closeList(input, lists, i, end, floor, writing.hasSibling);
}

/** Makes the entries from `used` to `end` the list of users[i], which leaves out what is worth at most `outside`. */
export function closeList(
	input: MatchInput,
	lists: Contenders,
	i: number,
	end: number,
	outside: number,
	hasSibling: Uint8Array,
): void {
	const from = lists.used;
	linkMates(input, lists, from, end, hasSibling);
	lists.start[i] = from;
	lists.length[i] = end - from;
	lists.outside[i] = outside;
	lists.used = end;
}

/** Closes the gaps left by entries below `floor`, and by those at it but for the first `equalCount`; returns the end. */
function keepAbove(
	lists: Contenders,
	from: number,
	end: number,
	price: Float64Array,
	floor: number,
	equalCount: number,
): number {
	const { pair, contract, weight } = lists;
	let equalLeft = equalCount;
	let kept = from;
	for (let e = from; e < end; e++) {
		const c = contract[e];
		const surplus = weight[e] - price[c];
		if (surplus < floor || (surplus === floor && equalLeft-- <= 0)) continue;
		pair[kept] = pair[e];
		contract[kept] = c;
		weight[kept] = weight[e];
		kept++;
	}
	return kept;
}

/** The least of the `most` largest surpluses, which come first in `surpluses`. */
function floorOfMost(
	lists: Contenders,
	from: number,
	end: number,
	price: Float64Array,
	most: number,
	surpluses: Float64Array,
): number {
	const { contract, weight } = lists;
	for (let e = from; e < end; e++) surpluses[e - from] = weight[e] - price[contract[e]];
	return selectLargest(surpluses, 0, end - from, most - 1);
}

function countAbove(surpluses: Float64Array, count: number, floor: number): number {
	let aboveCount = 0;
	for (let k = 0; k < count; k++) if (surpluses[k] > floor) aboveCount++;
	return aboveCount;
}

/** Joins the entries of each brand to a ring. */
function linkMates(
	input: MatchInput,
	lists: Contenders,
	from: number,
	end: number,
	siblings: Uint8Array,
): void {
	const { contractBrand } = input;
	const { contract, mate } = lists;
	for (let e = from; e < end; e++) {
		mate[e] = e;
		if (siblings[contract[e]] === 0) continue;
		const brand = contractBrand[contract[e]];
		for (let f = e - 1; f >= from; f--) {
			if (contractBrand[contract[f]] !== brand) continue;
			mate[e] = mate[f];
			mate[f] = e;
			break;
		}
	}
}

function growRoom(lists: Contenders, least: number): void {
	const room = 2 * lists.pair.length + least;
	const pair = new Uint32Array(room);
	const contract = new Uint32Array(room);
	const weight = new Float64Array(room);
	pair.set(lists.pair);
	contract.set(lists.contract);
	weight.set(lists.weight);
	const mate = new Int32Array(room);
	mate.set(lists.mate);
	lists.pair = pair;
	lists.contract = contract;
	lists.weight = weight;
	lists.mate = mate;
}
