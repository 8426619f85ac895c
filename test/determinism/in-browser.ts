import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';
import { configOfRow, titleOfRow, type HashRow } from './hash-row.ts';
import table from './hashes.json?raw';

/** The rows of hashes.json, and the files of the scenarios they name. */
export const rows = JSON.parse(table) as readonly HashRow[];

const texts = import.meta.glob<string>(['/scenarios/*/*/*', '!/scenarios/drop/national/*'], {
	query: '?raw',
	import: 'default',
	eager: true,
});

function filesOf(scenario: string): { name: string; bytes: Uint8Array }[] {
	const folder = `/scenarios/${scenario}/`;
	return Object.entries(texts)
		.filter(([path]) => path.startsWith(folder) && !path.endsWith('/expected.json'))
		.map(([path, text]) => ({ name: path.slice(folder.length), bytes: new TextEncoder().encode(text) }));
}

/** Runs a scenario's rows in a worker of its own; rows with another hash come back as `title: hash`. */
export async function differences(scenario: string, own: readonly HashRow[]): Promise<string[]> {
	const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
	const runner = new Runner(makeRunnerWorker, wasm);
	try {
		const opened = await runner.open({ kind: 'files', files: filesOf(scenario) }, [], () => undefined);
		if (!opened.ok) throw new Error(opened.issues[0].message);
		const different: string[] = [];
		for (const row of own) {
			const config = configOfRow(opened.value.production, row);
			const run = await runner.run({ config, baseline: null }, () => undefined);
			if (!run.ok) throw new Error(run.issues[0].message);
			const { outcomeHash } = run.value.report;
			if (outcomeHash !== row.outcomeHash) different.push(`${titleOfRow(row)}: ${outcomeHash}`);
		}
		return different;
	} finally {
		runner.close();
	}
}
