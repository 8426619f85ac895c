import { inputError } from '#programs/input-error.ts';
import type { Notice } from '#programs/report.ts';
import type { TableSpec } from '#programs/tables.ts';
import { checkContent } from './check-content.ts';
import { FOLDER_META, type Folder } from './folder.ts';
import { tablesOfVersion, upgradeContent } from './migrate.ts';
import type { ReadScenario } from './read-scenario.ts';
import { parseCsv } from './parse-csv.ts';
import { decodeText, parseJson } from './parse-json.ts';
import { collectProblems, shown, type Problems } from './problems.ts';
import type { FindProgram } from './program-tables.ts';
import { readMeta } from './scenario-meta.ts';
import { takeTable, type TableIntake, type TakenTable } from './table-intake.ts';
import { findTwins } from './twins.ts';
import { unknownParts } from './unknown-parts.ts';

/** Files that may stand in a scenario's folder and are none of its tables. */
const COMPANIONS = [FOLDER_META, 'expected.json', 'README.md'];

/**
 * Reads a scenario from a folder: `scenario.json` says what it is, and `user.csv` holds table `user`. The
 * first line of a table names its columns, in any order. Throws `InputError` with every problem found, each by
 * file and line; columns and tables the program does not know are left behind with a notice.
 */
export function readFolder(folder: Folder, find: FindProgram): ReadScenario {
	const problems = collectProblems();
	const notices: Notice[] = [];
	const { meta, program, tablesVersion } = readMeta(
		folderMeta(folder),
		(field) => `${FOLDER_META}, ${field}`,
		find,
		problems,
	);
	const specs = tablesOfVersion(program, tablesVersion, `${FOLDER_META}, tablesVersion`);
	const taken = specs.map((spec) => readTable(folder, spec, problems, notices));
	const content = checkContent(meta, taken, problems);
	const known = new Set([...COMPANIONS, ...specs.map((spec) => `${spec.name}.csv`)]);
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

function folderMeta(folder: Folder) {
	const document = new Map(Object.entries(folderDocument(folder)));
	return {
		format: document.get('format'),
		version: document.get('version'),
		program: document.get('program'),
		tablesVersion: document.get('tablesVersion'),
		name: document.get('name'),
		now: document.get('now'),
	};
}

function readTable(folder: Folder, spec: TableSpec, problems: Problems, notices: Notice[]): TakenTable {
	const file = `${spec.name}.csv`;
	const bytes = folder.get(file);
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
			header = readHeader(cells, file, spec, problems, notices);
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
	const unknown = cells.filter((name) => !spec.columns.some((column) => column.name === name));
	if (unknown.length > 0) notices.push(unknownParts(file, 'column', unknown));
	return [...cells];
}
