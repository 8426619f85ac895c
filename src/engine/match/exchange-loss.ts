import type { Contenders } from './contenders.ts';

/**
 * The least that user u loses at these prices by any exchange of what she holds: by giving up a pair, by taking one into
 * an open slot, or by taking one in another's place, off her list or not. Below 0 where she could do better; where it is
 * not, hers is a best choice, for choices of one a brand up to a quota are a matroid, and there the best is what no
 * single exchange betters. Infinity where there is nothing to exchange.
 *
 * What she holds (places u · quota … of `held`, −1 where a slot is open) are entries of her list, the u-th; what the list
 * leaves out must be worth at most `outside`. O(entries · quota).
 */
export function leastLoss(
	lists: Contenders,
	held: Int32Array,
	quota: number,
	u: number,
	price: Float64Array,
	outside: number,
): number {
	const { contract, weight, mate } = lists;
	const from = lists.start[u];
	const end = from + lists.length[u];

	let least = Infinity;
	let easiest = Infinity;
	for (let k = u * quota; k < (u + 1) * quota; k++) {
		const e = held[k];
		// an open slot is worth 0
		const surplus = e < 0 ? 0 : weight[e] - price[contract[e]];
		easiest = Math.min(easiest, surplus);
		if (e >= 0) least = Math.min(least, surplus);
	}

	least = Math.min(least, easiest - outside);
	for (let e = from; e < end; e++) {
		if (isHeld(held, quota, u, e)) continue;
		// a pair whose brand is held can only take that one's place
		let rival = easiest;
		for (let f = mate[e]; f !== e; f = mate[f]) {
			if (isHeld(held, quota, u, f)) rival = weight[f] - price[contract[f]];
		}
		least = Math.min(least, rival - (weight[e] - price[contract[e]]));
	}
	return least;
}

function isHeld(held: Int32Array, quota: number, u: number, e: number): boolean {
	for (let k = u * quota; k < (u + 1) * quota; k++) if (held[k] === e) return true;
	return false;
}
