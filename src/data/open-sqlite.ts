import { inputError } from '#programs/input-error.ts';
import type { Notice } from '#programs/report.ts';
import type { TableSpec } from '#programs/tables.ts';
import { checkContent } from './check-content.ts';
import { contentDigest } from './digest.ts';
import { LIMITS } from './limits.ts';
import { tablesOfVersion, upgradeContent } from './migrate.ts';
import { parseJson } from './parse-json.ts';
import { collectProblems, shown, type Problems } from './problems.ts';
import type { FindProgram } from './program-tables.ts';
import type { ReadScenario } from './read-scenario.ts';
import { readMeta } from './scenario-meta.ts';
import { CONFIG_TABLE, META_COLUMNS, META_TABLE, quoted } from './schema.ts';
import type { SqlEngine } from './sql-engine.ts';
import { checkSqliteHeader } from './sqlite-header.ts';
import { readSqlite, type SqliteReader } from './sqlite-reader.ts';
import { listObjects, readTable, tableColumns, type SchemaObject } from './sqlite-tables.ts';
import { takeTable, type TakenTable } from './table-intake.ts';
import { findTwins } from './twins.ts';

/** A scenario from a SQLite file, and the configuration that came with it, unread; undefined when there is none. */
export interface SqliteScenario extends ReadScenario {
	readonly config: unknown;
}

/**
 * Reads a scenario from the bytes of a SQLite file from outside. The file is evidence, not a database: its
 * header is checked by hand, only ordinary tables are read, only by the columns a program declares, and every
 * cell is checked. Views, triggers and what the program does not know are left behind with a notice. Throws
 * `InputError` with every problem found, and never in the words of SQLite. A hostile file may leave `engine`
 * broken: end its thread afterwards. About a second and a half per million rows of three ids and a number.
 */
export function openSqlite(
	bytes: Uint8Array,
	file: string,
	find: FindProgram,
	engine: SqlEngine,
): SqliteScenario {
	const headerVersion = checkSqliteHeader(bytes, file);
	const reader = readSqlite(bytes, file, engine);
	try {
		return readScenario(reader, bytes, headerVersion, file, find);
	} finally {
		reader.close();
	}
}

function readScenario(
	reader: SqliteReader,
	bytes: Uint8Array,
	headerVersion: number,
	file: string,
	find: FindProgram,
): SqliteScenario {
	const problems = collectProblems();
	const notices: Notice[] = [];
	const objects = listObjects(reader, file);
	const isTable = (name: string) => objects.some((object) => object.name === name && object.isTable);
	if (!isTable(META_TABLE)) {
		throw inputError(file, `missing table: ${META_TABLE}; must be a scenario that dropbench exported`, 'import.not-a-scenario'); // prettier-ignore
	}

	const metaAt = (field: string) => `${file}, table ${META_TABLE}, ${field}`;
	const { raw, digest } = readMetaRow(reader, file);
	const { meta, program, tablesVersion } = readMeta(raw, metaAt, find, problems);
	if (tablesVersion !== headerVersion) {
		throw inputError(file, `mismatched versions: ${headerVersion} in the header, ${tablesVersion} in table ${META_TABLE}; export the file again`, 'import.version'); // prettier-ignore
	}
	const specs = tablesOfVersion(program, tablesVersion, metaAt('tables_version'));
	checkPages(reader, objects, specs, file);

	const taken: TakenTable[] = [];
	for (const spec of specs) {
		const at = `${file}, table ${spec.name}`;
		if (isTable(spec.name))
			taken.push(
				readTable(
					reader,
					bytes,
					objects.find(({ name }) => name === spec.name)!,
					spec,
					at,
					problems,
					notices,
				),
			);
		else if (spec.optional && !objects.some(({ name }) => name === spec.name))
			taken.push(noRows(spec, at, problems));
		else {
			const what = objects.some(({ name }) => name === spec.name)
				? 'invalid table: not an ordinary table'
				: 'missing table';
			problems.add(at, `${what}; it holds ${spec.title.toLowerCase()}; add it or export the file again`, 'import.table-missing'); // prettier-ignore
			taken.push(noRows({ ...spec, optional: true }, at, problems));
		}
	}
	const content = checkContent(meta, taken, problems, notices);
	if (contentDigest(content, specs) !== digest) {
		notices.push({
			code: 'import.digest',
			message: `${file} was changed outside this program, or damaged; it is opened as a copy`,
		});
	}
	notices.push(...leftBehind(objects, specs, file));
	notices.push(...findTwins(content, specs));
	const upgraded = upgradeContent(content, program, tablesVersion);
	const config = isTable(CONFIG_TABLE) ? readConfigRow(reader, file) : undefined;
	return { content: upgraded.content, notices: [...notices, ...upgraded.notices], config };
}

