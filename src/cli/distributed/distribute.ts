import { InputError } from '#programs/input-error.ts';
import type { Effects } from '../effects.ts';
import { writeShard } from './data-folder.ts';
import type { Distribution } from './distributed-options.ts';
import { type JobSpec, type Shard, type Task } from './job-spec.ts';
import { connectRedis, loadQueueEngine } from './queue-engine.ts';
import { submitJobs, type JobAnswer, type SubmissionEnd } from './submission.ts';
import type { PreparedRun } from '../prepare-run.ts';

/** Lets workers compute jobs; tells of each answer in order of the jobs. Throws `InputError` where the queue cannot be used. */
export async function distribute(
	jobs: readonly JobSpec[],
	onAnswer: (index: number, answer: JobAnswer) => void | Promise<void>,
	{ address, isResume }: Distribution,
	effects: Effects,
): Promise<SubmissionEnd> {
	const engine = await loadQueueEngine(effects);
	const redis = await connectRedis(engine, address, effects);
	try {
		return await submitJobs(engine, redis, jobs, { isResume, onAnswer }, effects);
	} finally {
		redis.disconnect();
	}
}

/** A whole scenario as one shard, its file put into the folder of the workers unless it is there. */
export async function wholeShard(
	{ scenario }: PreparedRun,
	{ folder }: Distribution,
	effects: Effects,
): Promise<Shard> {
	const { content, program, path } = scenario;
	const { digest, bytes } = await writeShard(folder, content, program, effects);
	if (bytes > 0) effects.warn(`wrote ${folder}/${digest}.sqlite, ${bytes} bytes, for the workers`);
	return { digest, number: 1, count: 1, label: (content.name || path).slice(0, 200) };
}

/** A job on a shard. */
export function jobOn(
	shard: Shard,
	{ scenario }: PreparedRun,
	config: JobSpec['config'],
	task: Task,
	effects: Effects,
): JobSpec {
	return { engine: effects.engine(), program: scenario.program.id, shard, config, task };
}

/** Collects answers until all are there; throws `InputError` with the issues of those that failed, null when cancelled. */
export async function computeAll<T>(
	jobs: readonly JobSpec[],
	read: (result: unknown) => T,
	distribution: Distribution,
	effects: Effects,
): Promise<T[] | null> {
	const results: T[] = [];
	const failures: JobAnswer[] = [];
	const end = await distribute(
		jobs,
		(_index, answer) => {
			if (answer.ok) results.push(read(answer.result));
			else failures.push(answer);
		},
		distribution,
		effects,
	);
	if (end === 'cancelled') return null;
	const issues = failures.flatMap((answer) => (answer.ok ? [] : answer.failure.issues));
	if (issues.length > 0) throw new InputError(issues);
	return results;
}
