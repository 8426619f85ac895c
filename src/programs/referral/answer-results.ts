import { inputError } from '../input-error.ts';
import { whole } from './answer-parse.ts';
import { exportResultText, readResultsText, type ResultSet } from './read-results.ts';

/** What a list of results reads as, from its text: they come with the text that export writes. */
export function answerResultsText(text: string): unknown {
	const set = parseText(text);
	if (set === null)
		throw inputError('resultsText', 'invalid results: it must be a JSON list of results', 'case.input', {
			path: ['resultsText'],
		});
	return { ...answerResults(set), exportedTexts: set.results.map(exportResultText) };
}

function parseText(text: string): ResultSet | null {
	try {
		return readResultsText(text);
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}

/** What a list of results reads as (spec section 9.1), in the form of the line protocol. */
export function answerResults({ results, indexes, rejected, issues, notices }: ResultSet) {
	return {
		accepted: issues.length === 0,
		results: results.map(({ model, writtenType, status, accurateAsOf, page, original }, i) => ({
			index: indexes[i],
			recognized: model !== null,
			...(model === null ? { originalDataModelType: writtenType } : { dataModelType: model }),
			status,
			accurateAsOf,
			pageContext: page,
			...whole('exported', original),
		})),
		rejected: rejected.map(({ index, raw }) => ({ index, ...whole('raw', raw) })),
		issues: issues.map(({ code, path, message }) => ({ code, path, message })),
		notices,
	};
}
