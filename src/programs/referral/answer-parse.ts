import { inputError } from '../input-error.ts';
import { exportEdition, exportEditionText } from './export.ts';
import { readEditionsText, type EditionSet } from './read-editions.ts';
import { plainActions } from './rule-fields.ts';
import { baseOf, type Edition } from './rules.ts';

/** What a list of editions reads as, from its text: editions come with the text that export writes. */
export function answerText(text: string): unknown {
	const set = parseText(text);
	if (set === null)
		throw inputError('editionsText', 'invalid set: it must be a JSON list of editions', 'case.input', {
			path: ['editionsText'],
		});
	return { ...answerParse(set), exportedTexts: set.editions.map(exportEditionText) };
}

function parseText(text: string): EditionSet | null {
	try {
		return readEditionsText(text);
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}

/** What a list of editions reads as (spec section 9), in the form of the line protocol. */
export function answerParse({ accepted, editions, indexes, rejected, issues, notices }: EditionSet) {
	const described = editions.map((edition, i) => ({ index: indexes[i], ...describeEdition(edition), ...whole('exported', exportEdition(edition)) })); // prettier-ignore
	const lost = described
		.filter((edition) => !('exported' in edition))
		.map(({ index }) => ({
			code: 'edition.number-lost',
			message: `edition ${index} has a number too large for this protocol; send the set as editionsText`,
		}));
	return {
		accepted,
		editions: described,
		rejected: rejected.map(({ index, raw }) => ({ index, ...whole('raw', raw) })),
		issues: issues.map(({ code, path, message }) => ({ code, path, message })),
		notices: [...notices, ...lost],
	};
}

/** A field with its value, or none where JSON would turn a number of it, such as 1e400, into null. */
export function whole(name: string, value: unknown): Record<string, unknown> {
	let isWhole = true;
	JSON.stringify(value, (_, part: unknown) => {
		if (typeof part === 'number' && !Number.isFinite(part)) isWhole = false;
		return part;
	});
	return isWhole ? { [name]: value } : {};
}

function describeEdition(edition: Edition): Record<string, unknown> {
	const { slug, displayName } = edition;
	const isKnown = edition.kind === 'known';
	const type = isKnown
		? { dataModelType: edition.rules.dataModelType }
		: { originalDataModelType: edition.originalDataModelType };
	return {
		slug,
		displayName,
		recognized: isKnown,
		runnable: isKnown,
		...type,
		...pickBase(edition),
		...(isKnown ? { adminActions: plainActions(edition.rules.adminActions) } : {}),
	};
}

function pickBase(edition: Edition) {
	const { startTime, endTime, subregistryId, rulesUrl, areAwardsDistributed } = baseOf(edition);
	return { startTime, endTime, subregistryId, rulesUrl, areAwardsDistributed };
}
