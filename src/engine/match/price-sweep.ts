import { selectLargest } from '../select.ts';
import type { Contenders } from './contenders.ts';
import { markSiblings } from './mark-siblings.ts';
import type { MatchInput } from './match-input.ts';

/** What sweeps over one set of lists share. */
export interface Sweeping {
	readonly lists: Contenders;
	readonly seats: Float64Array;
	readonly hasSibling: Uint8Array;
	/** Brand of each contract, renumbered below the number of contracts. */
	readonly brandIndex: Uint32Array;
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

/** Ready to sweep over the lists, with `seats` to sell to their users. */
export function startSweeping(input: MatchInput, lists: Contenders, seats: Float64Array): Sweeping {
	const bidStart = new Uint32Array(seats.length + 1);
	for (let i = 0; i < lists.users.length; i++) {
		const end = lists.start[i] + lists.length[i];
		for (let e = lists.start[i]; e < end; e++) bidStart[lists.contract[e] + 1]++;
	}
	for (let c = 0; c < seats.length; c++) bidStart[c + 1] += bidStart[c];

	const active = new Uint32Array(lists.users.length);
	for (let i = 0; i < active.length; i++) active[i] = i;
	return {
		lists,
		seats,
		hasSibling: markSiblings(input.contractBrand),
		brandIndex: denseBrands(input.contractBrand),
		active,
		activeCount: active.length,
		settledDemand: new Uint32Array(seats.length),
		bidStart,
		bids: new Float64Array(bidStart[seats.length]),
	};
}

/**
 * One round of prices: the price of every contract becomes the highest bid that finds no seat, its (seats + 1)-th, given
 * the other prices; 0 where seats are left over. A user's bid for a contract is the price up to which it belongs to
 * her choice. Prices move in step (the round is isotone), so that repeated rounds settle near the dual optimum.
 *
 * `settleMargin` > 0: users whose choice stands by more than that leave the sweeps, counted as settled. It must
 * exceed what prices will still move, else the repair has more to do. Writes `nextPrice`. O(entries).
 */
export function sweepPrices(
	input: MatchInput,
	sweeping: Sweeping,
	price: Float64Array,
	nextPrice: Float64Array,
	settleMargin: number,
): SweepResult {
	const { lists, seats, hasSibling, brandIndex, active, settledDemand, bidStart, bids } = sweeping;
	const { reach, contract, weight } = lists;
	const contractCount = seats.length;
	const quota = Math.min(input.quota, contractCount);
	const bidEnd = bidStart.slice(0, contractCount);
	const demand = settledDemand.slice();

	// the best quota + 1 brands, each by its best contract
	const topSurplus = new Float64Array(quota + 1);
	const topContract = new Int32Array(quota + 1);
	// a brand's best and second surplus in the list at hand, where it has several contracts
	const brandBest = new Float64Array(contractCount);
	const brandSecond = new Float64Array(contractCount);
	let keptCount = 0;

	for (let a = 0; a < sweeping.activeCount; a++) {
		const i = active[a];
		const from = lists.start[i];
		const end = from + lists.length[i];
		for (let k = 0; k <= quota; k++) {
			topSurplus[k] = 0;
			topContract[k] = -1;
		}
		let hasSiblings = false;

		for (let e = from; e < end; e++) {
			const c = contract[e];
			const surplus = weight[e] - price[c];
			let k = quota;
			if (hasSibling[c] === 1) {
				hasSiblings = true;
				if (surplus <= topSurplus[quota]) continue;
				for (let j = 0; j < quota; j++) {
					if (topContract[j] >= 0 && brandIndex[topContract[j]] === brandIndex[c]) k = j;
				}
				if (surplus <= topSurplus[k]) continue;
			} else if (surplus <= topSurplus[quota]) continue;
			for (; k > 0 && topSurplus[k - 1] < surplus; k--) {
				topSurplus[k] = topSurplus[k - 1];
				topContract[k] = topContract[k - 1];
			}
			topSurplus[k] = surplus;
			topContract[k] = c;
		}

		const lastSurplus = topSurplus[quota - 1];
		// what the list left out is worth no more than this
		const nextSurplus = Math.max(topSurplus[quota], lastSurplus - reach);
		for (let k = 0; k < quota && topContract[k] >= 0; k++) demand[topContract[k]]++;

		let closest = nextSurplus;
		if (hasSiblings) {
			closest = Math.max(closest, rankSiblings(sweeping, price, from, end, brandBest, brandSecond));
		}
		if (settleMargin > 0 && lastSurplus - closest > settleMargin) {
			for (let k = 0; k < quota; k++) settledDemand[topContract[k]]++;
			continue;
		}
		active[keptCount++] = i;

		for (let e = from; e < end; e++) {
			const c = contract[e];
			const w = weight[e];
			const b = brandIndex[c];
			const surplus = w - price[c];

			// the surplus to beat: of her last slot, or of the one after it where the brand has a slot now
			let rival = lastSurplus;
			if (hasSibling[c] === 0) {
				if (surplus >= lastSurplus && isTop(topContract, quota, c)) rival = nextSurplus;
			} else {
				for (let k = 0; k < quota; k++) {
					if (topContract[k] >= 0 && brandIndex[topContract[k]] === b) rival = nextSurplus;
				}
				rival = Math.max(rival, surplus === brandBest[b] ? brandSecond[b] : brandBest[b]);
			}
			if (w > rival) bids[bidEnd[c]++] = w - rival;
		}
	}
	sweeping.activeCount = keptCount;

	let imbalance = 0;
	let largestMove = 0;
	for (let c = 0; c < contractCount; c++) {
		const surplusDemand = demand[c] - seats[c];
		if (surplusDemand > 0) imbalance += surplusDemand;
		else if (price[c] > 0) imbalance -= surplusDemand;

		const open = seats[c] - settledDemand[c];
		if (open < 0) nextPrice[c] = price[c];
		else if (bidEnd[c] - bidStart[c] <= open) nextPrice[c] = 0;
		else nextPrice[c] = selectLargest(bids, bidStart[c], bidEnd[c], open);
		largestMove = Math.max(largestMove, Math.abs(nextPrice[c] - price[c]));
	}
	return { imbalance, largestMove };
}

/** Brands renumbered below the number of contracts. */
function denseBrands(contractBrand: Uint32Array): Uint32Array {
	const index = new Uint32Array(contractBrand.length);
	const firstOf = new Map<number, number>();
	for (let c = 0; c < index.length; c++) {
		const known = firstOf.get(contractBrand[c]);
		if (known === undefined) firstOf.set(contractBrand[c], c);
		index[c] = known ?? c;
	}
	return index;
}

function isTop(topContract: Int32Array, quota: number, c: number): boolean {
	for (let k = 0; k < quota; k++) if (topContract[k] === c) return true;
	return false;
}

/**
 * The best and second surplus of every brand with several contracts, among the entries of one list; returns the best
 * second.
 */
function rankSiblings(
	sweeping: Sweeping,
	price: Float64Array,
	from: number,
	end: number,
	brandBest: Float64Array,
	brandSecond: Float64Array,
): number {
	const { lists, hasSibling, brandIndex } = sweeping;
	const { contract, weight } = lists;
	for (let e = from; e < end; e++) {
		const b = brandIndex[contract[e]];
		brandBest[b] = -Infinity;
		brandSecond[b] = -Infinity;
	}
	let bestSecond = -Infinity;
	for (let e = from; e < end; e++) {
		const c = contract[e];
		if (hasSibling[c] === 0) continue;
		const b = brandIndex[c];
		const surplus = weight[e] - price[c];
		if (surplus > brandBest[b]) {
			brandSecond[b] = brandBest[b];
			brandBest[b] = surplus;
		} else if (surplus > brandSecond[b]) brandSecond[b] = surplus;
		bestSecond = Math.max(bestSecond, brandSecond[b]);
	}
	return bestSecond;
}
