import { formatInstant } from '#programs/instant.ts';
import type { ColumnSpec, ScenarioContent, TableData, TableSpec } from '#programs/tables.ts';
import { cellAt } from './columns.ts';
import { contentInKeyOrder } from './check-content.ts';
import { contentDigest } from './digest.ts';
import { float32Bytes } from './little-endian.ts';
import type { ProgramTables } from './program-tables.ts';
import {
	APPLICATION_ID,
	createTables,
	FORMAT_VERSION,
	META_COLUMNS,
	META_TABLE,
	quoted,
	SCENARIO_FORMAT,
} from './schema.ts';
import { checkEngine, type Database, type SqlEngine } from './sql-engine.ts';

/**
 * A scenario as the bytes of a SQLite file. The same scenario gives the same bytes, whatever the order of its
 * rows: tables as declared, rows in key order, one transaction. About a second per million rows.
 */
export function writeSqlite(
	content: ScenarioContent,
	program: ProgramTables,
	engine: SqlEngine,
): Uint8Array<ArrayBuffer> {
	checkEngine(engine);
	const ordered = contentInKeyOrder(content, program.tables);
	const database = new engine.Database();
	try {
		database.run(
			'PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF',
		);
		database.run('BEGIN');
		for (const statement of createTables(program.tables)) database.run(statement);
		const meta = [SCENARIO_FORMAT, FORMAT_VERSION, program.id, program.tablesVersion, content.name, content.now, contentDigest(ordered, program.tables)]; // prettier-ignore
		database.run(insertInto(META_TABLE, META_COLUMNS), meta);
		for (const spec of program.tables) insertRows(database, spec, ordered.tables.get(spec.name)!);
		database.run(`PRAGMA application_id=${APPLICATION_ID}`);
		database.run(`PRAGMA user_version=${program.tablesVersion}`);
		database.run('COMMIT');
		return new Uint8Array(database.export());
	} finally {
		database.close();
	}
}

function insertInto(table: string, columns: readonly string[]): string {
	const places = columns.map(() => '?').join(', ');
	return `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES (${places})`;
}

type SqlCell = string | number | Uint8Array | null;

function insertRows(database: Database, spec: TableSpec, table: TableData): void {
	if (table.rowCount === 0) return;
	const statement = database.prepare(
		insertInto(
			spec.name,
			spec.columns.map(({ name }) => name),
		),
	);
	const readers = spec.columns.map((column) => sqlCells(column, table));
	const cells = new Array<SqlCell>(readers.length);
	for (let row = 0; row < table.rowCount; row++) {
		for (let c = 0; c < readers.length; c++) cells[c] = readers[c](row);
		statement.run(cells);
	}
	statement.free();
}

/** Reads the cells of a column as SQLite stores them. */
function sqlCells(spec: ColumnSpec, table: TableData): (row: number) => SqlCell {
	const column = table.columns.get(spec.name)!;
	return (row) => {
		const cell = cellAt(column, row);
		if (cell instanceof Float32Array) return float32Bytes(cell);
		if (typeof cell !== 'number') return cell;
		return spec.kind === 'time' ? formatInstant(cell) : cell + 0;
	};
}
