import initSqlJs from 'sql.js';
import type { Database, SqlJsStatic, Statement } from 'sql.js';

/** SQLite, compiled to WebAssembly; one per thread. Once it `isBroken`, the thread must be ended. */
export type SqlEngine = SqlJsStatic;
export type { Database, Statement };

/**
 * Starts SQLite from the bytes of its wasm file, which must be of the same version and build as the script:
 * `sql-wasm-browser.wasm` in a browser, `sql-wasm.wasm` in Node. Nothing is fetched. Later calls in the same
 * thread give the same engine.
 */
export function startSqlEngine(wasm: Uint8Array<ArrayBuffer>): Promise<SqlEngine> {
	const config = {
		wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength),
		useOldExtensionFunctions: false,
	};
	return initSqlJs(config);
}

const broken = new WeakSet<SqlEngine>();

/** Has a hostile file made the engine trap or abort? Its memory is in no known state, and a thread has no other. */
export function isBroken(engine: SqlEngine): boolean {
	return broken.has(engine);
}

/** Throws when the engine is broken: not as a fault of the input, so that the thread's owner ends it. */
export function checkEngine(engine: SqlEngine): void {
	if (isBroken(engine)) throw new Error('SQLite was broken by an earlier file: a new thread is needed');
}

/** Notes what was thrown by the engine: all but its own complaints break it. */
export function noteThrown(engine: SqlEngine, error: unknown): void {
	const isComplaint = error instanceof Error && error.constructor === Error;
	if (!isComplaint) broken.add(engine);
}
