import { describe, expect, it } from 'vitest';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';
import { configOfRow, titleOfRow, type HashRow } from './hash-row.ts';
import table from './hashes.json?raw';

const rows = JSON.parse(table) as readonly HashRow[];
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
async function differences(scenario: string, own: readonly HashRow[]): Promise<string[]> {
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

describe('the table of outcome hashes', () => {
	const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];

	it.each(scenarios)('holds for %s in a browser’s worker', { timeout: 120_000 }, async (scenario) => {
		const own = rows.filter((row) => row.scenario === scenario);
		expect(await differences(scenario, own)).toEqual([]);
	});

	it('holds with two workers at once, each for every other row', { timeout: 120_000 }, async () => {
		const own = rows.filter(({ scenario }) => scenario === 'drop/two-cities');
		const parts = [0, 1].map((part) => own.filter((_, i) => i % 2 === part));
		const found = await Promise.all(parts.map((part) => differences('drop/two-cities', part)));
		expect(found.flat()).toEqual([]);
	});
});
