import { inputError } from '#programs/input-error.ts';
import { UnansweredError, type DocumentReader, type ImportAnswers } from '#programs/document-reader.ts';
import type { Folder } from './folder.ts';
import { parseCsv } from './parse-csv.ts';
import { decodeText } from './parse-json.ts';
import { shown } from './problems.ts';
import type { FindProgram } from './program-tables.ts';
import { contentFromDocument } from './read-json.ts';
import type { ReadScenario } from './read-scenario.ts';
import { writeJson } from './write-json.ts';

/** How documents of other formats are read: the programs' readers, and what a person answered. */
export interface ForeignFormats {
	readonly readers: readonly DocumentReader[];
	readonly answers: ImportAnswers;
}

/** Only files of our own are read. */
export const NO_FOREIGN: ForeignFormats = { readers: [], answers: {} };

/**
 * Reads a document that is no scenario of ours, or null where no reader takes it. Throws `UnansweredError` where
 * a question has no answer yet, `InputError` with every problem found. What a reader gives is checked like any file.
 */
export function readForeign(
	document: unknown,
	text: string | null,
	file: string,
	find: FindProgram,
	{ readers, answers }: ForeignFormats,
): ReadScenario | null {
	const reader = readers.find((each) => each.accepts(document));
	if (reader === undefined) return null;
	const open = reader.questions.filter(
		({ id, choices }) => !choices.some(({ value }) => Object.hasOwn(answers, id) && answers[id] === value),
	);
	if (open.length > 0) throw new UnansweredError(file, open);
	const { content, notices } = reader.read(document, text, file.replace(/\.[^.]*$/, ''), answers);
	const program = find(content.program);
	if (program === undefined) throw new Error(`program ${content.program} was read and is not registered`);
	const checked = contentFromDocument(JSON.parse(writeJson(content, program)), find, file);
	const known = { code: 'import.foreign', message: `${file} was read as ${reader.title}` };
	return { content: checked.content, notices: [known, ...notices, ...checked.notices] };
}

/** The tables of CSV files without a scenario.json, by file name: rows of text cells by the header's names. */
export function csvTables(
	folder: Folder,
): Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> {
	const tables = [...folder].filter(([name]) => /\.csv$/i.test(name));
	return Object.fromEntries(
		tables.map(([name, bytes]) => [name.replace(/\.csv$/i, ''), csvRows(decodeText(bytes, name), name)]),
	);
}

function csvRows(text: string, file: string): readonly Readonly<Record<string, string>>[] {
	let header: readonly string[] | null = null;
	const rows: Readonly<Record<string, string>>[] = [];
	parseCsv(text, file, (cells, line) => {
		if (header === null) {
			header = cells;
			const twice = cells.find((name, c) => cells.indexOf(name) !== c);
			if (twice !== undefined)
				throw inputError(`${file}:1`, `duplicate column: ${shown(twice)}; take one out`, 'import.csv');
			return;
		}
		if (cells.length !== header.length) {
			throw inputError(`${file}:${line}`, `invalid row: ${cells.length} cells; must be ${header.length}, as in line 1; correct the commas and quotes`, 'import.csv'); // prettier-ignore
		}
		rows.push(Object.fromEntries(header.map((name, c) => [name, cells[c]])));
	});
	return rows;
}
