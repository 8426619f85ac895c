import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { inputError } from '#programs/input-error.ts';
import type { Effects } from '../effects.ts';
import { type Failure, failureOf, failureText, oneIssue } from './failure.ts';
import { jobTitle, KEY_PREFIX, queueName, readJobSpec, shortId } from './job-spec.ts';
import type { QueueEngine } from './queue-engine.ts';
import { SlotPool, type RunningJob, type SlotLimits } from './slot-pool.ts';
import { isWanted } from './wanted.ts';

/** How a worker serves. */
export interface ServeOptions extends SlotLimits {
	readonly folder: string;
	/** jobs at a time */
	readonly concurrency: number;
}

/** A lock not renewed for so long is lost, and its job goes to another worker. Slots compute; this thread is always free. */
export const LOCK_MS = 10_000;
/** How often workers look for jobs whose lock was lost. */
const STALLED_CHECK_MS = 5000;
/** A job that took so many workers along is not given to one more. */
const MOST_STALLS = 3;
/** Results are kept so long after they were computed. */
const KEEP_SECONDS = 7 * 24 * 3600;
const WANTED_PERIOD_MS = 1000;

/** A worker that listens, until it is closed. */
export interface ServingWorker {
	/** Finishes the jobs in hand (or, with `isNow`, leaves them to other workers) and takes no more. */
	close(isNow: boolean): Promise<void>;
}

/**
 * Takes jobs of this engine from the queue and computes them, `concurrency` at a time. A job that nobody waits for any more is
 * ended. A failure travels back by its place and words, and ends that job only.
 */
export async function serveQueue(
	{ bullmq }: QueueEngine,
	redis: Redis,
	options: ServeOptions,
	effects: Effects,
): Promise<ServingWorker> {
	const engine = effects.engine();
	const pool = new SlotPool(() => effects.startSlot(options.memoryMb), options.folder, options);
	const running = new Map<string, RunningJob>();

	/** Throws with a text for the queue; only what another worker may do better is tried again. */
	const fail = (failure: Failure): never => {
		const text = failureText(failure);
		throw failure.isRetryable ? new Error(text) : new bullmq.UnrecoverableError(text);
	};

	const answer = async (job: Job): Promise<string> => {
		const id = String(job.id);
		let spec;
		try {
			spec = readJobSpec(id, job.data);
			if (spec.engine !== engine) {
				throw inputError('engine', `mismatched version: ${spec.engine}; this worker has ${engine}; use the same release of dropbench everywhere`, 'job.engine'); // prettier-ignore
			}
		} catch (error) {
			return fail(failureOf(error, `worker ${effects.hostName()}`));
		}
		if (!(await isWanted(redis, engine, id))) return fail(oneIssue(jobTitle(spec), 'cancelled: nobody waits for it', 'job.cancelled')); // prettier-ignore
		const run = pool.run(spec, (stage, done) => {
			// told for its looks only: a lost connection shows elsewhere
			job.updateProgress({ stage, done }).catch(() => undefined);
		});
		running.set(id, run);
		const ended = await run.answer;
		running.delete(id);
		if (ended.ok) return ended.result;
		const { issues, isRetryable } = ended.failure;
		const host = `worker ${effects.hostName()}`;
		return fail({ isRetryable, issues: issues.map((issue) => ({ ...issue, at: `${host}, ${issue.at}` })) });
	};

	const worker: Worker = new bullmq.Worker(queueName(engine), answer, {
		connection: redis,
		prefix: KEY_PREFIX,
		name: effects.hostName(),
		concurrency: options.concurrency,
		lockDuration: LOCK_MS,
		stalledInterval: STALLED_CHECK_MS,
		maxStalledCount: MOST_STALLS,
		runRetryDelay: 1000,
		removeOnComplete: { age: KEEP_SECONDS, count: 1_000_000 },
		removeOnFail: { age: KEEP_SECONDS, count: 100_000 },
	});
	worker.on('error', () => undefined); // lost connections are told where we connect; a lost lock below
	worker.on('lockRenewalFailed', (ids) => {
		for (const id of ids) {
			running.get(id)?.stop(oneIssue(`job ${shortId(id)}`, 'lost: another worker has it', 'job.lost'));
		}
	});
	const wanted = setInterval(() => {
		for (const [id, run] of running) {
			isWanted(redis, engine, id).then(
				(is) =>
					is || run.stop(oneIssue(`job ${shortId(id)}`, 'cancelled: nobody waits for it', 'job.cancelled')),
				() => undefined,
			);
		}
	}, WANTED_PERIOD_MS);
	await worker.waitUntilReady();
	return {
		async close(isNow) {
			clearInterval(wanted);
			// in this order: what the slots leave unfinished is then no failure, but lost, and found by another worker
			await worker.close(isNow);
			pool.close();
		},
	};
}
