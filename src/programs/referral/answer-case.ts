import { found, inputError } from '../input-error.ts';
import { answerParse, answerText } from './answer-parse.ts';
import { answerRun } from './answer-run.ts';
import { readEditions } from './read-editions.ts';
import { readEntries } from './rule-fields.ts';

/**
 * Answers a case: `{ editions }` is read as a list (spec section 9), `{ editionsText }` as its text, `{ edition, accurateAsOf, events, statusAt?,
 * lookups?, pages? }` is run. Amounts in the answer are digit strings.
 */
export function answerCase(input: unknown): unknown {
	const fields = readEntries(input);
	const [list, text] = [fields?.get('editions'), fields?.get('editionsText')];
	if (Array.isArray(list)) return answerParse(readEditions(list));
	if (typeof text === 'string') return answerText(text);
	if (!fields?.has('edition')) {
		throw inputError(
			'input',
			`invalid case: ${found(input)}; must have editions, or edition and events`,
			'case.input',
		);
	}
	return answerRun(fields);
}
