import { startSweeping, sweepPrices } from './price-sweep.ts';
import type { Contenders } from './contenders.ts';

/** Prices after sweeps, and the largest change of one in the last sweep. */
export interface SweptPrices {
	readonly price: Float64Array;
	readonly largestMove: number;
}

/** Up to how many wrong seats shortest paths mend no dearer than one more sweep over so many entries. */
export function repairWorth(entryCount: number, contractCount: number): number {
	return Math.max(16, (8 * entryCount) / (contractCount * contractCount));
}

/** Prices after sweeps over all users' lists, stopped where repairs cost no more than another sweep. */
export function sweepOut(
	lists: Contenders,
	quota: number,
	seats: Float64Array,
	start: Float64Array,
	unit: number,
): SweptPrices {
	const sweeping = startSweeping(lists, new Uint16Array(lists.users.length).fill(quota), seats);
	const enough = repairWorth(lists.used, seats.length);
	let price = start.slice();
	let next = new Float64Array(price.length);
	let largestMove = Infinity;
	let imbalanceBefore = Infinity;
	for (let sweep = 0; ; sweep++) {
		// what still moves little lets users settle whose choice stands by more
		const settleMargin = largestMove < 60000 * unit ? 8 * largestMove : 0;
		const result = sweepPrices(sweeping, price, next, 8 * largestMove, settleMargin);
		largestMove = result.largestMove;
		const isSlow = sweep > 2 && imbalanceBefore - result.imbalance < enough;
		if (result.imbalance <= enough || isSlow || sweep === 60) return { price, largestMove };
		[price, next] = [next, price];
		imbalanceBefore = result.imbalance;
	}
}
