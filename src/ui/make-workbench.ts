import { version } from '$app/env';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { makeHelperWorkers, makeRunnerWorker, Runner } from '#workers/runner.ts';
import { fetchShipped, listShipped } from './scenario-library.ts';
import { openWorkStore } from './work-store.ts';
import { Workbench } from './workbench.svelte.ts';

/** The workbench of the page, on real workers and this browser's storage. */
export function makeWorkbench(): Workbench {
	// a worker may fetch nothing, so the page hands these bytes to each
	const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
	const makeRunner = () => new Runner(makeRunnerWorker, wasm);
	return new Workbench({
		// only what runs the draft has helpers: questions are answered beside it
		runner: new Runner(makeRunnerWorker, wasm, makeHelperWorkers),
		scout: makeRunner(),
		makeRunner,
		store: openWorkStore(),
		listShipped,
		fetchShipped,
		version,
	});
}
