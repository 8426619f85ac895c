import { clearBestBrands, enterBrand, makeBestBrands } from './best-brands.ts';
import type { BestBrands } from './best-brands.ts';
import { markSiblings } from './mark-siblings.ts';
import type { MatchInput } from './match-input.ts';

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
}

/**
 * Lists of at most `most` pairs for each user, the best ones where more are within reach. An infinite reach with
 * `most` no less than the contracts keeps every pair of positive weight. O(pairs).
 */
export function listContenders(
	input: MatchInput,
	weights: Weights,
	users: Uint32Array,
	price: Float64Array,
	reach: number,
	most: number,
): Contenders {
	const room = users.length * Math.min(most, 8) + most;
	const lists: Contenders = {
		users,
		reach,
		start: new Uint32Array(users.length),
		length: new Uint32Array(users.length),
		pair: new Uint32Array(room),
		contract: new Uint32Array(room),
		weight: new Float64Array(room),
		mate: new Int32Array(room),
		used: 0,
	};
	const best = makeBestBrands(Math.min(input.quota, input.contractCount));
	const siblings = markSiblings(input.contractBrand);
	for (let i = 0; i < users.length; i++) writeList(input, weights, lists, i, price, most, best, siblings);
	return lists;
}

/** Writes the list of users[i] anew at other prices, at the end of the columns. */
export function relist(
	input: MatchInput,
	weights: Weights,
	lists: Contenders,
	i: number,
	price: Float64Array,
	most: number,
): void {
	const best = makeBestBrands(Math.min(input.quota, input.contractCount));
	writeList(input, weights, lists, i, price, most, best, markSiblings(input.contractBrand));
}

function writeList(
	input: MatchInput,
	weights: Weights,
	lists: Contenders,
	i: number,
	price: Float64Array,
	most: number,
	best: BestBrands,
	siblings: Uint8Array,
): void {
	if (lists.used + most > lists.pair.length) growRoom(lists, most);
	const { contractBrand } = input;
	const { users, reach, pair, contract, weight } = lists;
	const from = lists.used;
	const u = users[i];
	const endPair = input.start[u + 1];
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
		if (surplus > lastSurplus) {
			enterBrand(best, surplus, contractBrand[c]);
			lastSurplus = best.surplus[last];
			if (lastSurplus - reach > floor) floor = lastSurplus - reach;
		}
		if (end - from === most) {
			// make room: what has fallen below the floor goes, else the worst, which may be this one
			end = dropBelow(lists, from, end, price, floor);
			if (end - from === most) {
				const worst = findWorst(lists, from, end, price);
				if (weight[worst] - price[contract[worst]] >= surplus) continue;
				end--;
				pair[worst] = pair[end];
				contract[worst] = contract[end];
				weight[worst] = weight[end];
			}
		}
		pair[end] = p;
		contract[end] = c;
		weight[end] = w;
		end++;
	}

	end = dropBelow(lists, from, end, price, floor);
	linkMates(input, lists, from, end, siblings);
	lists.start[i] = from;
	lists.length[i] = end - from;
	lists.used = end;
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

/** Closes the gaps left by entries at or below the floor; returns the new end. */
function dropBelow(lists: Contenders, from: number, end: number, price: Float64Array, floor: number): number {
	const { pair, contract, weight } = lists;
	let kept = from;
	for (let e = from; e < end; e++) {
		const c = contract[e];
		if (weight[e] - price[c] <= floor) continue;
		pair[kept] = pair[e];
		contract[kept] = c;
		weight[kept] = weight[e];
		kept++;
	}
	return kept;
}

function findWorst(lists: Contenders, from: number, end: number, price: Float64Array): number {
	const { contract, weight } = lists;
	let worst = from;
	for (let e = from + 1; e < end; e++) {
		if (weight[e] - price[contract[e]] < weight[worst] - price[contract[worst]]) worst = e;
	}
	return worst;
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
