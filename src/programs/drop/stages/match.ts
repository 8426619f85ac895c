import type { Weights } from '#engine/match/contenders.ts';
import { contractFirst } from '#engine/match/contract-first.ts';
import { greedy } from '#engine/match/greedy.ts';
import { immediate } from '#engine/match/immediate.ts';
import { listGiven } from '#engine/match/list-given.ts';
import type { MatchInput } from '#engine/match/match-input.ts';
import { optimal, type OptimalMatch } from '#engine/match/optimal.ts';
import { residency } from '#engine/match/residency.ts';
import type { DropConfig } from '../levers.ts';

/** What a method gave: a mask over the input's pairs and their list, and with `optimal` its prices and certificate. */
export interface MatchResult {
	readonly isGiven: Uint8Array;
	/** ascending */
	readonly given: Uint32Array;
	readonly optimum: OptimalMatch | null;
}

/** Stage 5, second half. Runs the method; `weights` are the objective's, for `optimal` only. */
export function match(
	input: MatchInput,
	method: DropConfig['matching']['method'],
	weights: Weights,
): MatchResult {
	if (method === 'optimal') {
		const optimum = optimal(input, weights);
		return { isGiven: optimum.isGiven, given: listGiven(optimum.isGiven), optimum };
	}
	const isGiven = METHODS[method](input);
	return { isGiven, given: listGiven(isGiven), optimum: null };
}

const METHODS = { residency, 'contract-first': contractFirst, immediate, greedy };
