import fc from 'fast-check';

const MOST_RUNS = 100;

// a mutant dies of the first failing case: neither many cases nor making one smaller is worth the time. The score
// is then a lower bound: the suite itself tries at least as many cases
const assert = ((property: never, parameters: { numRuns?: number } = {}) =>
	fc.assert(property, {
		...parameters,
		numRuns: Math.min(parameters.numRuns ?? MOST_RUNS, MOST_RUNS),
		endOnFailure: true,
	})) as typeof fc.assert;

/** fast-check with few cases a property. */
export default { ...fc, assert };
