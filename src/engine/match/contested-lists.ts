import { closeList, emptyLists } from './contenders.ts';
import type { Contenders } from './contenders.ts';
import { markSiblings } from './mark-siblings.ts';
import type { MatchInput } from './match-input.ts';
import type { WarmStart } from './warm-start.ts';

/** What becomes of an entry: it may be taken, it is held and may be given up, or it stays held. */
const OPEN = 0;
const HELD = 1;
const STAYING = 2;

/** What is open while prices move apart no further than some bound. */
export interface ContestedLists {
	/** Of the users whose choice may change, the entries that they may take or give up. */
	readonly lists: Contenders;
	/** How many of these each may take. */
	readonly quota: Uint16Array;
	/** Users who hold each contract whatever prices do within the bound. */
	readonly settledDemand: Uint32Array<ArrayBuffer>;
}

/**
 * What of a warm start's lists is open while prices move apart no further than `bound`. A pair held is not where it is worth
 * more than all that is not held by so much, nor one not held where it is worth less than all that is. O(entries · quota).
 */
export function contestedLists(input: MatchInput, warm: WarmStart, bound: number): ContestedLists {
	const { lists, held, margin, prices } = warm;
	const { start, length, pair, contract, weight, mate } = lists;
	const quota = Math.min(input.quota, input.contractCount);
	let moving = 0;
	let room = 0;
	for (let u = 0; u < margin.length; u++) {
		if (margin[u] >= bound) continue;
		moving++;
		room += length[u];
	}
	const open = emptyLists(new Uint32Array(moving), bound, prices, room);
	const openQuota = new Uint16Array(moving).fill(quota);
	const settledDemand = Uint32Array.from(warm.demand);
	const hasSibling = markSiblings(input.contractBrand);
	// by place in the list at hand
	const state = new Uint8Array(input.contractCount);

	for (let u = 0, i = -1; u < margin.length; u++) {
		if (margin[u] >= bound) continue;
		open.users[++i] = u;
		const from = start[u];
		const end = from + length[u];
		state.fill(OPEN, 0, end - from);

		// the least of what she holds, and the most of what she does not; an open slot is worth 0
		let least = Infinity;
		let most = 0;
		for (let k = u * quota; k < (u + 1) * quota; k++) {
			const e = held[k];
			least = Math.min(least, e < 0 ? 0 : weight[e] - prices[contract[e]]);
			if (e >= 0) state[e - from] = HELD;
		}
		for (let e = from; e < end; e++) {
			if (state[e - from] === OPEN) most = Math.max(most, weight[e] - prices[contract[e]]);
		}
		for (let k = u * quota; k < (u + 1) * quota; k++) {
			const e = held[k];
			if (e < 0) continue;
			if (weight[e] - prices[contract[e]] - most > bound) {
				state[e - from] = STAYING;
				openQuota[i]--;
			} else settledDemand[contract[e]]--;
		}

		let next = open.used;
		for (let e = from; e < end; e++) {
			if (state[e - from] === STAYING) continue;
			if (state[e - from] === OPEN && least - (weight[e] - prices[contract[e]]) > bound) continue;
			let f = mate[e];
			while (f !== e && state[f - from] !== STAYING) f = mate[f];
			if (f !== e) continue;
			open.pair[next] = pair[e];
			open.contract[next] = contract[e];
			open.weight[next] = weight[e];
			next++;
		}
		closeList(input, open, i, next, least - bound, hasSibling);
	}
	return { lists: open, quota: openQuota, settledDemand };
}
