import { measure } from './measure.ts';
import { readScenario } from './read-scenario.ts';
import { resultOf } from './result.ts';
import { simulate } from './simulate.ts';

/**
 * Answers a case of the line protocol: a scenario of spec section 10 in, the result of section 11 out. A
 * scenario that must not run throws `InputError` with the code of section 10.
 */
export function answerCase(input: unknown): unknown {
	const { dataset, rules } = readScenario(input);
	const outcome = simulate(dataset, rules);
	return resultOf(outcome, measure(outcome));
}
