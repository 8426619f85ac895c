import { describe, expect, it } from 'vitest';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { withValue } from '#programs/levers.ts';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';
import { makeDraw } from '../hostile/mutate.ts';

const texts = import.meta.glob<string>('/scenarios/drop/two-cities/*', {
	query: '?raw',
	import: 'default',
	eager: true,
});
const files = Object.entries(texts)
	.map(([path, text]) => ({ name: path.split('/').at(-1) ?? '', bytes: new TextEncoder().encode(text) }))
	.filter(({ name }) => name !== 'expected.json');

const DEATHS = 4;
const silent = () => undefined;

describe('a runner whose worker dies in the middle of a run', () => {
	it(
		'says so at once, and runs on with the scenario open and the same outcome',
		{ timeout: 60_000 },
		async () => {
			const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
			const made: Worker[] = [];
			const runner = new Runner(() => {
				const worker = makeRunnerWorker();
				made.push(worker);
				return worker;
			}, wasm);
			const opened = await runner.open({ kind: 'files', files }, [], silent);
			if (!opened.ok) throw new Error(opened.issues[0].message);
			const request = { config: opened.value.production, baseline: null };
			const first = await runner.run(request, silent);
			const expected = first.ok ? first.value.report.outcomeHash : '';

			const draw = makeDraw(21);
			let [told, done] = [0, 0];
			for (let i = 0; i < DEATHS; i++) {
				// settings that were not run before: nothing answers for them from what is kept
				const fresh = withValue(opened.value.production, 'sponsorship.ratio', 0.4 + i / 20);
				const running = runner.run({ config: fresh, baseline: null }, silent);
				await new Promise((resolve) => setTimeout(resolve, draw(4)));
				// what a browser sends when it has ended a worker: for want of memory, or by an error nobody caught
				const death = i % 3 === 2 ? new MessageEvent('messageerror') : new ErrorEvent('error', { message: 'out of memory' }); // prettier-ignore
				made.at(-1)?.dispatchEvent(death);
				const answer = await running;
				if (answer.ok) done++;
				else if (answer.issues[0].code === 'worker.failed' && answer.issues[0].message !== '') told++;
				const again = await runner.run(request, silent);
				expect(again.ok && again.value.report.outcomeHash).toBe(expected);
			}
			runner.close();
			console.log(`workers killed in a run: ${DEATHS}: ${told} told, ${done} after the answer, ${made.length - 1} replaced, same outcome each time`); // prettier-ignore
			expect([told + done, made.length - 1]).toEqual([DEATHS, DEATHS]);
		},
	);
});
