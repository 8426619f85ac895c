import { inputError } from '#programs/input-error.ts';
import type { Notice } from '#programs/report.ts';
import type { TableSpec } from '#programs/tables.ts';
import { checkContent } from './check-content.ts';
import type { CsvMapping, FileMapping } from './csv-mapping.ts';
import { FOLDER_META, type Folder } from './folder.ts';
import { tablesOfVersion, upgradeContent } from './migrate.ts';
import type { ReadScenario } from './read-scenario.ts';
import { parseCsv } from './parse-csv.ts';
import { decodeText, parseJson } from './parse-json.ts';
import { collectProblems, shown, type Problems } from './problems.ts';
import type { FindProgram } from './program-tables.ts';
import { readMeta } from './scenario-meta.ts';
import { FORMAT_VERSION, SCENARIO_FORMAT } from './schema.ts';
import { takeTable, type TableIntake, type TakenTable } from './table-intake.ts';
import { findTwins } from './twins.ts';
import { unknownParts } from './unknown-parts.ts';

/** Files that may stand in a scenario's folder and are none of its tables. */
const COMPANIONS = [FOLDER_META, 'expected.json', 'README.md'];

/**
 * Reads a scenario from a folder: `scenario.json` says what it is, and `user.csv` holds table `user`. The
 * first line of a table names its columns, in any order. Throws `InputError` with every problem found, each by
 * file and line; columns and tables the program does not know are left behind with a notice. With a `mapping`,
 * files and columns go by their own names, and `scenario.json` may be missing.
 */
export function readFolder(folder: Folder, find: FindProgram, mapping?: CsvMapping): ReadScenario {
	const problems = collectProblems();
	const notices: Notice[] = [];
	const { meta, program, tablesVersion } = readMeta(
		folderMeta(folder, find, mapping),
		(field) => `${FOLDER_META}, ${field}`,
		find,
		problems,
	);
	const specs = tablesOfVersion(program, tablesVersion, `${FOLDER_META}, tablesVersion`);
	const taken = specs.map((spec) => {
		const from = mapping?.files.find(({ table }) => table === spec.name);
		const file = mapping ? (from?.file ?? '') : `${spec.name}.csv`;
		return readTable(folder.get(file), file || spec.name, spec, problems, notices, from?.columns);
	});
	const content = checkContent(meta, taken, problems, notices);
	const read = mapping?.files.map(({ file }) => file) ?? specs.map((spec) => `${spec.name}.csv`);
	const known = new Set([...COMPANIONS, ...read]);
	const extra = [...folder.keys()].filter((name) => !known.has(name) && !name.startsWith('.'));
	if (extra.length > 0) notices.push(unknownParts('folder', 'file', extra));
	notices.push(...findTwins(content, specs));
	const upgraded = upgradeContent(content, program, tablesVersion);
	return { content: upgraded.content, notices: [...notices, ...upgraded.notices] };
}

/** `scenario.json` of a folder, parsed. Throws `InputError` when there is none. */
export function folderDocument(folder: Folder): Readonly<Record<string, unknown>> {
	const bytes = folder.get(FOLDER_META);
	if (bytes === undefined) {
		throw inputError(
			FOLDER_META,
			'missing file; it says which program the tables belong to; add it',
			'import.not-a-scenario',
		);
	}
	const document = parseJson(decodeText(bytes, FOLDER_META), FOLDER_META);
	if (typeof document !== 'object' || document === null || Array.isArray(document)) {
		throw inputError(FOLDER_META, `invalid document: ${shown(document)}; must be an object with format and program`, 'import.not-a-scenario'); // prettier-ignore
	}
	return document as Readonly<Record<string, unknown>>;
}

function folderMeta(folder: Folder, find: FindProgram, mapping: CsvMapping | undefined) {
	const isNamed = mapping === undefined || folder.has(FOLDER_META);
	const document = new Map(Object.entries(isNamed ? folderDocument(folder) : metaOf(mapping, find)));
	return {
		format: document.get('format'),
		version: document.get('version'),
		program: document.get('program'),
		tablesVersion: document.get('tablesVersion'),
		name: document.get('name'),
		now: document.get('now'),
	};
}

/** What a mapping says in place of `scenario.json`. */
function metaOf({ program, name, now }: CsvMapping, find: FindProgram) {
	const tablesVersion = find(program)?.tablesVersion;
	return { format: SCENARIO_FORMAT, version: FORMAT_VERSION, program, tablesVersion, name, now };
}

/**
 * Takes in one table from a CSV file; problems are added by file and line. `columns` says which column of the file
 * stands for which of the table, and without it they go by the table's own names. No bytes are a missing file: an
 * empty table where it may be missing.
 */
export function readTable(
	bytes: Uint8Array | undefined,
	file: string,
	spec: TableSpec,
	problems: Problems,
	notices: Notice[],
	columns?: FileMapping['columns'],
): TakenTable {
	const names = spec.columns.map(({ name }) => name);
	if (bytes === undefined) {
		if (!spec.optional) {
			problems.add(file, `missing table; it holds ${spec.title.toLowerCase()}; add the file with the columns ${names.join(', ')}`, 'import.table-missing'); // prettier-ignore
		}
		return takeTable(spec, names, 'csv', problems, () => file, file).finish();
	}

	const lines: number[] = [];
	const place = (row: number) => `${file}:${lines[row] ?? 1}`;
	let intake: TableIntake | null = null;
	let header: readonly string[] = [];
	parseCsv(decodeText(bytes, file), file, (cells, line) => {
		if (intake === null) {
			header = readHeader(cells, file, spec, problems, notices, columns);
			intake = takeTable(spec, header, 'csv', problems, place, `${file}:1`);
			return;
		}
		if (cells.length !== header.length) {
			const what = cells.length === 1 && cells[0] === '' ? 'an empty line' : `${cells.length} cells`;
			problems.add(`${file}:${line}`, `invalid row: ${what}; must be ${header.length} cells, as in line 1; correct the commas and quotes`, 'import.csv'); // prettier-ignore
			return;
		}
		lines.push(line);
		intake.take(cells);
	});
	if (intake === null) {
		problems.add(
			`${file}:1`,
			`missing header; the first line must name the columns ${names.join(', ')}; add it`,
			'import.csv',
		);
		return takeTable(spec, names, 'csv', problems, place, file).finish();
	}
	return (intake as TableIntake).finish();
}

function readHeader(
	cells: readonly string[],
	file: string,
	spec: TableSpec,
	problems: Problems,
	notices: Notice[],
	columns: FileMapping['columns'] | undefined,
): string[] {
	const seen = new Set<string>();
	for (const name of cells) {
		if (seen.has(name)) {
			problems.add(
				`${file}:1`,
				`duplicate column: ${shown(name)}; each must stand once; take one out`,
				'import.csv',
			);
		}
		seen.add(name);
	}
	// a column of the file that stands for nothing keeps its place under a name that no table has
	const meant = new Map(Object.entries(columns ?? {}).map(([ours, theirs]) => [theirs, ours]));
	const names = columns ? cells.map((name) => meant.get(name) ?? '') : [...cells];
	const unknown = cells.filter((_, c) => !spec.columns.some((column) => column.name === names[c]));
	if (unknown.length > 0) notices.push(unknownParts(file, 'column', unknown));
	return names;
}
