import { found } from '../input-error.ts';
import type { Notice } from '../report.ts';
import { itemSpans } from './json-members.ts';
import type { EditionIssue } from './read-edition.ts';
import { readEntries, readInteger } from './rule-fields.ts';
import type { ModelType } from './rules.ts';
import { readTypeName } from './vocabulary.ts';

/** A place among pages, as far as a result tells it; null for what it does not. */
export interface ResultPage {
	readonly page: number | null;
	readonly recordsPerPage: number | null;
	readonly totalRecords: number | null;
	readonly totalPages: number | null;
}

/**
 * A result that another program computed: a page of a leaderboard, or what one referrer has. It is kept and shown by
 * what all results have in common, and nothing in it is looked at that depends on its model (spec section 9.1).
 */
export interface ImportedResult {
	/** null for a type we do not know */
	readonly model: ModelType | null;
	/** the type as written */
	readonly writtenType: string;
	readonly status: string | null;
	/** Unix seconds */
	readonly accurateAsOf: number | null;
	readonly page: ResultPage | null;
	/** the result as it came */
	readonly original: unknown;
	/** its text, where there is one */
	readonly source: string | null;
}

/** What a list of results gave. */
export interface ResultSet {
	readonly results: readonly ImportedResult[];
	/** where each of them stood in the list */
	readonly indexes: readonly number[];
	/** the set-aside ones */
	readonly rejected: readonly { readonly index: number; readonly raw: unknown }[];
	readonly issues: readonly EditionIssue[];
	/** common fields that could not be read; the result is kept all the same */
	readonly notices: readonly Notice[];
}

/**
 * Reads a list of results. Never throws: one that is no object, or names no type, is set aside with an issue, and
 * the others are kept. Cost: linear.
 */
export function readResults(list: readonly unknown[], sources: readonly (string | null)[] = []): ResultSet {
	const results: ImportedResult[] = [];
	const indexes: number[] = [];
	const rejected: { index: number; raw: unknown }[] = [];
	const issues: EditionIssue[] = [];
	const notices: Notice[] = [];
	for (const [index, raw] of list.entries()) {
		const read = readResult(raw, index, sources[index] ?? null, issues, notices);
		if (read === null) rejected.push({ index, raw });
		else {
			results.push(read);
			indexes.push(index);
		}
	}
	return { results, indexes, rejected, issues, notices };
}

/** As `readResults`, from the text of a JSON list, null for what is no list; throws `SyntaxError` on what is not JSON. */
export function readResultsText(text: string): ResultSet | null {
	const list: unknown = JSON.parse(text);
	if (!Array.isArray(list)) return null;
	return readResults(
		list,
		itemSpans(text).map(({ start, end }) => text.slice(start, end)),
	);
}

/** The text of a result, to the last character as it came where it came as text. */
export function exportResultText({ original, source }: ImportedResult): string {
	return source ?? JSON.stringify(original);
}

function readResult(
	raw: unknown,
	index: number,
	source: string | null,
	issues: EditionIssue[],
	notices: Notice[],
): ImportedResult | null {
	const entries = readEntries(raw);
	if (entries === null) {
		const message = `invalid result: ${found(raw)}; must be an object with dataModelType`;
		issues.push({ code: 'result.not-an-object', path: [index], message });
		return null;
	}
	const { written, model } = readTypeName(entries);
	if (written === null) {
		const message = `missing type: ${found(entries.get('dataModelType'))}; must be a text such as pie-split`;
		issues.push({ code: 'result.dataModelType.missing', path: [index, 'dataModelType'], message });
		return null;
	}
	const common = <T>(name: string, must: string, value: T | null): T | null => {
		if (value === null && (entries.get(name) ?? null) !== null) {
			const message = `result ${index}: ${name} is not ${must}; kept, and not shown`;
			notices.push({ code: 'result.common-unreadable', message });
		}
		return value;
	};
	const status = entries.get('status');
	return {
		model,
		writtenType: written,
		status: common('status', 'a text', typeof status === 'string' ? status : null),
		accurateAsOf: common('accurateAsOf', 'whole Unix seconds', readInteger(entries.get('accurateAsOf'))),
		page: common('pageContext', 'an object', readPage(entries.get('pageContext'))),
		original: raw,
		source,
	};
}

function readPage(value: unknown): ResultPage | null {
	const entries = readEntries(value);
	if (entries === null) return null;
	const count = (name: string) => {
		const number = readInteger(entries.get(name));
		return number === null || number < 0 ? null : number;
	};
	return {
		page: count('page'),
		recordsPerPage: count('recordsPerPage'),
		totalRecords: count('totalRecords'),
		totalPages: count('totalPages'),
	};
}
