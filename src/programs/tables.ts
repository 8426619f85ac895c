/**
 * What a program says of its tables, and the columns it gets. From these declarations the data layer makes
 * SQL, reads and writes CSV and JSON, and checks every value; a program knows none of that.
 */

export type ColumnKind =
	/** non-empty text of at most 128 UTF-8 bytes */
	| 'id'
	/** any text */
	| 'text'
	/** a whole number, exact below 2^53 */
	| 'integer'
	/** a finite double */
	| 'real'
	| 'boolean'
	/** a point in time; ISO 8601 UTC text in files, epoch milliseconds in memory */
	| 'time'
	/** a JSON document, kept as its text */
	| 'json'
	/** a packed vector of float32, little-endian in files */
	| 'vector';

export interface ColumnSpec {
	readonly name: string;
	readonly kind: ColumnKind;
	/** may a cell be empty? default no */
	readonly nullable?: boolean;
	/** table whose `id` the cell must name */
	readonly references?: string;
	/** allowed range of a number, ends included */
	readonly min?: number;
	readonly max?: number;
	/** allowed words of a text */
	readonly values?: readonly string[];
	/** what an absent column means; without it the column must be there (nullable ones are empty) */
	readonly fallback?: string | number | boolean;
	/** one line for people who make such a file */
	readonly help: string;
}

export interface TableSpec {
	readonly name: string;
	readonly title: string;
	readonly columns: readonly ColumnSpec[];
	/** columns that together name a row; no two rows agree on all of them */
	readonly key: readonly string[];
	/** may a file give a row twice? it says nothing more then, and is taken once; the key is the whole row */
	readonly isSet?: boolean;
	/** may the table be missing from a file? then it is empty */
	readonly optional?: boolean;
	/** checks between cells of one row, in words and as SQL over its columns */
	readonly checks?: readonly RowCheck[];
}

export interface RowCheck {
	/** what must hold, for the message: "ends_at must be after starts_at" */
	readonly rule: string;
	/** column blamed when it does not */
	readonly column: string;
	/** whether it holds; cells as in `Cell` */
	holds(row: Readonly<Record<string, Cell>>): boolean;
}

/** One cell as a program or a checker sees it: times in epoch milliseconds, booleans as 0 and 1. */
export type Cell = string | number | Float32Array | null;

/** Packed vectors of a column: row r is `data.subarray(start[r], start[r + 1])`. */
export interface VectorColumn {
	readonly data: Float32Array;
	readonly start: Uint32Array;
}

/** A column in memory: numbers, times and booleans with NaN for none; text with null for none; or vectors. */
export type Column = Float64Array | readonly (string | null)[] | VectorColumn;

/** A table in memory, as columns of equal length. Rows may be in any order. */
export interface TableData {
	readonly rowCount: number;
	readonly columns: ReadonlyMap<string, Column>;
}

/** A scenario as a program gets it: every declared table is there, each with every declared column. */
export interface ScenarioContent {
	readonly program: string;
	readonly name: string;
	/** the as-of time, ISO 8601 UTC; empty where the program has none */
	readonly now: string;
	readonly tables: ReadonlyMap<string, TableData>;
}

/** How a scenario of an older version of a program's tables becomes one of the next. */
export interface TablesMigration {
	/** the version it starts from; it leads to the one after */
	readonly from: number;
	/** the tables as they were in that version */
	readonly tables: readonly TableSpec[];
	/** a new scenario with the tables of the next version; the old one stays as it is */
	upgrade(content: ScenarioContent): ScenarioContent;
}

/** The numbers of a column; a bug when the column is of another kind. */
export function numbers(table: TableData, column: string): Float64Array {
	const data = table.columns.get(column);
	if (!(data instanceof Float64Array)) throw new Error(`column ${column} holds no numbers`);
	return data;
}

/** The text of a column; a bug when the column is of another kind. */
export function texts(table: TableData, column: string): readonly (string | null)[] {
	const data = table.columns.get(column);
	if (!Array.isArray(data)) throw new Error(`column ${column} holds no text`);
	return data as readonly (string | null)[];
}

/** The ids of a column that is never empty. */
export function ids(table: TableData, column: string): readonly string[] {
	return texts(table, column) as readonly string[];
}

/** The vectors of a column; a bug when the column is of another kind. */
export function vectors(table: TableData, column: string): VectorColumn {
	const data = table.columns.get(column);
	if (data === undefined || data instanceof Float64Array || Array.isArray(data)) {
		throw new Error(`column ${column} holds no vectors`);
	}
	return data as VectorColumn;
}

/** The table of that name; a bug when the program never declared it. */
export function tableOf(content: ScenarioContent, name: string): TableData {
	const table = content.tables.get(name);
	if (!table) throw new Error(`table ${name} was not read`);
	return table;
}
