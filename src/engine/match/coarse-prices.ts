import { carryOn, stepRatio } from './carry-on.ts';
import { listContenders } from './contenders.ts';
import type { Weights } from './contenders.ts';
import type { MatchInput } from './match-input.ts';
import { startSweeping, sweepPrices } from './price-sweep.ts';
import type { Sweeping } from './price-sweep.ts';
import { spread } from './spread.ts';

/** Prices near the optimal ones, and how far they may still be off. */
export interface CoarsePrices {
	readonly price: Float64Array;
	readonly offBy: number;
}

/**
 * Prices from nested samples of the users, each with its share of the seats: a sample of a few users a contract from
 * whole rows, then larger ones on the lists that the prices before leave. A small city gets zeros. Whatever comes out is only a
 * start: the answer does not depend on it. `unit` is 2^−24 of the largest weight.
 */
export function coarsePrices(
	input: MatchInput,
	weights: Weights,
	seats: Float64Array,
	unit: number,
): CoarsePrices {
	const { userCount, contractCount } = input;
	const quota = Math.min(input.quota, contractCount);
	let price = new Float64Array(contractCount);
	let offBy = 4194304 * unit;

	for (const [round, size] of sampleSizes(userCount, contractCount).entries()) {
		const users = sampleUsers(userCount, size);
		const isFirst = round === 0;
		const lists = isFirst
			? listContenders(input, weights, users, price, Infinity, contractCount)
			: listContenders(input, weights, users, price, Math.ceil(Math.min(offBy, 2097152 * unit)), 32);
		const shareOfSeats = seats.map((count) =>
			count === 0 ? 0 : Math.max(1, Math.round((count * users.length) / userCount)),
		);
		const before = price;
		price = settlePrices(
			startSweeping(lists, new Uint16Array(users.length).fill(quota), shareOfSeats),
			price,
			20000 * unit,
		);
		// a larger sample errs less: about half of what prices just moved
		offBy = isFirst ? 2097152 * unit : 0.6 * spread(price, before);
	}
	return { price, offBy };
}

/**
 * Sweeps until prices move less than `enough`. Where the steps shrink slowly and in one direction, every third sweep
 * they are carried on to where they lead.
 */
function settlePrices(sweeping: Sweeping, start: Float64Array, enough: number): Float64Array<ArrayBuffer> {
	const contractCount = start.length;
	let price = start.slice();
	let next = new Float64Array(contractCount);
	const before = price.slice();
	let window = Infinity;

	for (let sweep = 0; sweep < 60; sweep++) {
		const { largestMove } = sweepPrices(sweeping, price, next, window, 0);
		window = 4 * largestMove;

		// this step against the one before
		const ratio = stepRatio(before, price, next);
		let twoStepMove = 0;
		for (let c = 0; c < contractCount; c++)
			twoStepMove = Math.max(twoStepMove, Math.abs(next[c] - before[c]));
		before.set(price);
		[price, next] = [next, price];
		if (sweep > 0 && (twoStepMove < enough || largestMove < enough)) break;
		if (sweep % 3 !== 2 || ratio <= 0.5) continue;

		carryOn(price, before, ratio);
		before.set(price);
	}
	return price;
}

/** Enough users that an average contract has several seats, then a sixth of the city, with one step between. */
function sampleSizes(userCount: number, contractCount: number): number[] {
	const small = Math.max(400, 3 * contractCount);
	const large = userCount / 6;
	if (userCount < 3 * small) return [];
	if (large < 3 * small) return [small];
	return large < 12 * small ? [small, large] : [small, Math.sqrt(small * large), large];
}

/** About `size` users, spread over the city. */
function sampleUsers(userCount: number, size: number): Uint32Array {
	const stride = Math.max(1, Math.floor(userCount / size));
	return Uint32Array.from(
		{ length: Math.floor(userCount / stride) },
		(_, i) => i * stride + ((i * 7919) % stride),
	);
}
