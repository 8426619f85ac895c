import { inputError } from '#programs/input-error.ts';
import type { Notice } from '#programs/report.ts';
import type { ColumnSpec, ScenarioContent, TableSpec } from '#programs/tables.ts';
import { checkContent } from './check-content.ts';
import { isTextual } from './columns.ts';
import { contentDigest } from './digest.ts';
import { LIMITS } from './limits.ts';
import { tablesOfVersion, upgradeContent } from './migrate.ts';
import { collectProblems, shown, type Problems } from './problems.ts';
import type { FindProgram } from './program-tables.ts';
import { readMeta } from './scenario-meta.ts';
import { META_COLUMNS, META_TABLE, quoted } from './schema.ts';
import type { SqlEngine } from './sql-engine.ts';
import { checkSqliteHeader } from './sqlite-header.ts';
import { readSqlite, type SqlCell, type SqliteReader } from './sqlite-reader.ts';
import { takeTable, type TakenTable } from './table-intake.ts';

/** A scenario that was read from a file, and what is worth knowing about the file. */
export interface ReadScenario {
	readonly content: ScenarioContent;
	readonly notices: readonly Notice[];
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
): ReadScenario {
	const headerVersion = checkSqliteHeader(bytes, file);
	const reader = readSqlite(bytes, file, engine);
	try {
		return readScenario(reader, headerVersion, file, find);
	} finally {
		reader.close();
	}
}

function readScenario(
	reader: SqliteReader,
	headerVersion: number,
	file: string,
	find: FindProgram,
): ReadScenario {
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
		if (isTable(spec.name)) taken.push(readTable(reader, spec, at, problems, notices));
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
	const content = checkContent(meta, taken, problems);
	if (contentDigest(content, specs) !== digest) {
		notices.push({
			code: 'import.digest',
			message: `${file} was changed outside this program, or damaged; it is opened as a copy`,
		});
	}
	notices.push(...leftBehind(objects, specs, file));
	const upgraded = upgradeContent(content, program, tablesVersion);
	return { content: upgraded.content, notices: [...notices, ...upgraded.notices] };
}

interface SchemaObject {
	readonly type: string;
	readonly name: string;
	/** an ordinary table: no view, and none that a module makes up */
	readonly isTable: boolean;
}

