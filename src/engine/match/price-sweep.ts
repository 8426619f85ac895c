import { selectLargest } from '../select.ts';
import type { Contenders } from './contenders.ts';

/** What sweeps over one set of lists share. */
export interface Sweeping {
	readonly lists: Contenders;
	/** Most that users[i] takes of her list. */
	readonly quota: Uint16Array;
	readonly mostQuota: number;
	readonly seats: Float64Array;
	/** Lists still looked at: positions in `lists.users`, the first `activeCount`. */
	readonly active: Uint32Array;
	activeCount: number;
	/** Users who take each contract whatever prices still do. */
	readonly settledDemand: Uint32Array;
	/** Room for the bids for contract c from bidStart[c]. */
	readonly bidStart: Uint32Array;
	readonly bids: Float64Array;
}

/** How far from balance the prices of a sweep were, and the largest change of one. */
export interface SweepResult {
	readonly imbalance: number;
	readonly largestMove: number;
}

/**
 * Ready to sweep over the lists, with `seats` to sell to their users beside those who take `settledDemand`, which is written
 * to, whatever prices do.
 */
export function startSweeping(
	lists: Contenders,
	quota: Uint16Array,
	seats: Float64Array,
	settledDemand = new Uint32Array(seats.length),
): Sweeping {
	const contractCount = seats.length;
	const bidStart = new Uint32Array(contractCount + 1);
	for (let i = 0; i < lists.users.length; i++) {
		const end = lists.start[i] + lists.length[i];
		for (let e = lists.start[i]; e < end; e++) bidStart[lists.contract[e] + 1]++;
	}
	for (let c = 0; c < contractCount; c++) bidStart[c + 1] += bidStart[c];

	const active = new Uint32Array(lists.users.length);
	for (let i = 0; i < active.length; i++) active[i] = i;
	return {
		lists,
		quota,
		mostQuota: quota.reduce((most, count) => Math.max(most, count), 0),
		seats,
		active,
		activeCount: active.length,
		settledDemand,
		bidStart,
		bids: new Float64Array(bidStart[contractCount]),
	};
}

/**
 * One round of prices: the price of every contract becomes the highest bid that finds no seat, its (seats + 1)-th, given
 * the other prices; 0 where seats are left over. A user's bid for a contract is the price up to which it belongs to
 * her choice. Prices move in step (the round is isotone), so that repeated rounds settle near the dual optimum.
 *
 * No price moves by more than `window`. With `settleMargin` > 0 users whose choice stands by more than that leave the
 * sweeps, counted as settled; it must exceed what prices will still move, else the repair has more to do. Writes
 * `nextPrice`. O(entries).
 */
export function sweepPrices(
	sweeping: Sweeping,
	price: Float64Array,
	nextPrice: Float64Array,
	window: number,
	settleMargin: number,
): SweepResult {
	const { lists, seats, active, settledDemand, bidStart, bids } = sweeping;
	const { reach, start, length, contract, weight, mate } = lists;
	const contractCount = seats.length;
	const bidEnd = bidStart.slice(0, contractCount);
	const demand = settledDemand.slice();
	// bids too high to be the next price, counted only
	const surePlaces = settledDemand.slice();
	const top = new Float64Array(sweeping.mostQuota + 1);
	let keptCount = 0;

	for (let a = 0; a < sweeping.activeCount; a++) {
		const i = active[a];
		const quota = sweeping.quota[i];
		const from = start[i];
		const end = from + length[i];

		// the largest quota + 1 surpluses above 0, one of a brand, and the largest left out for its brand
		let closest = 0;
		for (let k = 0; k <= quota; k++) top[k] = 0;
		for (let e = from; e < end; e++) {
			const surplus = weight[e] - price[contract[e]];
			if (surplus <= top[quota]) continue;
			if (mate[e] !== e && isBeaten(lists, price, e, surplus)) {
				closest = Math.max(closest, surplus);
				continue;
			}
			let k = quota;
			for (; k > 0 && top[k - 1] < surplus; k--) top[k] = top[k - 1];
			top[k] = surplus;
		}

		const lastSurplus = top[quota - 1];
		// what the list left out is worth no more than this
		const nextSurplus = Math.max(top[quota], lastSurplus - reach);
		const isSettled =
			settleMargin > 0 &&
			(lastSurplus > 0
				? lastSurplus - Math.max(closest, nextSurplus) > settleMargin
				: closest === 0 && reach > settleMargin && isNoneNear(lists, price, from, end, settleMargin));
		if (!isSettled) active[keptCount++] = i;

		for (let e = from; e < end; e++) {
			const c = contract[e];
			const surplus = weight[e] - price[c];
			let isChosen = surplus >= lastSurplus && surplus > 0;

			// the surplus to beat: of her last slot, or of the one after it where the contract has a slot now, or of the brand
			let rival = isChosen ? nextSurplus : lastSurplus;
			if (mate[e] !== e) {
				const best = bestMate(lists, price, e);
				rival = Math.max(rival, best);
				isChosen = isChosen && surplus >= best;
			}
			if (isChosen) demand[c]++;
			if (isSettled) {
				if (!isChosen) continue;
				settledDemand[c]++;
				surePlaces[c]++;
				continue;
			}
			// against the present price
			const lead = surplus - rival;
			if (lead > window) surePlaces[c]++;
			else if (lead >= -window && lead + price[c] > 0) bids[bidEnd[c]++] = lead + price[c];
		}
	}
	sweeping.activeCount = keptCount;

	let imbalance = 0;
	let largestMove = 0;
	for (let c = 0; c < contractCount; c++) {
		const surplusDemand = demand[c] - seats[c];
		if (surplusDemand > 0) imbalance += surplusDemand;
		else if (price[c] > 0) imbalance -= surplusDemand;

		const open = seats[c] - surePlaces[c];
		if (open < 0) nextPrice[c] = price[c] + window;
		else if (bidEnd[c] - bidStart[c] > open) nextPrice[c] = selectLargest(bids, bidStart[c], bidEnd[c], open);
		else nextPrice[c] = Math.max(0, price[c] - window);
		largestMove = Math.max(largestMove, Math.abs(nextPrice[c] - price[c]));
	}
	return { imbalance, largestMove };
}

/** Whether no entry is about as good as an open slot. */
function isNoneNear(
	{ contract, weight }: Contenders,
	price: Float64Array,
	from: number,
	end: number,
	margin: number,
): boolean {
	for (let e = from; e < end; e++) if (Math.abs(weight[e] - price[contract[e]]) <= margin) return false;
	return true;
}

/** Whether another entry of an entry's brand goes before it: one of a larger surplus, of equal ones the first in the list. */
function isBeaten(lists: Contenders, price: Float64Array, e: number, surplus: number): boolean {
	const { contract, weight, mate } = lists;
	for (let f = mate[e]; f !== e; f = mate[f]) {
		const other = weight[f] - price[contract[f]];
		if (other > surplus || (other === surplus && f < e)) return true;
	}
	return false;
}

/** The largest surplus among the other entries of an entry's brand. */
function bestMate(lists: Contenders, price: Float64Array, e: number): number {
	const { contract, weight, mate } = lists;
	let best = -Infinity;
	for (let f = mate[e]; f !== e; f = mate[f]) best = Math.max(best, weight[f] - price[contract[f]]);
	return best;
}
