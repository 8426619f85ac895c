import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { startSqlEngine, type SqlEngine } from '#data/sql-engine.ts';

const wasm = readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'));

/** SQLite for tests, the same one for all tests of a file. */
export function startEngine(): Promise<SqlEngine> {
	return startSqlEngine(wasmBytes());
}

/** A copy of the wasm file of SQLite. */
export function wasmBytes(): Uint8Array<ArrayBuffer> {
	return new Uint8Array(wasm);
}
