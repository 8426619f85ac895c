import initSqlJs from 'sql.js';
import type { Database, SqlJsStatic, Statement } from 'sql.js';

/** SQLite, compiled to WebAssembly. Once it `isBroken`, it must not be used again. */
export type SqlEngine = SqlJsStatic;
export type { Database, Statement };

/**
 * Starts SQLite from the bytes of its wasm file, which must be of the same version and build as the script:
 * `sql-wasm-browser.wasm` in a browser, `sql-wasm.wasm` in Node. Nothing is fetched.
 */
export function startSqlEngine(wasm: Uint8Array<ArrayBuffer>): Promise<SqlEngine> {
	const config = {
		wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength),
		useOldExtensionFunctions: false,
	};
	return initSqlJs(config);
}

const broken = new WeakSet<SqlEngine>();

/** Has a hostile file made the engine trap or abort? Its memory is in no known state: start another. */
export function isBroken(engine: SqlEngine): boolean {
	return broken.has(engine);
}

/** Notes what was thrown by the engine: all but its own complaints break it. */
export function noteThrown(engine: SqlEngine, error: unknown): void {
	const isComplaint = error instanceof Error && error.constructor === Error;
	if (!isComplaint) broken.add(engine);
}
