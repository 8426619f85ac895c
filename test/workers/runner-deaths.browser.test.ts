import { describe, expect, it } from 'vitest';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { withValue } from '#programs/levers.ts';
import { makeRunnerWorker, Runner } from '#workers/runner.ts';
import { hearDeath } from '#workers/sign-of-life.ts';
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

/** A worker of ours that ends itself, without an error, when it is asked to run. */
function workerThatLeaves(): Worker {
	const address = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
	const before = address(`
		const post = self.postMessage.bind(self);
		// it must have shown its life, or nobody waits for its end
		const shown = new Promise((resolve) => {
			self.postMessage = (message, ...more) => {
				post(message, ...more);
				if (message.livesWhileHeld) resolve();
			};
		});
		self.addEventListener('message', (event) => {
			if (event.data?.path?.[0] !== 'run') return;
			event.stopImmediatePropagation();
			void shown.then(() => self.close());
		});
	`);
	const runner = new URL('/src/workers/runner.worker.ts', location.href).href;
	return new Worker(address(`import '${before}'; import '${runner}';`), { type: 'module' });
}

describe('a runner whose worker ends without a word', () => {
	it('says so at once, not at the deadline, and runs on with a new one', { timeout: 60_000 }, async () => {
		const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
		let madeCount = 0;
		const runner = new Runner(() => (madeCount++ === 0 ? workerThatLeaves() : makeRunnerWorker()), wasm);
		const opened = await runner.open({ kind: 'files', files }, [], silent);
		if (!opened.ok) throw new Error(opened.issues[0].message);
		const request = { config: opened.value.production, baseline: null };
		const began = performance.now();
		const answer = await runner.run(request, silent);
		const took = performance.now() - began;
		expect(!answer.ok && answer.issues[0]).toMatchObject({ code: 'worker.failed' });
		expect(took).toBeLessThan(30_000);
		const again = await runner.run(request, silent);
		runner.close();
		console.log(`a worker that ended without a word: told after ${took.toFixed(0)} ms`);
		expect([again.ok, madeCount]).toEqual([true, 2]);
	});

	it('takes one that is only busy for alive', { timeout: 60_000 }, async () => {
		const source = `
			import { showLife } from '${new URL('/src/workers/sign-of-life.ts', location.href).href}';
			showLife();
			self.onmessage = () => { const end = performance.now() + 700; while (performance.now() < end); };
		`;
		const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), { type: 'module' }); // prettier-ignore
		const heard: string[] = [];
		const isShown = new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }));
		hearDeath(worker, () => heard.push('death'));
		await isShown;
		worker.postMessage('be busy');
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(heard).toEqual([]);
		worker.terminate();
		await expect.poll(() => heard, { timeout: 30_000 }).toEqual(['death']);
	});
});
