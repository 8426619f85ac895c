import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { drop } from '#programs/drop/program.ts';
import { withValue } from '#programs/levers.ts';
import { runPoint, type PointResult } from '#programs/sweep/run-point.ts';
import { runPoints, type PointJob, type PointWorker } from '../../../src/ui/explore/run-points.ts';

const generator = drop.generator;
if (!generator) throw new Error('the Drop has a generator');
const content = generator.generate({ cities: 2, users: 300, brands: 8, contracts: 12, historyWeeks: 2 }, 3);
const { config } = drop.readConfig({});

const jobs: readonly PointJob[] = [0.4, 0.6, 0.8].flatMap((ratio) =>
	[0.1, 0.3, 0.5].map((cut) => ({
		key: `${ratio} ${cut}`,
		config: withValue(withValue(config, 'sponsorship.ratio', ratio), 'cutoff.bottomShare', cut),
		isBase: false,
	})),
);

/** A worker with an engine of its own, which answers after as many turns as it is told. */
function makeWorker(turns: number, ran: string[] = []): PointWorker {
	const open = drop.open(content);
	return {
		run: async (job) => {
			ran.push(job.key);
			for (let turn = 0; turn < turns; turn++) await Promise.resolve();
			return { ok: true, value: runPoint(drop, open, job.config) };
		},
	};
}

async function sweep(groups: readonly (readonly PointJob[])[], workers: readonly PointWorker[]) {
	const results = new Map<string, PointResult>();
	const issues = await runPoints(groups, workers, ({ key }, result) => results.set(key, result), new AbortController().signal); // prettier-ignore
	return { results, issues };
}

describe('a sweep on several workers', () => {
	it('gives the same results whatever the number of workers, the grouping and the order of points', async () => {
		const { results: expected } = await sweep([jobs], [makeWorker(0)]);
		const order = fc.shuffledSubarray([...jobs], { minLength: jobs.length });
		const cuts = fc.array(fc.integer({ min: 1, max: jobs.length - 1 }), { maxLength: 4 });
		const turns = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
		await fc.assert(
			fc.asyncProperty(order, cuts, turns, async (shuffled, at, speeds) => {
				const ends = [0, ...new Set(at), jobs.length].sort((a, b) => a - b);
				const groups = ends.slice(1).map((end, i) => shuffled.slice(ends[i], end));
				const ran: string[] = [];
				const { results } = await sweep(groups, speeds.map((each) => makeWorker(each, ran))); // prettier-ignore
				expect(new Map([...results].sort())).toEqual(new Map([...expected].sort()));
				// none twice, none left out
				expect(ran.toSorted()).toEqual(jobs.map(({ key }) => key).sort());
			}),
			{ seed: 5, numRuns: 12 },
		);
	});

	it('does not wait for a worker that is never ready', async () => {
		const late: PointWorker = { run: makeWorker(0).run, ready: new Promise(() => undefined) };
		const { results } = await sweep([jobs], [makeWorker(0), late]);
		expect(results.size).toBe(jobs.length);
	});

	it('takes no further job on a worker that is wanted elsewhere, and leaves none out', async () => {
		const [mine, others]: [string[], string[]] = [[], []];
		const wanted: PointWorker = { ...makeWorker(0, mine), isBusy: () => mine.length >= 2 };
		const { results } = await sweep([jobs.slice(0, 6), jobs.slice(6)], [wanted, makeWorker(5, others)]);
		expect(mine).toHaveLength(2);
		expect([...mine, ...others].toSorted()).toEqual(jobs.map(({ key }) => key).sort());
		expect(results.size).toBe(jobs.length);
	});

	it('stops after the runs under way when it is paused, and ends at a failure with its issues', async () => {
		const abort = new AbortController();
		const ran: string[] = [];
		await runPoints([jobs], [makeWorker(1, ran)], () => abort.abort(), abort.signal);
		expect(ran).toHaveLength(1);

		const failing: PointWorker = {
			run: () =>
				Promise.resolve({
					ok: false,
					issues: [{ at: 'run', message: 'out of memory', code: 'worker.failed' }],
				}),
		};
		expect((await sweep([jobs], [failing])).issues[0].message).toBe('out of memory');
	});

	it('makes a call again that was cancelled from elsewhere', async () => {
		const worker = makeWorker(0);
		let isCancelled = false;
		const { results } = await sweep(
			[jobs],
			[
				{
					run: (job) => {
						if (isCancelled) return worker.run(job);
						isCancelled = true;
						return Promise.resolve({
							ok: false,
							issues: [{ at: 'run', message: '', code: 'run.cancelled' }],
						});
					},
				},
			],
		);
		expect(results.size).toBe(jobs.length);
	});
});
