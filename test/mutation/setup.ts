import { vi } from 'vitest';

const MOST_RUNS = 40;

// a mutant dies of the first failing case: neither many cases nor making one smaller is worth the time. The score
// is then a lower bound: the suite itself tries at least as many cases
vi.mock('fast-check', async (importOriginal) => {
	const original = await importOriginal<typeof import('fast-check')>();
	// the overloads of `assert` differ in what they return only, and that is passed on as it is
	const assert = ((property: never, parameters: { numRuns?: number } = {}) =>
		original.assert(property, {
			...parameters,
			numRuns: Math.min(parameters.numRuns ?? MOST_RUNS, MOST_RUNS),
			endOnFailure: true,
		})) as typeof original.assert;
	return { ...original, assert, default: { ...original.default, assert } };
});
