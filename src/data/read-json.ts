import { inputError } from '#programs/input-error.ts';
import type { Notice } from '#programs/report.ts';
import type { TableSpec } from '#programs/tables.ts';
import { checkContent } from './check-content.ts';
import { tablesOfVersion, upgradeContent } from './migrate.ts';
import type { ReadScenario } from './read-scenario.ts';
import { decodeText, parseJson } from './parse-json.ts';
import { collectProblems, shown, type Problems } from './problems.ts';
import type { FindProgram } from './program-tables.ts';
import { readMeta } from './scenario-meta.ts';
import { takeTable, type TakenTable } from './table-intake.ts';
import { findTwins } from './twins.ts';
import { unknownParts } from './unknown-parts.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const KNOWN_KEYS = new Set([
	'format',
	'version',
	'program',
	'tablesVersion',
	'name',
	'now',
	'tables',
	'about',
	'config',
	'seed',
]);

/** Reads a scenario from the bytes of an interchange document, as `contentFromDocument` does. */
export function readJson(bytes: Uint8Array, file: string, find: FindProgram): ReadScenario {
	return contentFromDocument(parseJson(decodeText(bytes, file), file), find, file);
}

/**
 * Reads a scenario from an interchange document that is parsed already: `{ format, version, program, name,
 * now, tables: { table: [rows] } }`. Throws `InputError` with every problem found, each by its path in the
 * document; what the program does not know is left behind with a notice. Linear in the number of cells.
 */
export function contentFromDocument(document: unknown, find: FindProgram, file = 'scenario'): ReadScenario {
	if (!isObject(document)) {
		throw inputError(file, `invalid document: ${shown(document)}; must be an object with format, program and tables`, 'import.not-a-scenario'); // prettier-ignore
	}
	const problems = collectProblems();
	const notices: Notice[] = [];
	const raw = { format: own(document, 'format'), version: own(document, 'version'), program: own(document, 'program'), tablesVersion: own(document, 'tablesVersion'), name: own(document, 'name'), now: own(document, 'now') }; // prettier-ignore
	const { meta, program, tablesVersion } = readMeta(raw, (field) => `${file}, ${field}`, find, problems);
	const unknownKeys = Object.keys(document).filter((key) => !KNOWN_KEYS.has(key));
	if (unknownKeys.length > 0) notices.push(unknownParts(file, 'field', unknownKeys));

	const tables = own(document, 'tables');
	if (!isObject(tables)) {
		throw inputError(`${file}, tables`, `${tables === undefined ? 'missing tables' : `invalid tables: ${shown(tables)}`}; must be an object with a list of rows per table`, 'import.table-missing'); // prettier-ignore
	}
	const specs = tablesOfVersion(program, tablesVersion, `${file}, tablesVersion`);
	const taken = specs.map((spec) => takeRows(spec, own(tables, spec.name), file, problems, notices));
	const content = checkContent(meta, taken, problems, notices);
	const extra = Object.keys(tables).filter((name) => !specs.some((spec) => spec.name === name));
	if (extra.length > 0) notices.push(unknownParts(file, 'table', extra));
	notices.push(...findTwins(content, specs));
	const upgraded = upgradeContent(content, program, tablesVersion);
	return { content: upgraded.content, notices: [...notices, ...upgraded.notices] };
}

function takeRows(
	spec: TableSpec,
	rows: unknown,
	file: string,
	problems: Problems,
	notices: Notice[],
): TakenTable {
	const at = `${file}, tables.${spec.name}`;
	const names = spec.columns.map(({ name }) => name);
	const intake = takeTable(spec, names, 'json', problems, (row) => `${at}[${row}]`, at);
	if (rows === undefined && spec.optional) return intake.finish();
	if (!Array.isArray(rows)) {
		const what = rows === undefined ? 'missing table' : `invalid table: ${shown(rows)}`;
		problems.add(at, `${what}; it holds ${spec.title.toLowerCase()} as a list of rows; add it, empty if there are none`, 'import.table-missing'); // prettier-ignore
		return intake.finish();
	}

	const known = new Set(names);
	const unknown = new Set<string>();
	const raw = new Array<unknown>(names.length);
	for (let row = 0; row < rows.length; row++) {
		const cells = rows[row] as unknown;
		const isRow = isObject(cells);
		if (!isRow) problems.add(`${at}[${row}]`, `invalid row: ${shown(cells)}; must be an object with a value per column; correct it`, 'import.value'); // prettier-ignore
		for (let c = 0; c < names.length; c++) raw[c] = isRow ? own(cells, names[c]) : undefined;
		if (isRow) {
			for (const key in cells) if (!known.has(key)) unknown.add(key);
			intake.take(raw);
		}
	}
	if (unknown.size > 0) notices.push(unknownParts(at, 'column', [...unknown]));
	return intake.finish();
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own value of a key: never what it inherits. */
function own(object: JsonObject, key: string): unknown {
	return Object.hasOwn(object, key) ? object[key] : undefined;
}
