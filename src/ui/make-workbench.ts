import { version } from '$app/env';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';
import { fetchShipped, listShipped } from './scenario-library.ts';
import { openWorkStore } from './work-store.ts';
import { Workbench } from './workbench.svelte.ts';

/** The workbench of the page, on real workers and this browser's storage. */
export function makeWorkbench(): Workbench {
	// a worker may fetch nothing, so the page hands these bytes to each
	const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
	const makeRunner = () => new Runner(makeRunnerWorker, wasm);
	return new Workbench({
		runner: makeRunner(),
		scout: makeRunner(),
		makeRunner,
		store: openWorkStore(),
		listShipped,
		fetchShipped,
		version,
	});
}
