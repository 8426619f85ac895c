import { afterEach, describe, expect, it } from 'vitest';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { withValue } from '#programs/levers.ts';
import type { Edit, OpenedScenario, ScenarioSource } from '#workers/protocol.ts';
import { CANCELLED, makeRunnerWorker, Runner, SUPERSEDED } from '#workers/runner.ts';
import { beforeNextTask } from './before-next-task.ts';

const texts = import.meta.glob<string>('/scenarios/drop/two-cities/*', {
	query: '?raw',
	import: 'default',
	eager: true,
});

function twoCities(): ScenarioSource {
	const files = Object.entries(texts).map(([path, text]) => ({
		name: path.split('/').at(-1) ?? '',
		bytes: new TextEncoder().encode(text),
	}));
	return { kind: 'files', files: files.filter(({ name }) => name !== 'expected.json') };
}

const silent = () => undefined;
const made: Runner[] = [];

function makeRunner(makeWorker = makeRunnerWorker): Runner {
	const wasm = fetch(wasmUrl).then(async (response) => new Uint8Array(await response.arrayBuffer()));
	const runner = new Runner(makeWorker, wasm);
	made.push(runner);
	return runner;
}

async function opened(runner: Runner): Promise<OpenedScenario> {
	const answer = await runner.open(twoCities(), [], silent);
	if (!answer.ok) throw new Error(answer.issues.map(({ at, message }) => `${at}: ${message}`).join('\n'));
	return answer.value;
}

afterEach(() => {
	for (const runner of made.splice(0)) runner.close();
});

describe('the runner, on a real worker', () => {
	it('opens a scenario and runs its production configuration', async () => {
		const runner = makeRunner();
		const { production, subjects } = await opened(runner);
		const answer = await runner.run({ config: production, baseline: production }, silent);
		expect(answer.ok && answer.value.plan?.isUnchanged).toBe(true);
		expect(answer.ok && answer.value.report.outcomeHash).toMatch(/^[0-9a-f]{64}$/);
		expect(subjects.map(({ kind }) => kind)).toContain('user');
	});

	it('makes one run of the newest settings out of all calls during a run', async () => {
		const runner = makeRunner();
		const { production } = await opened(runner);
		const at = (ratio: number) => withValue(production, 'sponsorship.ratio', ratio);
		const answers = await Promise.all(
			[0.9, 0.8, 0.7, 0.6].map((ratio) => runner.run({ config: at(ratio), baseline: null }, silent)),
		);
		const outcomes = answers.map((answer) =>
			answer.ok ? answer.value.report.config.sponsorship : answer.issues[0].code,
		);
		expect(outcomes).toEqual([{ ratio: 0.9 }, SUPERSEDED, SUPERSEDED, { ratio: 0.6 }]);
	});

	it('is idle as soon as a run is cancelled, and works again with the scenario open', async () => {
		const runner = makeRunner();
		const { production } = await opened(runner);
		const running = runner.run({ config: production, baseline: null }, silent);
		runner.cancel();
		const cancelled = await beforeNextTask(running);
		expect(!cancelled.ok && cancelled.issues[0].code).toBe(CANCELLED);
		const again = await runner.run({ config: production, baseline: null }, silent);
		expect(again.ok).toBe(true);
	});

	it('gives wrong settings back as issues and goes on', async () => {
		const runner = makeRunner();
		const { production } = await opened(runner);
		const wrong = await runner.run(
			{ config: withValue(production, 'sponsorship.ratio', 7), baseline: null },
			silent,
		);
		expect(!wrong.ok && wrong.issues[0].at).toContain('sponsorship.ratio');
		expect((await runner.run({ config: production, baseline: null }, silent)).ok).toBe(true);
	});

	it('keeps what was open when a file is refused', async () => {
		const runner = makeRunner();
		const { production } = await opened(runner);
		const bytes = new TextEncoder().encode('no database at all');
		const refused = await runner.open({ kind: 'files', files: [{ name: 'a.sqlite', bytes }] }, [], silent);
		expect(refused.ok).toBe(false);
		expect((await runner.run({ config: production, baseline: null }, silent)).ok).toBe(true);
	});

	it('ends every call when its worker dies', async () => {
		const makeDead = () => new Worker('data:text/javascript,throw new Error("dead")', { type: 'module' });
		const answer = await makeRunner(makeDead).open(twoCities(), [], silent);
		expect(!answer.ok && answer.issues[0].code).toBe('worker.failed');
	});

	it('lets nothing out of the worker', async () => {
		const source = `import '${new URL('/src/workers/lock-down.ts', location.href).href}';
			postMessage(['fetch', 'XMLHttpRequest', 'WebSocket', 'importScripts', 'Worker'].filter((name) => globalThis[name] !== undefined));`;
		const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), {
			type: 'module',
		});
		const left = await new Promise((resolve) => (worker.onmessage = (event) => resolve(event.data)));
		worker.terminate();
		expect(left).toEqual([]);
	});

	it('hands what it holds to another worker, which answers the same, also after it was called off', async () => {
		const [lender, borrower] = [makeRunner(), makeRunner()];
		const { production, digest } = await opened(lender);
		// read from the source it would be refused
		const none: ScenarioSource = { kind: 'files', files: [{ name: 'none.json', bytes: new Uint8Array() }] };
		const edit: Edit = { kind: 'now', now: '2026-03-18T15:00:00Z' };
		const lent = await borrower.open(none, [edit], silent, { runner: lender, digest });
		expect(lent).toMatchObject({ ok: true, value: { digest, production, now: edit.now } });
		const read = makeRunner();
		await read.open(twoCities(), [edit], silent);
		const outcomeOf = async (runner: Runner) => {
			const answer = await runner.run({ config: production, baseline: null }, silent);
			return answer.ok ? answer.value.report.outcomeHash : answer.issues;
		};
		expect(await outcomeOf(borrower)).toBe(await outcomeOf(read));
		borrower.cancel();
		expect(await outcomeOf(borrower)).toBe(await outcomeOf(read));
	});

	it('reads the source where the other worker holds something else, or nothing', async () => {
		const [lender, borrower] = [makeRunner(), makeRunner()];
		const nothing = await borrower.open(twoCities(), [], silent, {
			runner: lender,
			digest: 'of something else',
		});
		expect(nothing.ok).toBe(true);
		await opened(lender);
		const other = await borrower.open(twoCities(), [], silent, {
			runner: lender,
			digest: 'of something else',
		});
		expect(other.ok).toBe(true);
	});

	it('answers the same query on the scenario as SQL', async () => {
		const runner = makeRunner();
		const { production } = await opened(runner);
		const answer = await runner.call((api) => api.query('select count(*) as n from result_city', production));
		expect(answer.ok && answer.value).toEqual({ columns: ['n'], rows: [[2]], isCut: false });
		const refused = await runner.call((api) => api.query('delete from city', production));
		expect(refused.ok).toBe(false);
	});
});
