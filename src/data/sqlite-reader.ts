import { inputError } from '#programs/input-error.ts';
import { checkEngine, noteThrown, type Database, type SqlEngine } from './sql-engine.ts';

/** One cell as SQLite gives it. */
export type SqlCell = string | number | Uint8Array | null;

/** Looks into a database from outside, without trust. */
export interface SqliteReader {
	/** Calls `take` with each row of a query, a list of its own. */
	each(sql: string, take: (row: readonly SqlCell[]) => void): void;
	/** All rows of a query that gives few. */
	all(sql: string): (readonly SqlCell[])[];
	close(): void;
}

// beside the file itself, which is not held on SQLite's heap
const HEAP_BYTES = 268_435_456;
const ROWS_PER_LOOK_AT_CLOCK = 1024;
const LEAST_DEADLINE_MS = 10_000;
const BYTES_PER_MS = 10_000;

/**
 * Opens a copy of the bytes with little memory, no trust in its schema and no writing. Whatever SQLite then
 * says becomes an `InputError` in plain words, and so does a query that gives rows for longer than ten seconds
 * (more for large files). A single step that never ends is for the owner of the thread to stop.
 */
export function readSqlite(bytes: Uint8Array, file: string, engine: SqlEngine): SqliteReader {
	checkEngine(engine);
	const deadlineMs = performance.now() + LEAST_DEADLINE_MS + bytes.length / BYTES_PER_MS;
	const guard = <T>(call: () => T): T => {
		try {
			return call();
		} catch (error) {
			noteThrown(engine, error);
			throw inputError(file, 'invalid file: the database is damaged, or needs more memory than is allowed; copy or export it again', 'import.damaged'); // prettier-ignore
		}
	};

	let database: Database | null = null;
	const each: SqliteReader['each'] = (sql, take) => {
		const statement = guard(() => database!.prepare(sql));
		for (let count = 1; guard(() => statement.step()); count++) {
			take(guard(() => statement.get()));
			if (count % ROWS_PER_LOOK_AT_CLOCK === 0 && performance.now() > deadlineMs) {
				throw inputError(file, 'invalid file: reading it takes too long; export it again', 'import.deadline');
			}
		}
		guard(() => statement.free());
	};
	const close = () => {
		try {
			database?.close();
		} catch {
			// a broken engine cannot close, and is not used again
		}
	};

	try {
		database = guard(() => new engine.Database(bytes));
		const limits = [`hard_heap_limit=${HEAP_BYTES}`, 'trusted_schema=OFF', 'cell_size_check=ON', 'ignore_check_constraints=ON', 'query_only=ON']; // prettier-ignore
		for (const limit of limits) guard(() => database!.run(`PRAGMA ${limit}`));
	} catch (error) {
		close();
		throw error;
	}
	return {
		each,
		all(sql) {
			const rows: (readonly SqlCell[])[] = [];
			each(sql, (row) => rows.push(row));
			return rows;
		},
		close,
	};
}
