import { selectLargest } from '../select.ts';
import { carryOn, stepRatio } from './carry-on.ts';
import { contestedLists } from './contested-lists.ts';
import type { MatchInput } from './match-input.ts';
import { startSweeping, sweepPrices } from './price-sweep.ts';
import type { Sweeping } from './price-sweep.ts';
import { largestFall, spread } from './spread.ts';
import { repairWorth } from './sweep-out.ts';
import type { SweptPrices } from './sweep-out.ts';
import type { WarmStart } from './warm-start.ts';

/** About how many users come within reach of a change for each seat more or less. */
const USERS_PER_SEAT = 6;
const MOST_SWEEPS = 60;

/**
 * Prices after sweeps from a warm start, stopped where repairs cost no more than another sweep; those of the start where
 * few seats are wrong; null where a price falls further than lists reach. Only what is open is swept while prices move apart
 * no further than some bound, which is guessed from the number of seats that are wrong, and widened when prices pass it.
 */
export function warmSweeps(
	input: MatchInput,
	seats: Float64Array,
	warm: WarmStart,
	unit: number,
): SweptPrices | null {
	const { prices, margin } = warm;
	const wrongCount = countWrongSeats(warm, seats);
	let swept: SweptPrices = { price: prices, largestMove: 0 };
	let bound = marginOfPlace(margin, USERS_PER_SEAT * wrongCount);
	for (;;) {
		const { lists, quota, settledDemand } = contestedLists(input, warm, bound);
		// such short lists take twice the time an entry
		const enough = repairWorth(2 * lists.used, seats.length);
		if (wrongCount <= enough) return swept;
		const sweeping = startSweeping(lists, quota, seats, settledDemand);
		const isFar = (price: Float64Array) =>
			spread(price, prices) > bound || largestFall(prices, price) > warm.lists.reach;
		swept = sweepUntil(sweeping, swept.price, unit, enough, bound, isFar);
		if (largestFall(prices, swept.price) > warm.lists.reach) return null;
		const apart = spread(swept.price, prices);
		if (apart <= bound) return swept;
		bound = 4 * apart;
	}
}

/** Users beyond the seats of their contracts, and seats unsold at a price. */
function countWrongSeats({ prices, demand }: WarmStart, seats: Float64Array): number {
	let wrongCount = 0;
	for (let c = 0; c < seats.length; c++) {
		const over = demand[c] - seats[c];
		if (over > 0 || prices[c] > 0) wrongCount += Math.abs(over);
	}
	return wrongCount;
}

/** About the margin below which so many users are, from at most 4096 of them. */
function marginOfPlace(margin: Float64Array, place: number): number {
	const stride = Math.ceil(margin.length / 4096);
	const sample = Float64Array.from(
		{ length: Math.ceil(margin.length / stride) },
		(_, i) => margin[i * stride],
	);
	const fromLeast = Math.ceil(place / stride);
	return fromLeast < sample.length
		? selectLargest(sample, 0, sample.length, sample.length - 1 - fromLeast)
		: Infinity;
}

/** Sweeps until they are worth no more than repairs, or prices are far; no price moves by more than `most` in one. */
function sweepUntil(
	sweeping: Sweeping,
	start: Float64Array,
	unit: number,
	enough: number,
	most: number,
	isFar: (price: Float64Array) => boolean,
): SweptPrices {
	let price = start.slice();
	let next = new Float64Array(price.length);
	const before = price.slice();
	let largestMove = Infinity;
	let imbalanceBefore = Infinity;
	for (let sweep = 0; ; sweep++) {
		const settleMargin = largestMove < 60000 * unit ? 4 * largestMove : 0;
		// nothing is known of bids that users who are not swept make further off
		const window = Math.min(8 * largestMove, most);
		const result = sweepPrices(sweeping, price, next, window, settleMargin);
		largestMove = result.largestMove;
		const isSlow = sweep > 2 && imbalanceBefore - result.imbalance < enough;
		if (result.imbalance <= enough || isSlow || isFar(price) || sweep === MOST_SWEEPS)
			return { price, largestMove };
		imbalanceBefore = result.imbalance;

		// steps that shrink in one direction are carried on to where they lead
		const ratio = stepRatio(before, price, next);
		before.set(price);
		[price, next] = [next, price];
		if (ratio <= 0.3) continue;
		carryOn(price, before, ratio);
		before.set(price);
	}
}
