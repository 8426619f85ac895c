import { afterEach, describe, expect, it } from 'vitest';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { withValue, type Config } from '#programs/levers.ts';
import type { Answer, RunResult, ScenarioSource } from '#workers/protocol.ts';
import { CANCELLED, makeHelperWorkers, makeRunnerWorker, Runner } from '#workers/runner.ts';
import { beforeNextTask } from './before-next-task.ts';

/** Just large enough to be run in parts. */
const RECIPE: ScenarioSource = {
	kind: 'generated',
	program: 'drop',
	name: 'large',
	options: { cities: 5, users: 10_400, brands: 100, contracts: 60, historyWeeks: 1 },
	seed: 3,
};
const silent = () => undefined;
const made: Runner[] = [];

function makeRunner(helperCount: number, makeWorker = makeRunnerWorker, onHelpers: (made: readonly Worker[]) => void = silent): Runner {
	const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
	const runner = new Runner(makeWorker, wasm, () => {
		const helpers = makeHelperWorkers(helperCount + 1);
		onHelpers(helpers);
		return helpers;
	});
	made.push(runner);
	return runner;
} // prettier-ignore

let large: ScenarioSource | null = null;

/** The data of the recipe as a file, which opens sooner. */
async function largeScenario(): Promise<ScenarioSource> {
	if (large) return large;
	const runner = makeRunner(0);
	await runner.open(RECIPE, [], silent);
	const file = await runner.call((api) => api.download('sqlite'));
	runner.close();
	if (!file.ok) throw new Error(file.issues[0].message);
	return (large = { kind: 'files', files: [file.value] });
}

async function opened(runner: Runner): Promise<Config> {
	const answer = await runner.open(await largeScenario(), [], silent);
	if (!answer.ok) throw new Error(answer.issues[0].message);
	expect(answer.value.isLarge).toBe(true);
	return answer.value.production;
}

function valueOf(answer: Answer<RunResult>): RunResult {
	if (!answer.ok) throw new Error(answer.issues[0].message);
	return answer.value;
}

/** All of a report, to the last bit. */
function textOf({ report, plan }: RunResult): string {
	return JSON.stringify([report, plan], (_key, part: unknown) => {
		if (ArrayBuffer.isView(part)) return Array.from(part as Float64Array, String);
		return typeof part === 'number' ? String(part) : part;
	});
}

/** A runner's worker in a browser that has no SharedArrayBuffer. */
function workerWithoutSharing(): Worker {
	const script = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
	const runner = new URL('/src/workers/runner.worker.ts', location.href).href;
	const source = `import '${script('delete globalThis.SharedArrayBuffer;')}'; import '${runner}';`;
	return new Worker(script(source), { type: 'module' });
}

/** A helper that ends itself, without an error, where it should give its first answer. */
function helperThatLeaves(): Worker {
	const script = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
	const before = script(`
		const post = self.postMessage.bind(self);
		// it must have shown its life, or nobody waits for its end
		const shown = new Promise((resolve) => {
			self.postMessage = (message) => (post(message), resolve());
		});
		MessagePort.prototype.postMessage = () => void shown.then(() => self.close());
	`);
	const helper = new URL('/src/workers/helper.worker.ts', location.href).href;
	return new Worker(script(`import '${before}'; import '${helper}';`), { type: 'module' });
}

afterEach(() => {
	for (const runner of made.splice(0)) runner.close();
});

describe('a runner with helpers', () => {
	it('gives the same report, to the last bit, with 1, 2 and 8 threads', { timeout: 120_000 }, async () => {
		const texts = [];
		let helperCount = 0;
		for (const count of [0, 1, 7]) {
			const runner = makeRunner(count, makeRunnerWorker, (helpers) => (helperCount += helpers.length));
			const production = await opened(runner);
			const results = [];
			for (const ratio of [0.7, 0.5]) {
				const config = withValue(production, 'sponsorship.ratio', ratio);
				results.push(textOf(valueOf(await runner.run({ config, baseline: production }, silent))));
			}
			texts.push(results.join('\n'));
			runner.close();
		}
		expect(helperCount).toBe(8);
		expect(texts[0].length).toBeGreaterThan(100_000);
		expect(texts[1] === texts[0] && texts[2] === texts[0]).toBe(true);
	});

	it('is idle as soon as a run is cancelled in its middle, and runs again on new helpers', { timeout: 120_000 }, async () => {
		let helperCount = 0;
		const runner = makeRunner(1, makeRunnerWorker, (helpers) => (helperCount += helpers.length));
		const production = await opened(runner);
		const stages: string[] = [];
		const running = runner.run({ config: production, baseline: null }, (stage) => stages.push(stage));
		await expect.poll(() => stages.length, { interval: 5, timeout: 20_000 }).toBeGreaterThan(0);
		runner.cancel();
		const answer = await beforeNextTask(running);
		expect(!answer.ok && answer.issues[0].code).toBe(CANCELLED);
		expect((await runner.run({ config: production, baseline: null }, silent)).ok).toBe(true);
		expect(helperCount).toBe(2);
	}); // prettier-ignore

	it(
		'ends what is under way when a helper dies, and works on with a new one',
		{ timeout: 120_000 },
		async () => {
			let alive: readonly Worker[] = [];
			const runner = makeRunner(1, makeRunnerWorker, (helpers) => (alive = helpers));
			const production = await opened(runner);
			const running = runner.run({ config: production, baseline: null }, silent);
			const [dying] = alive;
			dying.dispatchEvent(new ErrorEvent('error', { message: 'dead' }));
			const answer = await running;
			expect(!answer.ok && answer.issues[0]).toMatchObject({ code: 'worker.failed', message: 'dead' });
			expect((await runner.run({ config: production, baseline: null }, silent)).ok).toBe(true);
			expect(alive[0]).not.toBe(dying);
		},
	);

	it('hears at once of a helper that ended without a word', { timeout: 120_000 }, async () => {
		let madeCount = 0;
		const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
		const runner = new Runner(makeRunnerWorker, wasm, () =>
			madeCount++ === 0 ? [helperThatLeaves()] : makeHelperWorkers(2),
		);
		made.push(runner);
		const production = await opened(runner);
		const began = performance.now();
		const answer = await runner.run({ config: production, baseline: null }, silent);
		expect(!answer.ok && answer.issues[0]).toMatchObject({ code: 'worker.failed' });
		expect(performance.now() - began).toBeLessThan(30_000);
		expect((await runner.run({ config: production, baseline: null }, silent)).ok).toBe(true);
		expect(madeCount).toBe(2);
	});
});

describe('helpers', () => {
	it('are one for each core but the runner’s, within bounds', () => {
		const count = (cores: number) => {
			const workers = makeHelperWorkers(cores);
			for (const worker of workers) worker.terminate();
			return workers.length;
		};
		expect([0, 1, 2, 4, 8, 64].map(count)).toEqual([0, 0, 1, 3, 7, 7]);
	});

	it('need no shared memory', { timeout: 60_000 }, async () => {
		const hashes = [];
		for (const makeWorker of [makeRunnerWorker, workerWithoutSharing]) {
			const runner = makeRunner(1, makeWorker);
			const production = await opened(runner);
			hashes.push(
				valueOf(await runner.run({ config: production, baseline: null }, silent)).report.outcomeHash,
			);
		}
		expect(hashes[0]).toBe(hashes[1]);
	});
});
