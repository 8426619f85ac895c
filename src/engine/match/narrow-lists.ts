import { closeList, emptyLists, fallsSince, relist } from './contenders.ts';
import type { Contenders, Weights } from './contenders.ts';
import { markSiblings } from './mark-siblings.ts';
import type { MatchInput } from './match-input.ts';

/** Lists of all users, and the entries that they hold of them. */
export interface HeldLists {
	readonly lists: Contenders;
	/** Entries of her list that user u holds: places u · quota …, −1 where a slot is open. */
	readonly held: Int32Array;
}

/**
 * The lists of all users at prices at which they hold best choices: what is within `reach` of each user's last slot, out of
 * the lists there are, in columns of just their length. Where those may have left out by now what is within a quarter of
 * the reach, out of her whole row. O(entries), plus the rows read.
 */
export function narrowLists(
	input: MatchInput,
	weights: Weights,
	{ lists, held }: HeldLists,
	price: Float64Array,
	reach: number,
): HeldLists {
	const { users, start, length, pair, contract, weight } = lists;
	const quota = held.length / users.length;
	const falls = fallsSince(lists, price);
	const hasSibling = markSiblings(input.contractBrand);
	const narrow = emptyLists(users, reach, price, lists.used);
	const stillHeld = new Int32Array(held.length).fill(-1);
	const short: number[] = [];

	for (let u = 0; u < users.length; u++) {
		let lastSurplus = Infinity;
		for (let k = u * quota; k < (u + 1) * quota; k++) {
			const e = held[k];
			lastSurplus = Math.min(lastSurplus, e < 0 ? 0 : weight[e] - price[contract[e]]);
		}
		const outside = lists.outside[u] + falls[lists.stamp[u]];
		if (lastSurplus - outside < reach / 4) {
			short.push(u);
			continue;
		}

		const floor = lastSurplus - reach;
		let end = narrow.used;
		let place = u * quota;
		for (let e = start[u]; e < start[u] + length[u]; e++) {
			if (weight[e] - price[contract[e]] <= floor) continue;
			narrow.pair[end] = pair[e];
			narrow.contract[end] = contract[e];
			narrow.weight[end] = weight[e];
			for (let k = u * quota; k < (u + 1) * quota; k++) if (held[k] === e) stillHeld[place++] = end;
			end++;
		}
		closeList(input, narrow, u, end, Math.max(floor, outside), hasSibling);
	}

	relist(input, weights, narrow, short, price, input.contractCount);
	for (const u of short) {
		let place = u * quota;
		for (let e = narrow.start[u]; e < narrow.start[u] + narrow.length[u]; e++) {
			for (let k = u * quota; k < (u + 1) * quota; k++) {
				if (held[k] >= 0 && pair[held[k]] === narrow.pair[e]) stillHeld[place++] = e;
			}
		}
	}
	return { lists: trimLists(narrow), held: stillHeld };
}

function trimLists(lists: Contenders): Contenders {
	const { used } = lists;
	return {
		...lists,
		pair: lists.pair.slice(0, used),
		contract: lists.contract.slice(0, used),
		weight: lists.weight.slice(0, used),
		mate: lists.mate.slice(0, used),
	};
}
