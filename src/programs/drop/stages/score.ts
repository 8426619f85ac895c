import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import type { Pairs } from './eligibility.ts';
import type { Factors } from './factors.ts';

/**
 * What the points of pairs are made of. They are reckoned when somebody asks: a Drop needs those of pairs that are open,
 * often half of all.
 */
export interface Scores {
	readonly pairs: Pairs;
	readonly factors: Factors;
	readonly combine: DropConfig['scoring']['combine'];
	readonly weights: DropConfig['scoring']['weights'];
	/** city of each user, and contracts of the dataset: where a reward factor stands */
	readonly userCity: Uint32Array;
	readonly contractCount: number;
	/** points of every pair once somebody wanted all, or where they are given */
	all: Int32Array | null;
}

/** Stage 3. Scores of every pair by the weighted geometric or arithmetic mean of its factors (spec section 4). */
export function score(
	dataset: DropDataset,
	pairs: Pairs,
	factors: Factors,
	combine: DropConfig['scoring']['combine'],
	weights: DropConfig['scoring']['weights'],
): Scores {
	const userCity = dataset.users.city;
	return {
		pairs,
		factors,
		combine,
		weights,
		userCity,
		contractCount: dataset.contracts.ids.length,
		all: null,
	};
}

/** The same scores but for points, which are given for every pair. */
export function withPoints(scores: Scores, points: Int32Array): Scores {
	return { ...scores, all: points };
}
