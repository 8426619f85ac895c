import { found, inputError } from '../input-error.ts';
import { answerParse, answerText } from './answer-parse.ts';
import { answerRun } from './answer-run.ts';
import { answerResults, answerResultsText } from './answer-results.ts';
import { readEditions } from './read-editions.ts';
import { readResults } from './read-results.ts';
import { readEntries } from './rule-fields.ts';

/**
 * Answers a case: `{ editions }` is read as a list (spec section 9), `{ editionsText }` as its text, `{ results }` and
 * `{ resultsText }` are results of other programs (section 9.1), `{ edition, accurateAsOf, events, statusAt?, lookups?, pages? }` is run. Amounts
 * in the answer are digit strings.
 */
export function answerCase(input: unknown): unknown {
	const fields = readEntries(input);
	const [list, text] = [fields?.get('editions'), fields?.get('editionsText')];
	if (Array.isArray(list)) return answerParse(readEditions(list));
	if (typeof text === 'string') return answerText(text);
	const [results, resultsText] = [fields?.get('results'), fields?.get('resultsText')];
	if (Array.isArray(results)) return answerResults(readResults(results));
	if (typeof resultsText === 'string') return answerResultsText(resultsText);
	if (!fields?.has('edition')) {
		throw inputError(
			'input',
			`invalid case: ${found(input)}; must have editions, results, or edition and events`,
			'case.input',
		);
	}
	return answerRun(fields);
}
