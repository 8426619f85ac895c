import initSqlJs from 'sql.js';
import type { Database, SqlJsStatic, Statement } from 'sql.js';

/** SQLite, compiled to WebAssembly. After a trap inside it (`isTrap`) it must not be used again. */
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
