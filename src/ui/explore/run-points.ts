import type { Issue } from '#programs/input-error.ts';
import type { Config } from '#programs/levers.ts';
import type { PointResult } from '#programs/sweep/run-point.ts';
import type { Answer } from '#workers/protocol.ts';
import { CANCELLED } from '#workers/runner.ts';

/** One run of a sweep: a point on one seed. */
export interface PointJob {
	/** names data, engine, seed and configuration: what the result depends on */
	readonly key: string;
	readonly config: Config;
	/** run on the data without what-if changes, as production is */
	readonly isBase: boolean;
}

export type RunPoint = (job: PointJob) => Promise<Answer<PointResult>>;

/** A worker as a sweep sees it. */
export interface PointWorker {
	readonly run: RunPoint;
	/** it takes no job before; the sweep may end without it */
	readonly ready?: Promise<unknown>;
	/** it is wanted elsewhere, and takes no further job; those it took are the others' */
	readonly isBusy?: () => boolean;
}

/**
 * Works groups of jobs off on several workers: each takes a whole group, so that what the jobs of a group share is
 * computed once, and takes from the others' ends when no group is left. `onPoint` is told of each result as it comes;
 * results depend neither on the order nor on the number of workers. Stops, with the jobs under way finished, when
 * `signal` is aborted or a worker fails; gives the issues of the failure, none otherwise. A call that was cancelled
 * from elsewhere is made again.
 */
export async function runPoints(
	groups: readonly (readonly PointJob[])[],
	workers: readonly PointWorker[],
	onPoint: (job: PointJob, result: PointResult) => void,
	signal: AbortSignal,
): Promise<readonly Issue[]> {
	const waiting = groups.map((group) => [...group]);
	const taken: PointJob[][] = workers.map(() => []);
	let issues: readonly Issue[] = [];
	let unfinished = groups.reduce((sum, group) => sum + group.length, 0);
	let end: () => void = () => undefined;
	/** when nobody need start any more */
	const ended = new Promise<void>((resolve) => (end = resolve));
	if (unfinished === 0) end();
	signal.addEventListener('abort', () => end(), { once: true });

	function next(w: number): PointJob | undefined {
		if (taken[w].length === 0) taken[w] = waiting.shift() ?? [];
		if (taken[w].length > 0) return taken[w].shift();
		return taken.reduce((most, jobs) => (jobs.length > most.length ? jobs : most)).pop();
	}
	async function work({ run, ready, isBusy }: PointWorker, w: number): Promise<void> {
		await Promise.race([ready, ended]);
		for (let job = isBusy?.() ? undefined : next(w); job && !signal.aborted && issues.length === 0;) {
			const answer = await run(job);
			if (answer.ok) {
				onPoint(job, answer.value);
				if (--unfinished === 0) end();
				job = isBusy?.() ? undefined : next(w);
			} else if (answer.issues[0]?.code !== CANCELLED) {
				issues = answer.issues;
				end();
			}
		}
	}
	await Promise.all(workers.map(work));
	return issues;
}
