import { describe, expect, it } from 'vitest';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';

const texts = import.meta.glob<string>(['/scenarios/*/*/*', '!/scenarios/drop/national/*'], {
	query: '?raw',
	import: 'default',
	eager: true,
});
const names = Object.keys(texts).flatMap((path) =>
	path.endsWith('/expected.json') ? [path.split('/').slice(2, 4).join('/')] : [],
);

interface Expected {
	readonly digest: string;
	readonly outcomeHash: string;
}

// test/scenarios.test.ts holds the command line to the same files
describe('a browser’s worker', () => {
	it('has scenarios of several programs to run', () => {
		expect(new Set(names.map((name) => name.split('/')[0])).size).toBeGreaterThan(2);
	});

	it.each(names)(
		'gives for %s the outcome that the command line gives',
		{ timeout: 120_000 },
		async (name) => {
			const files = Object.entries(texts).flatMap(([path, text]) => {
				const file = path.slice(`/scenarios/${name}/`.length);
				const isOwn = path.startsWith(`/scenarios/${name}/`) && file !== 'expected.json';
				return isOwn ? [{ name: file, bytes: new TextEncoder().encode(text) }] : [];
			});
			const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
			const runner = new Runner(makeRunnerWorker, wasm);
			try {
				const opened = await runner.open({ kind: 'files', files }, [], () => undefined);
				if (!opened.ok) throw new Error(opened.issues[0].message);
				const config = opened.value.production;
				const run = await runner.run({ config, baseline: null }, () => undefined);
				if (!run.ok) throw new Error(run.issues[0].message);

				const { digest, outcomeHash } = JSON.parse(texts[`/scenarios/${name}/expected.json`]) as Expected;
				expect({ digest: opened.value.digest, outcomeHash: run.value.report.outcomeHash }).toEqual({
					digest,
					outcomeHash,
				});
			} finally {
				runner.close();
			}
		},
	);
});
