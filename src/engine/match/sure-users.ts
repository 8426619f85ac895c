import { fallsSince } from './contenders.ts';
import { leastLoss } from './exchange-loss.ts';
import type { Repair } from './repair.ts';
import { spread } from './spread.ts';

/** Users who are proven to hold a best choice, and what they hold. */
export interface SureUsers {
	readonly isSure: Uint8Array;
	/** Sum of the weights that they hold. */
	readonly weight: number;
	/** What that is worth beyond its prices. */
	readonly worth: number;
	/** How many of them hold each contract. */
	readonly taken: Float64Array;
}

/**
 * The users who hold a best choice at the prices of a repair that started warm, with no look at their rows: her choice stood
 * by more than prices have moved apart since, or no exchange within her list betters it and nothing off the list can by
 * now. Whoever is not marked may hold a best choice all the same. null for a repair that started cold. O(entries · quota)
 * of the users who may have moved.
 */
export function findSureUsers(repair: Repair): SureUsers | null {
	const { lists, held, quota, price, standing } = repair;
	if (standing === null) return null;
	const isSure = new Uint8Array(lists.users.length);
	const taken = new Float64Array(price.length);
	const falls = fallsSince(lists, price);
	const apart = spread(price, standing.price);
	let weight = 0;
	let worth = 0;
	for (let u = 0; u < isSure.length; u++) {
		if (standing.margin[u] < apart) {
			const outside = lists.outside[u] + falls[lists.stamp[u]];
			if (leastLoss(lists, held, quota, u, price, outside) < 0) continue;
		}
		isSure[u] = 1;
		for (let k = u * quota; k < (u + 1) * quota; k++) {
			const e = held[k];
			if (e < 0) continue;
			const c = lists.contract[e];
			weight += lists.weight[e];
			worth += lists.weight[e] - price[c];
			taken[c]++;
		}
	}
	return { isSure, weight, worth, taken };
}
