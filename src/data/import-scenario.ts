import { inputError } from '#programs/input-error.ts';
import type { OnStage } from '#programs/program.ts';
import type { CsvMapping } from './csv-mapping.ts';
import { FOLDER_META, type Folder } from './folder.ts';
import { csvTables, NO_FOREIGN, readForeign, type ForeignFormats } from './foreign-document.ts';
import { openSqlite } from './open-sqlite.ts';
import { decodeText, parseJson } from './parse-json.ts';
import type { FindProgram } from './program-tables.ts';
import { folderDocument, readFolder } from './read-csv.ts';
import type { ReadScenario } from './read-scenario.ts';
import { contentFromDocument } from './read-json.ts';
import { cook, isRecipe, readRecipe } from './recipe.ts';
import type { SqlEngine } from './sql-engine.ts';
import { isSqlite } from './sqlite-header.ts';
import { isZip, unpackZip } from './zip.ts';

/** A scenario from outside, ready to open. */
export interface ImportedScenario extends ReadScenario {
	/** the configuration that came with it, unread; undefined when there is none */
	readonly config: unknown;
	/** what kind of file it was */
	readonly source: 'sqlite' | 'json' | 'csv' | 'recipe' | 'foreign';
}

/**
 * Reads a scenario from the bytes of a file, told apart by how they start: a SQLite database, a zip of CSV
 * files, an interchange document or a recipe in JSON, or what a reader of `foreign` takes. Throws `InputError`
 * with every problem found; then nothing was imported. `file` is the name people know it by.
 */
export function importScenario(
	bytes: Uint8Array,
	file: string,
	find: FindProgram,
	engine: SqlEngine,
	onStage?: OnStage,
	foreign = NO_FOREIGN,
): ImportedScenario {
	if (isSqlite(bytes)) return { ...openSqlite(bytes, file, find, engine), source: 'sqlite' };
	if (isZip(bytes)) return importFolder(unpackZip(bytes, file), find, onStage, foreign);
	if (isJson(bytes)) return importText(decodeText(bytes, file), file, find, onStage, foreign);
	if (/\.csv$/i.test(file) && bytes.length > 0)
		return importFolder(new Map([[file, bytes]]), find, onStage, foreign);
	if (bytes.length === 0)
		throw inputError(file, 'invalid file: it is empty; copy or export it again', 'import.truncated');
	if (/\.(?:sqlite3?|db)$/i.test(file)) {
		throw inputError(file, 'invalid file: not a SQLite database; must be a scenario that dropbench exported', 'import.not-a-database'); // prettier-ignore
	}
	if (/\.zip$/i.test(file))
		throw inputError(file, 'invalid zip file: cut short or damaged; copy or make it again', 'import.zip');
	throw inputError(file, 'unknown file: must be a SQLite scenario, a zip of CSV files, or a scenario or recipe in JSON', 'import.unknown-file'); // prettier-ignore
}

/**
 * Reads a scenario from a folder: CSV files with `scenario.json`, which may also be a recipe or a whole document.
 * CSV files without it may be what a reader of `foreign` takes.
 */
export function importFolder(
	folder: Folder,
	find: FindProgram,
	onStage?: OnStage,
	foreign = NO_FOREIGN,
): ImportedScenario {
	if (!folder.has(FOLDER_META) && foreign.readers.length > 0) {
		const read = readForeign(csvTables(folder), null, [...folder.keys()].join(', '), find, foreign);
		if (read !== null) return { ...read, config: undefined, source: 'foreign' };
	}
	const document = folderDocument(folder);
	if (isRecipe(document) || Object.hasOwn(document, 'tables'))
		return importDocument(document, 'scenario.json', find, onStage);
	return { ...readFolder(folder, find), config: configOf(document), source: 'csv' };
}

/** Reads a scenario from CSV files of other names and columns, as a person said which is which. */
export function importMapped(folder: Folder, mapping: CsvMapping, find: FindProgram): ImportedScenario {
	const config = folder.has(FOLDER_META) ? configOf(folderDocument(folder)) : undefined;
	return { ...readFolder(folder, find, mapping), config, source: 'csv' };
}

function importText(
	text: string,
	file: string,
	find: FindProgram,
	onStage: OnStage | undefined,
	foreign: ForeignFormats,
): ImportedScenario {
	const document = parseJson(text, file);
	const isOurs = typeof document === 'object' && document !== null && Object.hasOwn(document, 'format');
	const read = isOurs ? null : readForeign(document, text, file, find, foreign);
	if (read !== null) return { ...read, config: undefined, source: 'foreign' };
	return importDocument(document, file, find, onStage);
}

function importDocument(
	document: unknown,
	file: string,
	find: FindProgram,
	onStage?: OnStage,
): ImportedScenario {
	const config = configOf(document);
	if (!isRecipe(document)) return { ...contentFromDocument(document, find, file), config, source: 'json' };
	return { content: cook(readRecipe(document, find, file), onStage), notices: [], config, source: 'recipe' };
}

function configOf(document: unknown): unknown {
	return typeof document === 'object' && document !== null && Object.hasOwn(document, 'config') ? (document as { config: unknown }).config : undefined; // prettier-ignore
}

/** Does text start as a JSON document does, after blanks and a byte order mark? */
function isJson(bytes: Uint8Array): boolean {
	let i = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
	while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i++;
	return bytes[i] === 0x7b || bytes[i] === 0x5b;
}
