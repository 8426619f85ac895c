import { inputError, InputError } from '#programs/input-error.ts';
import { shown } from './problems.ts';
import { checkEngine, noteThrown, type SqlEngine, type Statement } from './sql-engine.ts';
import type { SqlCell } from './sqlite-reader.ts';

/** What a query gave. */
export interface ConsoleResult {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly (string | number | null)[])[];
	/** were there more rows, or more text, than are given? */
	readonly isCut: boolean;
}

const MOST_ROWS = 10_000;
const MOST_CHARACTERS = 1_000_000;
const MOST_SQL = 20_000;
const ALLOWED = new Set(['SELECT', 'WITH', 'VALUES', 'EXPLAIN']);
const HEAP_BYTES = 268_435_456;

/**
 * Runs one read-only query on a copy of a scenario's SQLite bytes: a single SELECT, WITH, VALUES or EXPLAIN,
 * with writing switched off, at most 10 000 rows and a million characters. Throws `InputError` for anything
 * else. SQLite cannot be interrupted: the owner of the thread ends it when a query takes too long.
 */
export function queryScenario(bytes: Uint8Array, sql: string, engine: SqlEngine): ConsoleResult {
	if (sql.length > MOST_SQL)
		throw refusal(`invalid query: ${sql.length} characters; must be at most ${MOST_SQL}; shorten it`);
	const word = /^[A-Za-z]*/.exec(withoutComments(sql))?.[0].toUpperCase() ?? '';
	if (!ALLOWED.has(word)) {
		throw refusal(
			`invalid query: it starts with ${shown(word)}; must be one SELECT, WITH, VALUES or EXPLAIN; the console only reads`,
		);
	}
	checkEngine(engine);
	const database = new engine.Database(bytes);
	try {
		for (const limit of [`hard_heap_limit=${HEAP_BYTES}`, 'trusted_schema=OFF', 'query_only=ON'])
			database.run(`PRAGMA ${limit}`);
		let result: ConsoleResult | null = null;
		for (const statement of database.iterateStatements(sql)) {
			if (result !== null)
				throw refusal('invalid query: several statements; must be one; run them one by one');
			result = collectRows(statement);
		}
		return result!;
	} catch (error) {
		if (error instanceof InputError) throw error;
		noteThrown(engine, error);
		throw refusal(`invalid query: ${sqlComplaint(error)}; correct it and run it again`);
	} finally {
		database.close();
	}
}

function refusal(message: string): InputError {
	return inputError('query', message, 'console.query');
}

/** SQL from its first word on. */
function withoutComments(sql: string): string {
	let rest = sql.trimStart();
	for (;;) {
		const end = rest.startsWith('--')
			? rest.indexOf('\n')
			: rest.startsWith('/*')
				? rest.indexOf('*/', 2)
				: null;
		if (end === null) return rest;
		if (end < 0) return '';
		rest = rest.slice(end + (rest.startsWith('--') ? 1 : 2)).trimStart();
	}
}

function collectRows(statement: Statement): ConsoleResult {
	const rows: (string | number | null)[][] = [];
	let characters = 0;
	while (statement.step()) {
		if (rows.length === MOST_ROWS) return { columns: statement.getColumnNames(), rows, isCut: true };
		const row = (statement.get() as SqlCell[]).map((cell) =>
			cell instanceof Uint8Array ? `(${cell.length} bytes)` : cell,
		);
		for (const cell of row) characters += typeof cell === 'string' ? cell.length : 8;
		if (characters > MOST_CHARACTERS) return { columns: statement.getColumnNames(), rows, isCut: true };
		rows.push(row);
	}
	return { columns: statement.getColumnNames(), rows, isCut: false };
}

/** SQLite's complaint about a query, which its author can read; anything else it says is left out. */
function sqlComplaint(error: unknown): string {
	const text = error instanceof Error ? error.message : '';
	const isAboutQuery = /^(?:near |no such |ambiguous |incomplete |unrecognized |misuse |wrong number |attempt to write|a GROUP|aggregate|row value|sub-select|SELECTs|all VALUES|circular|table |duplicate |unknown |ORDER BY|\d)/.test(text); // prettier-ignore
	return isAboutQuery ? text.slice(0, 200) : 'it cannot be run, or needs more memory than is allowed';
}