function listObjects(reader: SqliteReader, file: string): SchemaObject[] {
	const most = LIMITS.schemaObjects;
	const rows = reader.all(`SELECT type, substr(name, 1, 200), rootpage FROM sqlite_schema LIMIT ${most + 1}`);
	if (rows.length > most) {
		throw inputError(
			file,
			`invalid schema: more than ${most} tables, views and the like; export it again`,
			'import.size',
		);
	}
	return rows.map(([type, name, page]) => ({
		type: String(type),
		name: String(name),
		isTable: type === 'table' && typeof page === 'number' && page > 0,
	}));
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

interface FoundColumn {
	readonly name: string;
	/** kept in the file, not made up by an expression */
	readonly isStored: boolean;
}

function tableColumns(reader: SqliteReader, table: string): FoundColumn[] {
	const rows = reader.all(`SELECT name, hidden FROM pragma_table_xinfo(${textLiteral(table)})`);
	return rows.map(([name, hidden]) => ({ name: String(name), isStored: hidden === 0 }));
}

function textLiteral(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}

/** SQLite's own look at the pages: of the whole file, or where strange things are in it, of the tables read. */
function checkPages(
	reader: SqliteReader,
	objects: readonly SchemaObject[],
	specs: readonly TableSpec[],
	file: string,
): void {
	const known = new Set([META_TABLE, ...specs.map(({ name }) => name)]);
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

function readTable(
	reader: SqliteReader,
	spec: TableSpec,
	at: string,
	problems: Problems,
	notices: Notice[],
): TakenTable {
	const found = tableColumns(reader, spec.name);
	const stored = new Set(found.filter(({ isStored }) => isStored).map(({ name }) => name));
	const present = spec.columns.filter(({ name }) => stored.has(name));
	const extra = found
		.filter(({ name }) => !spec.columns.some((column) => column.name === name))
		.map(({ name }) => name);
	if (extra.length > 0) notices.push(unknownColumns(`${at}`, extra));

	const place = (row: number) => `${at}, row ${row + 1}`;
	const intake = takeTable(
		spec,
		present.map(({ name }) => name),
		'sqlite',
		problems,
		place,
		at,
	);
	if (present.length === spec.columns.length || present.length > 0) {
		const unsafe = unsafeColumns(reader, spec.name, present);
		if (unsafe.size === 0) {
			reader.each(
				`SELECT ${present.map(({ name }) => `t.${quoted(name)}`).join(', ')} FROM ${quoted(spec.name)} AS t`,
				intake.take,
			);
		} else readCarefully(reader, spec.name, present, unsafe, intake.take);
	}
	return intake.finish();
}

/** A notice that names columns of a file that the program does not have. */
export function unknownColumns(at: string, names: readonly string[]): Notice {
	const shownNames = names.slice(0, 20).map(shown).join(', ');
	const more = names.length > 20 ? ` and ${names.length - 20} more` : '';
	return {
		code: 'import.unknown-column',
		message: `${at}: unknown columns ${shownNames}${more} were left out; they change nothing`,
	};
}

const LONGEST_TEXT = 4 * LIMITS.jsonLength;
const LONGEST_BLOB = 4 * LIMITS.vectorLength;

/**
 * Columns that must not be read as they are: with text that is not plain ASCII, which the script that joins
 * SQLite to us would decode without a check and only up to a NUL, or with values of excessive length.
 */
function unsafeColumns(reader: SqliteReader, table: string, columns: readonly ColumnSpec[]): Set<string> {
	const beyondAscii = "'*[^' || char(1) || '-' || char(127) || ']*'";
	const tests = columns.map((column) => {
		const name = `t.${quoted(column.name)}`;
		const isLong = `(typeof(${name}) = 'text' AND octet_length(${name}) > ${LONGEST_TEXT}) OR (typeof(${name}) = 'blob' AND octet_length(${name}) > ${LONGEST_BLOB})`;
		if (!isTextual(column) && column.kind !== 'time') return isLong;
		return `typeof(${name}) = 'blob' OR (typeof(${name}) = 'text' AND (octet_length(${name}) > 1000 OR octet_length(${name}) <> length(${name}) OR ${name} GLOB ${beyondAscii}))`;
	});
	const [row] = reader.all(
		`SELECT ${tests.map((test) => `total(${test})`).join(', ')} FROM ${quoted(table)} AS t`,
	);
	return new Set(columns.filter((_, c) => row[c] !== 0).map(({ name }) => name));
}

/** Reads unsafe columns as bytes beside their type, cut to what may be, and decodes them by the letter. */
function readCarefully(
	reader: SqliteReader,
	table: string,
	columns: readonly ColumnSpec[],
	unsafe: ReadonlySet<string>,
	take: (raw: readonly SqlCell[]) => void,
): void {
	const selected = columns.flatMap(({ name }) => {
		const column = `t.${quoted(name)}`;
		if (!unsafe.has(name)) return [column];
		const cut = `substr(CAST(${column} AS BLOB), 1, iif(typeof(${column}) = 'text', ${LONGEST_TEXT}, ${LONGEST_BLOB}) + 4)`;
		return [`iif(typeof(${column}) IN ('text', 'blob'), ${cut}, ${column})`, `typeof(${column})`];
	});
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	reader.each(`SELECT ${selected.join(', ')} FROM ${quoted(table)} AS t`, (row) => {
		let at = 0;
		const raw = columns.map(({ name }): SqlCell => {
			const cell = row[at++];
			if (!unsafe.has(name)) return cell;
			const type = row[at++];
			if (type !== 'text' && type !== 'blob') return cell;
			// what is cut of nothing comes as null
			const bytes = cell instanceof Uint8Array ? cell : new Uint8Array(0);
			return type === 'text' ? decoded(decoder, bytes) : bytes;
		});
		take(raw);
	});
}

/** Text of bytes, or the bytes themselves when they are no UTF-8: no column of text takes them. */
function decoded(decoder: TextDecoder, bytes: Uint8Array): SqlCell {
	try {
		return decoder.decode(bytes);
	} catch {
		return bytes;
	}
}

function leftBehind(objects: readonly SchemaObject[], specs: readonly TableSpec[], file: string): Notice[] {
	const known = new Set([META_TABLE, ...specs.map(({ name }) => name)]);
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
