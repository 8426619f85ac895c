import { inputError } from '#programs/input-error.ts';
import type { Notice } from '#programs/report.ts';
import type { TableSpec } from '#programs/tables.ts';
import { LIMITS } from './limits.ts';
import type { Problems } from './problems.ts';
import { createTable, quoted, storageOf } from './schema.ts';
import { DamagedPages, readPages } from './sqlite-pages.ts';
import type { SqlCell, SqliteReader } from './sqlite-reader.ts';
import { takeTable, type TakenTable } from './table-intake.ts';
import { unknownParts } from './unknown-parts.ts';

/** A table, view, index or trigger of a database. */
export interface SchemaObject {
	readonly type: string;
	readonly name: string;
	/** an ordinary table: no view, and none that a module makes up */
	readonly isTable: boolean;
	/** first page of its rows */
	readonly page: number;
	/** the statement that made it */
	readonly sql: string;
}

/** What a database holds. Throws `InputError` when that is absurdly much. */
export function listObjects(reader: SqliteReader, file: string): SchemaObject[] {
	const most = LIMITS.schemaObjects;
	const rows = reader.all(
		`SELECT type, substr(name, 1, 200), rootpage, substr(sql, 1, 100000) FROM sqlite_schema LIMIT ${most + 1}`,
	);
	if (rows.length > most) {
		throw inputError(
			file,
			`invalid schema: more than ${most} tables, views and the like; export it again`,
			'import.size',
		);
	}
	return rows.map(([type, name, page, sql]) => ({
		type: String(type),
		name: String(name),
		isTable: type === 'table' && typeof page === 'number' && page > 0,
		page: Number(page),
		sql: String(sql),
	}));
}

/** A column as a file has it. */
export interface FoundColumn {
	readonly name: string;
	/** kept in the file, not made up by an expression */
	readonly isStored: boolean;
}

/** The columns of a table. */
export function tableColumns(reader: SqliteReader, table: string): FoundColumn[] {
	const rows = reader.all(`SELECT name, hidden FROM pragma_table_xinfo(${textLiteral(table)})`);
	return rows.map(([name, hidden]) => ({ name: String(name), isStored: hidden === 0 }));
}

function textLiteral(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Takes in a table. One that is ours to the letter is read straight from the pages; any other by a query for
 * the columns that are there. Columns the program does not have are left out with a notice.
 */
export function readTable(
	reader: SqliteReader,
	bytes: Uint8Array,
	object: SchemaObject,
	spec: TableSpec,
	at: string,
	problems: Problems,
	notices: Notice[],
): TakenTable {
	const place = (row: number) => `${at}, row ${row + 1}`;
	const storage = object.sql === createTable(spec) ? storageOf(spec) : null;
	if (storage !== null) {
		const intake = takeTable(spec, storage.columns, 'sqlite', problems, place, at);
		try {
			readPages(bytes, object.page, storage.isIndex, storage.columns.length, intake.take);
		} catch (error) {
			if (!(error instanceof DamagedPages)) throw error;
			throw inputError(
				at,
				'invalid table: its pages are damaged; copy or export the file again',
				'import.damaged',
			);
		}
		return intake.finish();
	}

	const found = tableColumns(reader, spec.name);
	const stored = new Set(found.filter(({ isStored }) => isStored).map(({ name }) => name));
	const present = spec.columns.map(({ name }) => name).filter((name) => stored.has(name));
	const declared = new Set(spec.columns.map(({ name }) => name));
	const extra = found.map(({ name }) => name).filter((name) => !declared.has(name));
	if (extra.length > 0) notices.push(unknownParts(at, 'column', extra));
	const intake = takeTable(spec, present, 'sqlite', problems, place, at);
	if (present.length > 0) queryRows(reader, spec.name, present, intake.take);
	return intake.finish();
}

const LONGEST_TEXT = 4 * LIMITS.jsonLength;
const LONGEST_BLOB = 4 * LIMITS.vectorLength;

/**
 * Reads columns by a query. Text comes as bytes beside its type, cut to what may be, and is decoded by the
 * letter: the script that joins SQLite to us would decode it without a check, and only up to a NUL.
 */
function queryRows(
	reader: SqliteReader,
	table: string,
	columns: readonly string[],
	take: (raw: readonly SqlCell[]) => void,
): void {
	const selected = columns.map((name) => {
		const column = `t.${quoted(name)}`;
		const cut = `substr(CAST(${column} AS BLOB), 1, iif(typeof(${column}) = 'text', ${LONGEST_TEXT}, ${LONGEST_BLOB}) + 4)`;
		return `typeof(${column}), iif(typeof(${column}) IN ('text', 'blob'), ${cut}, ${column})`;
	});
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	reader.each(`SELECT ${selected.join(', ')} FROM ${quoted(table)} AS t`, (row) => {
		const raw = columns.map((_, c): SqlCell => {
			const [type, cell] = [row[2 * c], row[2 * c + 1]];
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
