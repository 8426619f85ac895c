import { contractFirst } from '#engine/match/contract-first.ts';
import { greedy } from '#engine/match/greedy.ts';
import { immediate } from '#engine/match/immediate.ts';
import type { MatchInput } from '#engine/match/match-input.ts';
import { optimal, type OptimalMatch } from '#engine/match/optimal.ts';
import { residency } from '#engine/match/residency.ts';
import type { DropConfig } from '../levers.ts';

/** What a method gave: a mask over the input's pairs, and with `optimal` its prices and certificate. */
export interface MatchResult {
	readonly isGiven: Uint8Array;
	readonly optimum: OptimalMatch | null;
}

/** Stage 5, second half. Runs the method; `weights` are the objective's, for `optimal` only. */
export function match(
	input: MatchInput,
	method: DropConfig['matching']['method'],
	weights: Float64Array,
): MatchResult {
	switch (method) {
		case 'residency':
			return { isGiven: residency(input), optimum: null };
		case 'contract-first':
			return { isGiven: contractFirst(input), optimum: null };
		case 'immediate':
			return { isGiven: immediate(input), optimum: null };
		case 'greedy':
			return { isGiven: greedy(input), optimum: null };
		case 'optimal': {
			const optimum = optimal(input, weights);
			return { isGiven: optimum.isGiven, optimum };
		}
	}
}
