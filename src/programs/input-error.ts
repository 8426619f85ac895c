/** One thing wrong with an input, at one place. */
export interface Issue {
	/** where: a file and line, a table and row, or a path into a document */
	readonly at: string;
	/** lower case: what is wrong, what was found, what would do */
	readonly message: string;
	/** stable code such as `import.value`, for programs that read the message */
	readonly code: string;
}

/** Most issues that one error carries; a file may have a hundred thousand. */
export const MOST_ISSUES = 50;

/** Further facts that the case protocol reports beside code and message. */
export interface CaseFacts {
	readonly path?: string | readonly (string | number)[];
	readonly event?: number | null;
}

/**
 * Input that a person can mend. Everything else that is thrown is a bug and keeps its stack.
 * `issues` holds at least one issue and at most `MOST_ISSUES`; `more` counts those left out.
 */
export class InputError extends Error {
	readonly issues: readonly Issue[];
	readonly more: number;
	readonly facts: CaseFacts;

	constructor(issues: readonly Issue[], facts: CaseFacts = {}) {
		const shown = issues.slice(0, MOST_ISSUES);
		super(shown.map((issue) => `${issue.at}: ${issue.message}`).join('\n'));
		this.name = 'InputError';
		this.issues = shown;
		this.more = issues.length - shown.length;
		this.facts = facts;
	}
}

/** An `InputError` of a single issue. */
export function inputError(at: string, message: string, code: string, facts?: CaseFacts): InputError {
	return new InputError([{ at, message, code }], facts);
}

/** A value as found, for a message: JSON, controls escaped, cut to 80 characters. */
export function found(value: unknown): string {
	let text: string;
	try {
		text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value));
	} catch {
		text = String(value);
	}
	return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
