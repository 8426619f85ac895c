import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ensureCli } from '../../../src/cli/setup/build-cli.mjs';
import { jsonText } from '../../../src/cli/json-text.ts';
import { prepareRun } from '../../../src/cli/prepare-run.ts';
import { runHere } from '../../../src/cli/threads/compute-here.ts';
import { dealOut } from '../../../src/cli/threads/deal-out.ts';
import { startThread } from '../../../src/cli/threads/start-thread.ts';
import type { ComputingThread, ThreadQuestion } from '../../../src/cli/threads/thread-protocol.ts';
import { run } from '../distributed/processes.ts';
import { makeEffects, runLine, threadHere } from '../make-effects.ts';
import { smallDrop } from '../small-drop.ts';

const folder = mkdtempSync(join(tmpdir(), 'threads-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
	writeFileSync(join(folder, name), text);
	return join(folder, name);
}

/** Just large enough to be run in parts, of cities that share supply and cities that do not. */
const largeRecipe = {
	format: 'dropbench-recipe',
	version: 1,
	program: 'drop',
	name: 'Large',
	seed: 3,
	options: { cities: 6, users: 8000, brands: 130, contracts: 60, historyWeeks: 0, supplyPerUser: 1 },
};

const files = {
	'small.json': JSON.stringify({
		...smallDrop,
		tables: {
			...smallDrop.tables,
			drop: ['d1', 'd2', 'd3'].map((id, d) => ({
				id,
				scheduled_at: `2026-03-1${d + 1}T15:00:00Z`,
				status: 'completed',
				config: '{}',
				config_hash: null,
			})),
		},
	}),
};

describe('--workers', () => {
	it('gives the same bytes of a large run for 1, 2 and 8 threads', { timeout: 60_000 }, async () => {
		const bundle = await ensureCli();
		let started = 0;
		const { effects } = makeEffects({
			files: { 'large.json': JSON.stringify(largeRecipe) },
			startThread: () => (started++, startThread(bundle)),
		});
		const prepared = await prepareRun('large.json', { values: {}, positionals: [] }, effects);
		const texts: string[] = [];
		for (const workers of [1, 2, 8]) texts.push(jsonText(await runHere(prepared, workers, effects)));
		expect(texts[0]).toContain('"outcomeHash"');
		expect(texts[1]).toBe(texts[0]);
		expect(texts[2]).toBe(texts[0]);
		// none for one worker, and no more than there are cities
		expect(started).toBe(2 + 6);
	});

	it('is taken by the real command line, which ends when its threads have', { timeout: 60_000 }, async () => {
		const words = ['sweep', write('small.json', files['small.json']), '--over', 'seed=1,2', '--json'];
		const [one, two] = await Promise.all([run(words), run([...words, '--workers', '2'])]);
		expect([one.exit, one.out.split('\n').length]).toEqual([0, 3]);
		expect([two.exit, two.out]).toEqual([0, one.out]);
	});

	it('changes nothing of a sweep, a replay or a season', async () => {
		const lines = [
			'sweep small.json --over seed=1..7/7 --over slotsPerUser=1,2 --json',
			'sweep small.json --over seed=1,2 --pareto users.served,forecast.revenue',
			'replay small.json --json',
			'season small.json --weeks 2 --seeds 3 --json',
			'study small.json season --option weeks=1 --option seeds=2',
			'run small.json --json',
		];
		for (const line of lines) {
			let started = 0;
			const startThreadHere = () => (started++, threadHere());
			const one = await runLine(line, { files, startThread: startThreadHere });
			expect([one.exit, started], `${line}: ${one.warnings.join()}`).toEqual([0, 0]);
			for (const workers of [2, 8]) {
				const many = await runLine(`${line} --workers ${workers}`, { files, startThread: startThreadHere });
				expect(many).toEqual(one);
			}
			// a run this small is not worth a thread
			expect(started > 0).toBe(!line.startsWith('run'));
		}
	});

	it('is refused where it is no number of threads, or the work is done elsewhere', async () => {
		for (const count of ['0', '65', '1.5', 'two', '1e1', '']) {
			const { exit, out, warnings } = await runLine(`run small.json --workers=${count}`, { files });
			const message = `--workers: invalid number: "${count}"; must be a whole number from 1 to 64`;
			expect([exit, out, warnings]).toEqual([2, '', [message]]);
		}
		for (const rest of [
			'run small.json --redis redis://127.0.0.1:1',
			'sweep small.json --sample 2 --over seed',
		]) {
			const { exit, warnings } = await runLine(`${rest} --workers 2`, { files });
			expect([exit, warnings.length]).toEqual([2, 1]);
			expect(warnings[0]).toMatch(/^--workers: does not go with --(redis|sample)/);
		}
	});

	it('ends in one clear error when a thread ends before its work is done', { timeout: 20_000 }, async () => {
		const dying = {
			'leaves.mjs': 'export function serveThread() { process.exit(7); }',
			'dies.mjs': 'export function serveThread() { throw new Error("no memory left"); }',
			'broken.mjs': 'export const nothing = 1;',
		};
		const reasons = ['exit code 7', 'no memory left', 'serveThread is not a function'];
		for (const [i, [name, text]] of Object.entries(dying).entries()) {
			const bundle = pathToFileURL(write(name, text)).href;
			const { exit, out, warnings } = await runLine('sweep small.json --over seed=1,2,3 --json --workers 2', {
				files,
				startThread: () => startThread(bundle),
			});
			expect([exit, out]).toEqual([2, '']);
			expect(warnings).toEqual([
				`--workers: stopped: a thread ended before its work was done (${reasons[i]}); where memory is short, use fewer workers or --workers 1`,
			]);
			const thread = startThread(bundle);
			await expect(thread.ask({ kind: 'ask-part', question: 0 })).rejects.toThrow('a thread ended');
			await expect(thread.ask({ kind: 'ask-part', question: 0 })).rejects.toThrow('a thread ended');
		}
	});

	it('keeps the stack of a bug in a thread', async () => {
		const thread = () => ({ ...threadHere(), ask: () => Promise.reject(new TypeError('a bug')) });
		const line = 'sweep small.json --over seed=1,2 --workers 2';
		const { exit, warnings } = await runLine(line, { files, startThread: thread });
		expect(exit).toBe(1);
		expect(warnings[0]).toMatch(/^TypeError: a bug\n +at /);
	});
});

describe('dealing out', () => {
	const question: ThreadQuestion = { kind: 'ask-part', question: null };

	/** Threads that take longer for each earlier question; the one at `wrong` fails. */
	function threads(count: number, wrong = -1): { all: ComputingThread[]; asked: () => number } {
		let asked = 0;
		const ask = async () => {
			const i = asked++;
			await new Promise((resolve) => void setTimeout(resolve, 30 - 5 * i));
			if (i === wrong) throw new Error(`question ${i}`);
			return i;
		};
		return {
			all: Array.from({ length: count }, () => ({ ask, close: () => undefined })),
			asked: () => asked,
		};
	}

	it('gives answers in order of the questions, whichever came first', async () => {
		for (const count of [1, 2, 5, 9]) {
			const { all, asked } = threads(count);
			const taken: unknown[] = [];
			await dealOut(all, Array.from({ length: 5 }, () => question), (i, answer) => void taken.push([i, answer])); // prettier-ignore
			expect(taken).toEqual([0, 1, 2, 3, 4].map((i) => [i, i]));
			expect(asked()).toBe(5);
		}
	});

	it('throws an error in its place, after the answers before it', async () => {
		const taken: number[] = [];
		const { all } = threads(5, 3);
		const dealt = dealOut(all, Array.from({ length: 5 }, () => question), (i) => void taken.push(i)); // prettier-ignore
		await expect(dealt).rejects.toThrow('question 3');
		expect(taken).toEqual([0, 1, 2]);
	});
});