function readMetaRow(reader: SqliteReader, file: string) {
	const found = new Set(
		tableColumns(reader, META_TABLE)
			.filter(({ isStored }) => isStored)
			.map(({ name }) => name),
	);
	const missing = META_COLUMNS.filter((name) => !found.has(name));
	if (missing.length > 0) {
		throw inputError(`${file}, table ${META_TABLE}`, `missing column: ${missing.join(', ')}; export the file again`, 'import.column-missing'); // prettier-ignore
	}
	const columns = META_COLUMNS.map(
		(name) => `iif(octet_length(t.${quoted(name)}) > 1000, NULL, t.${quoted(name)})`,
	);
	const rows = reader.all(`SELECT ${columns.join(', ')} FROM ${quoted(META_TABLE)} AS t LIMIT 2`);
	if (rows.length !== 1) {
		throw inputError(`${file}, table ${META_TABLE}`, `invalid table: ${rows.length === 0 ? 'no row' : 'several rows'}; must have one; export the file again`, 'import.not-a-scenario'); // prettier-ignore
	}
	const [format, version, program, tablesVersion, name, now, digest] = rows[0];
	return { raw: { format, version, program, tablesVersion, name, now }, digest };
}

function readConfigRow(reader: SqliteReader, file: string): unknown {
	const at = `${file}, table ${CONFIG_TABLE}`;
	const found = tableColumns(reader, CONFIG_TABLE).some(
		({ name, isStored }) => name === 'document' && isStored,
	);
	if (!found)
		throw inputError(at, 'missing column: document; export the file again', 'import.column-missing');
	const rows = reader.all(
		`SELECT iif(octet_length(t."document") > ${LIMITS.jsonLength}, NULL, t."document") FROM ${quoted(CONFIG_TABLE)} AS t LIMIT 2`,
	);
	const [document] = rows[0] ?? [];
	if (rows.length !== 1 || typeof document !== 'string') {
		throw inputError(at, `invalid table: must have one row, a JSON document of at most ${LIMITS.jsonLength} bytes; export the file again`, 'import.value'); // prettier-ignore
	}
	return parseJson(document, at);
}

/** SQLite's own look at the pages: of the whole file, or where strange things are in it, of the tables read. */
function checkPages(
	reader: SqliteReader,
	objects: readonly SchemaObject[],
	specs: readonly TableSpec[],
	file: string,
): void {
	const known = new Set<string>([META_TABLE, CONFIG_TABLE, ...specs.map(({ name }) => name)]);
	const isWhole = objects.every(
		({ name, type, isTable }) => (isTable && known.has(name)) || type === 'index',
	);
	const ours = objects
		.filter(({ name, isTable }) => isTable && known.has(name))
		.map(({ name }) => quoted(name));
	for (const argument of isWhole ? ['1'] : ours) {
		const [first] = reader.all(`PRAGMA quick_check(${argument})`);
		if (first?.[0] === 'ok') continue;
		throw inputError(
			file,
			'invalid file: the database is damaged; copy or export it again',
			'import.damaged',
		);
	}
}

function noRows(spec: TableSpec, at: string, problems: Problems): TakenTable {
	const names = spec.columns.map(({ name }) => name);
	return takeTable(spec, names, 'sqlite', problems, () => at, at).finish();
}

function leftBehind(objects: readonly SchemaObject[], specs: readonly TableSpec[], file: string): Notice[] {
	const known = new Set<string>([META_TABLE, CONFIG_TABLE, ...specs.map(({ name }) => name)]);
	const extra = objects.filter(
		({ name, type }) =>
			type !== 'index' && !name.startsWith('sqlite_') && !(type === 'table' && known.has(name)),
	);
	if (extra.length === 0) return [];
	const names = extra
		.slice(0, 20)
		.map(({ type, name }) => `${type} ${shown(name)}`)
		.join(', ');
	const more = extra.length > 20 ? ` and ${extra.length - 20} more` : '';
	return [
		{
			code: 'import.left-behind',
			message: `${file}: ${names}${more} were left behind; only this program’s tables are read`,
		},
	];
}
