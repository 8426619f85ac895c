import { Worker, parentPort } from 'node:worker_threads';
import { drop } from '#programs/drop/program.ts';
import type { Config } from '#programs/levers.ts';
import { runPoint, type PointResult } from '#programs/sweep/run-point.ts';
import { runPoints, type PointJob } from '#ui/explore/run-points.ts';

const STEPS = 21;
const OPTIONS = { cities: 4, users: 20_000, brands: 100, contracts: 100, historyWeeks: 1, supplyPerUser: 1 };

/** A thread of the sweep: opens the scenario, then answers configurations with their points. */
export function answerPoints(): void {
	const content = drop.generator?.generate(OPTIONS, 1);
	if (!content || !parentPort) throw new Error('a thread of the sweep');
	const open = drop.open(content);
	parentPort.on('message', (config: Config) => parentPort?.postMessage(runPoint(drop, open, config)));
	parentPort.postMessage(null);
}

/**
 * Sweeps ratio × cutoff, 21 × 21 points at 20 000 users, on two threads as the Explore screen deals them out, from opened
 * scenarios on. Gives milliseconds and how many points differ.
 */
export async function sweep(bundle: string): Promise<{ ms: number; differing: number }> {
	const threads = [0, 1].map(() => new Worker(bundle, { argv: ['--sweep'] }));
	const next = (thread: Worker) => new Promise<PointResult>((resolve) => thread.once('message', resolve)); // prettier-ignore
	await Promise.all(threads.map(next));
	const groups = Array.from({ length: STEPS }, (_, i) =>
		Array.from({ length: STEPS }, (_each, j): PointJob => {
			const config = { cutoff: { bottomShare: i / 40 }, sponsorship: { ratio: 0.4 + j / 40 } };
			return { key: `${i} ${j}`, config, isBase: false };
		}),
	);
	const results = new Set<string>();
	const from = performance.now();
	const workers = threads.map((thread) => ({
		run: async ({ config }: PointJob) => {
			thread.postMessage(config);
			return { ok: true, value: await next(thread) } as const;
		},
	}));
	await runPoints(
		groups,
		workers,
		(_, result) => results.add(JSON.stringify(result)),
		new AbortController().signal,
	);
	const ms = performance.now() - from;
	await Promise.all(threads.map((thread) => thread.terminate()));
	return { ms, differing: results.size };
}
