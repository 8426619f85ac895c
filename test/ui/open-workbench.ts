import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import type { ScenarioSource } from '#workers/protocol.ts';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';
import type { SharedState } from '#ui/share-link.ts';
import type { WorkStore } from '#ui/work-store.ts';
import { Workbench } from '#ui/workbench.svelte.ts';

const texts = import.meta.glob<string>('/scenarios/drop/two-cities/*', {
	query: '?raw',
	import: 'default',
	eager: true,
});

/** The files of the smallest Drop scenario. */
export function twoCities(): ScenarioSource {
	const files = Object.entries(texts).map(([path, text]) => ({
		name: path.split('/').at(-1) ?? '',
		bytes: new TextEncoder().encode(text),
	}));
	return { kind: 'files', files: files.filter(({ name }) => name !== 'expected.json') };
}

/** A store that lasts as long as the test. */
export function memoryStore(): WorkStore & { readonly sources: Map<string, ScenarioSource> } {
	const sources = new Map<string, ScenarioSource>();
	let work: Awaited<ReturnType<WorkStore['load']>> = null;
	return {
		sources,
		load: () => Promise.resolve(work),
		save: (saved) => {
			work = { work: saved, isPrevious: false };
			return Promise.resolve(null);
		},
		loadSource: (key) => Promise.resolve(sources.get(key) ?? null),
		saveSource: (key, source) => {
			sources.set(key, source);
			return Promise.resolve(null);
		},
		removeSource: (key) => {
			sources.delete(key);
			return Promise.resolve(null);
		},
		listSources: () => Promise.resolve([...sources.keys()]),
	};
}

/** A workbench on real workers with two cities open, or what a link names; `close` ends what it started. */
export async function openWorkbench(store = memoryStore(), link: SharedState | null = null) {
	const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
	const made: Runner[] = [];
	const makeRunner = () => {
		const runner = new Runner(makeRunnerWorker, wasm);
		made.push(runner);
		return runner;
	};
	const entry = { key: 'drop/two-cities', program: 'drop', title: 'Two cities', about: '', files: [], bytes: 70_000 }; // prettier-ignore
	const workbench = new Workbench({
		runner: makeRunner(),
		scout: makeRunner(),
		makeRunner,
		store,
		listShipped: () => Promise.resolve([entry]),
		fetchShipped: () => Promise.resolve(twoCities()),
		version: 'test',
	});
	await workbench.start(link, entry.key);
	return {
		workbench,
		store,
		close: () => {
			for (const runner of made) runner.close();
		},
	};
}
