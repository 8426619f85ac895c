import { formatInstant } from '#programs/instant.ts';
import type { ColumnSpec, ScenarioContent, TableData, TableSpec } from '#programs/tables.ts';
import { cellAt } from './columns.ts';
import { contentInKeyOrder } from './check-content.ts';
import { contentDigest } from './digest.ts';
import { float32Bytes } from './little-endian.ts';
import type { ProgramTables } from './program-tables.ts';
import { makeRecordEncoder, type RecordValue } from './record-encoder.ts';
import {
	APPLICATION_ID,
	CONFIG_TABLE,
	createConfigTable,
	createTables,
	FORMAT_VERSION,
	META_COLUMNS,
	META_TABLE,
	quoted,
	SCENARIO_FORMAT,
	storageOf,
} from './schema.ts';
import { checkEngine, type Database, type SqlEngine } from './sql-engine.ts';
import { makeTreeBuilder, MOST_LOCAL, PAGE_SIZE, placeTree, type Tree } from './sqlite-tree.ts';

// fewer rows are as fast inserted
const FEWEST_FOR_TREE = 1000;
const PAGE_COUNT_AT = 28;

/**
 * A scenario as the bytes of a SQLite file. The same scenario gives the same bytes, whatever the order of its
 * rows: tables as declared, rows in key order, one transaction. About half a second per million rows. `config` is
 * the configuration that goes with the scenario, undefined for none.
 */
export function writeSqlite(
	content: ScenarioContent,
	program: ProgramTables,
	engine: SqlEngine,
	config?: unknown,
): Uint8Array<ArrayBuffer> {
	checkEngine(engine);
	const ordered = contentInKeyOrder(content, program.tables);
	const digest = contentDigest(ordered, program.tables);
	const meta = [SCENARIO_FORMAT, FORMAT_VERSION, program.id, program.tablesVersion, content.name, content.now, digest]; // prettier-ignore
	const trees = new Map<string, Tree>();
	for (const spec of program.tables) {
		const tree = buildRows(spec, ordered.tables.get(spec.name)!);
		if (tree !== null) trees.set(spec.name, tree);
	}

	const database = new engine.Database();
	try {
		database.run(`PRAGMA page_size=${PAGE_SIZE}`);
		database.run('PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF');
		database.run('BEGIN');
		for (const statement of createTables(program.tables)) database.run(statement);
		database.run(insertInto(META_TABLE, META_COLUMNS), meta);
		if (config !== undefined) {
			database.run(createConfigTable());
			database.run(insertInto(CONFIG_TABLE, ['document']), [JSON.stringify(config)]);
		}
		for (const spec of program.tables) {
			if (!trees.has(spec.name)) insertRows(database, spec, ordered.tables.get(spec.name)!);
		}
		database.run(`PRAGMA application_id=${APPLICATION_ID}`);
		database.run(`PRAGMA user_version=${program.tablesVersion}`);
		database.run('COMMIT');
		const roots = database.exec(`SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'`)[0].values;
		return withTrees(
			database.export(),
			trees,
			new Map(roots.map(([name, page]) => [String(name), Number(page)])),
		);
	} finally {
		database.close();
	}
}

/** A file with the rows of its large tables put in, of which SQLite made only the empty roots. */
function withTrees(
	file: Uint8Array,
	trees: ReadonlyMap<string, Tree>,
	roots: ReadonlyMap<string, number>,
): Uint8Array<ArrayBuffer> {
	const before = file.length / PAGE_SIZE;
	const pageCount = [...trees.values()].reduce((sum, { pages }) => sum + pages.length, before);
	const whole = new Uint8Array(pageCount * PAGE_SIZE);
	whole.set(file);
	let first = before + 1;
	for (const [name, tree] of trees) {
		placeTree(tree, whole, roots.get(name)!, first);
		first += tree.pages.length;
	}
	new DataView(whole.buffer).setUint32(PAGE_COUNT_AT, pageCount);
	return whole;
}

/**
 * The rows of a large table as a tree, or null where SQLite has to insert them: rows in a tree of row ids, rows
 * too long for a page, and keys that it orders in another way. Ten times faster than inserting.
 */
function buildRows(spec: TableSpec, table: TableData): Tree | null {
	const storage = storageOf(spec);
	if (storage === null || !storage.isIndex || table.rowCount < FEWEST_FOR_TREE) return null;
	const columns = storage.columns.map((name) => spec.columns.find((column) => column.name === name)!);
	const readers = columns.map((column) => sqlCells(column, table));
	const encoder = makeRecordEncoder(columns.map(({ kind }) => (kind === 'real' ? 'real' : 'integer')));
	const builder = makeTreeBuilder();
	const cells = new Array<RecordValue>(readers.length);
	for (let row = 0; row < table.rowCount; row++) {
		for (let c = 0; c < readers.length; c++) {
			const cell = readers[c](row);
			if (cell === null && !columns[c].nullable)
				throw new Error(`table ${spec.name} has an empty ${columns[c].name}`);
			cells[c] = cell as RecordValue;
		}
		if (!encoder.encode(cells, spec.key.length, MOST_LOCAL)) return null;
		builder.add(encoder.data, encoder.length);
	}
	return builder.finish();
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
