import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { startSqlEngine, type SqlEngine } from '#data/sql-engine.ts';

const wasm = readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'));

/** SQLite for tests: each call starts a new one. */
export function freshEngine(): Promise<SqlEngine> {
	return startSqlEngine(new Uint8Array(wasm));
}
