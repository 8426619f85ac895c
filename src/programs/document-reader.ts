import { InputError } from './input-error.ts';
import type { Notice } from './report.ts';
import type { ScenarioContent } from './tables.ts';

/** Something a document does not say itself and nobody may guess, such as what its numbers mean. */
export interface ImportQuestion {
	readonly id: string;
	readonly title: string;
	readonly choices: readonly { readonly value: string; readonly title: string }[];
}

/** Answers to import questions: the value of a choice by the question's id. */
export type ImportAnswers = Readonly<Record<string, string>>;

/** Reads documents of another format, such as a recording of the live system, as scenarios of a program. */
export interface DocumentReader {
	/** what such a document is called */
	readonly title: string;
	/** each must be answered before `read` */
	readonly questions: readonly ImportQuestion[];
	/** Is this parsed document, or the tables of a folder by file name with text cells, of this format? */
	accepts(document: unknown): boolean;
	/**
	 * Throws `InputError` with every problem found. `text` is what the document was parsed from, null for a folder's
	 * tables; `name` is for the scenario.
	 */
	read(
		document: unknown,
		text: string | null,
		name: string,
		answers: ImportAnswers,
	): { readonly content: ScenarioContent; readonly notices: readonly Notice[] };
}

/** A document that cannot be read before its questions are answered. */
export class UnansweredError extends InputError {
	readonly questions: readonly ImportQuestion[];

	constructor(at: string, questions: readonly ImportQuestion[]) {
		super(
			questions.map(({ id, title, choices }) => ({
				at,
				message: `missing answer: ${title} must be ${choices.map((choice) => `${choice.value} (${choice.title})`).join(' or ')}; answer ${id}`,
				code: 'import.question',
			})),
		);
		this.questions = questions;
	}
}
