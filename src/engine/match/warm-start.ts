import type { Contenders, Weights } from './contenders.ts';
import { leastLoss } from './exchange-loss.ts';
import type { MatchInput } from './match-input.ts';
import { narrowLists } from './narrow-lists.ts';
import type { Repair, Standing } from './repair.ts';

/**
 * What a run leaves to runs with other seats: its prices and choices, for each user the pairs near her choice, and by how
 * much the choice stands. It is never written to, so that any number of runs may start from one. Its memory is about a
 * sixth of a points matrix of 200 contracts; the columns of the input that it names are kept alive with it.
 */
export interface WarmStart {
	/** What must be the same arrays, and the same quota, for lists and choices to hold: seats may differ. */
	readonly input: MatchInput;
	readonly weights: Weights;
	readonly prices: Float64Array;
	readonly lists: Contenders;
	/** Entries of her list that user u holds: places u · quota …, −1 where a slot is open. */
	readonly held: Int32Array;
	/** Users who hold each contract. */
	readonly demand: Float64Array;
	/** The least that any exchange loses each user at `prices`. */
	readonly margin: Float64Array;
}

/** The warm start of a finished run, with lists that reach so far. O(entries), plus rows of lists that had become short. */
export function keepWarmStart(input: MatchInput, weights: Weights, repair: Repair, reach: number): WarmStart {
	const { quota, demand } = repair;
	const prices = repair.price.slice();
	const { lists, held } = narrowLists(input, weights, repair, prices, reach);
	const margin = new Float64Array(input.userCount);
	for (let u = 0; u < margin.length; u++) {
		margin[u] = leastLoss(lists, held, quota, u, prices, lists.outside[u]);
	}
	return { input, weights, prices, lists, held, demand, margin };
}

/** The same for the input whose pairs, in this order, are those of the warm start. */
export function withPairsOf(
	warm: WarmStart,
	order: Uint32Array,
	input: MatchInput,
	weights: Weights,
): WarmStart {
	const { lists } = warm;
	return { ...warm, input, weights, lists: { ...lists, pair: lists.pair.map((p) => order[p]) } };
}

/** Whether lists and choices of a warm start hold for this problem, whatever its seats. */
export function isWarmFor(warm: WarmStart, input: MatchInput, weights: Weights): boolean {
	const known = warm.input;
	return (
		warm.weights === weights &&
		known.start === input.start &&
		known.contract === input.contract &&
		known.contractBrand === input.contractBrand &&
		known.quota === input.quota
	);
}

/** Lists that a run may write anew, and the choices with their margins, as it starts from them. */
export function borrow(warm: WarmStart): { lists: Contenders; standing: Standing } {
	const { lists, prices, margin } = warm;
	return {
		// the columns are full: what a run adds makes it copy them
		lists: {
			...lists,
			start: lists.start.slice(),
			length: lists.length.slice(),
			outside: lists.outside.slice(),
			stamp: lists.stamp.slice(),
			stamps: lists.stamps.slice(),
		},
		standing: { price: prices, margin: margin.slice() },
	};
}
