import type { ColumnSpec, TableSpec } from '#programs/tables.ts';
import { LIMITS } from './limits.ts';

/** Marks our files in their header: "DRPB". */
export const APPLICATION_ID = 0x44525042;

/** Version of what surrounds the tables: the table `scenario` and how kinds of columns are stored. */
export const FORMAT_VERSION = 1;

/** The name that interchange documents and files go by. */
export const SCENARIO_FORMAT = 'dropbench-scenario';

/** Holds one row: what a scenario says of itself. */
export const META_TABLE = 'scenario';

export const META_COLUMNS = [
	'format',
	'version',
	'program',
	'tables_version',
	'name',
	'now',
	'digest',
] as const;

/** Holds one row where the scenario brings a configuration: its JSON document. Absent otherwise. */
export const CONFIG_TABLE = 'scenario_configuration';

/** A name as SQL. */
export function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The statements that make the tables of a scenario: STRICT, with checks and foreign keys. Keys become the
 * primary key without a row id, save where a row holds a vector: such rows are too long for that.
 */
export function createTables(specs: readonly TableSpec[]): string[] {
	const meta = `CREATE TABLE ${quoted(META_TABLE)} (
	"format" TEXT NOT NULL CHECK ("format" = '${SCENARIO_FORMAT}'),
	"version" INTEGER NOT NULL,
	"program" TEXT NOT NULL,
	"tables_version" INTEGER NOT NULL,
	"name" TEXT NOT NULL,
	"now" TEXT NOT NULL,
	"digest" TEXT NOT NULL
) STRICT`;
	return [meta, ...specs.map(createTable)];
}

/** The statement that makes the table of the configuration. */
export function createConfigTable(): string {
	return `CREATE TABLE ${quoted(CONFIG_TABLE)} ("document" TEXT NOT NULL CHECK (json_valid("document"))) STRICT`;
}

/** The statement that makes a table. */
export function createTable(spec: TableSpec): string {
	const lines = spec.columns.map((column) => `\t${createColumn(column)}`);
	if (hasPrimaryKey(spec)) lines.push(`\tPRIMARY KEY (${spec.key.map(quoted).join(', ')})`);
	const options = isWithoutRowId(spec) ? 'STRICT, WITHOUT ROWID' : 'STRICT';
	return `CREATE TABLE ${quoted(spec.name)} (\n${lines.join(',\n')}\n) ${options}`;
}

function hasPrimaryKey(spec: TableSpec): boolean {
	const isKeyWhole = spec.columns.every(({ name, nullable }) => !nullable || !spec.key.includes(name));
	return spec.key.length > 0 && isKeyWhole;
}

function isWithoutRowId(spec: TableSpec): boolean {
	return hasPrimaryKey(spec) && !spec.columns.some(({ kind }) => kind === 'vector');
}

/** How the rows of a table made by `createTable` lie in the pages of a file. */
export interface Storage {
	/** columns in the order they are stored */
	readonly columns: readonly string[];
	/** are the rows in a tree of keys, not of row ids? */
	readonly isIndex: boolean;
}

/** The storage of a table, or null where the file keeps a column elsewhere than in its rows. */
export function storageOf(spec: TableSpec): Storage | null {
	const names = spec.columns.map(({ name }) => name);
	if (isWithoutRowId(spec))
		return { columns: [...spec.key, ...names.filter((name) => !spec.key.includes(name))], isIndex: true };
	// a lone whole-number key is the row id itself
	const isRowId = spec.key.length === 1 && spec.columns.some((column) => column.name === spec.key[0] && storageType(column) === 'INTEGER'); // prettier-ignore
	return isRowId ? null : { columns: names, isIndex: false };
}

function createColumn(column: ColumnSpec): string {
	const parts = [quoted(column.name), storageType(column)];
	if (!column.nullable) parts.push('NOT NULL');
	const check = columnCheck(column);
	if (check !== null) parts.push(`CHECK (${check})`);
	if (column.references !== undefined) {
		// deferred, so that a row may name a later row of its own table
		parts.push(`REFERENCES ${quoted(column.references)} ("id") DEFERRABLE INITIALLY DEFERRED`);
	}
	return parts.join(' ');
}

function storageType(column: ColumnSpec): 'TEXT' | 'INTEGER' | 'REAL' | 'BLOB' {
	switch (column.kind) {
		case 'id':
		case 'text':
		case 'time':
		case 'json':
			return 'TEXT';
		case 'integer':
		case 'boolean':
			return 'INTEGER';
		case 'real':
			return 'REAL';
		case 'vector':
			return 'BLOB';
	}
}

/** The condition a cell must meet, beside its type; empty cells pass any. */
function columnCheck(column: ColumnSpec): string | null {
	const name = quoted(column.name);
	switch (column.kind) {
		case 'id':
			return `length(CAST(${name} AS BLOB)) BETWEEN 1 AND ${LIMITS.idBytes}`;
		case 'text':
			return column.values ? `${name} IN (${column.values.map(textLiteral).join(', ')})` : null;
		case 'boolean':
			return `${name} IN (0, 1)`;
		case 'time':
			return `${name} GLOB '????-??-??T??:??:??*Z'`;
		case 'json':
			return `json_valid(${name})`;
		case 'vector':
			return `length(CAST(${name} AS BLOB)) > 0 AND length(CAST(${name} AS BLOB)) % 4 = 0`;
		case 'integer':
		case 'real': {
			const bounds: string[] = [];
			if (column.min !== undefined) bounds.push(`${name} >= ${column.min}`);
			if (column.max !== undefined) bounds.push(`${name} <= ${column.max}`);
			return bounds.length > 0 ? bounds.join(' AND ') : null;
		}
	}
}

function textLiteral(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
