import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { inputError } from '#programs/input-error.ts';
import { sha256Hex } from '#programs/hash.ts';
import type { Effects } from '../effects.ts';
import { type Failure, oneIssue, readFailure } from './failure.ts';
import { jobId, jobTitle, KEY_PREFIX, queueName, type JobSpec } from './job-spec.ts';
import { unpack } from './pack.ts';
import type { QueueEngine } from './queue-engine.ts';
import { unwant, want } from './wanted.ts';

/** What became of a job: its result, or why it has none. */
export type JobAnswer =
	{ readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly failure: Failure };

/** How a submission ended. */
export type SubmissionEnd = 'done' | 'cancelled';

export interface SubmitOptions {
	/** attach to work that is there, and refuse where none is */
	readonly isResume: boolean;
	/** Told of each job in order of `jobs`, as soon as it and all before it are answered. */
	readonly onAnswer: (index: number, answer: JobAnswer) => void | Promise<void>;
}

/** Tries of a job whose workers lack its file; each may be another worker's. */
const ATTEMPTS = 4;
const RETRY_MS = 1000;
/** Jobs looked at together: the first so many that are not answered. */
const WINDOW = 64;
const LOOK_MS = 200;
const ADD_BATCH = 500;
const CANCEL_MS = 20_000;
const LONELY_MS = 5000;
const RECORD_SECONDS = 14 * 24 * 3600;

/**
 * Puts jobs into the queue of this engine and follows them to their answers. A job that is there, waiting, running or
 * answered, is not put in again; one that failed before gets a new chance; one that the server lost is put in anew. Ends when all
 * are answered, or when the person interrupts: then what nobody else waits for is taken out, running jobs too, and answers
 * that came stay for the next time.
 */
export async function submitJobs(
	{ bullmq }: QueueEngine,
	redis: Redis,
	jobs: readonly JobSpec[],
	options: SubmitOptions,
	effects: Effects,
): Promise<SubmissionEnd> {
	const engine = effects.engine();
	const queue = new bullmq.Queue(queueName(engine), { connection: redis, prefix: KEY_PREFIX });
	queue.on('error', () => undefined); // told where we connect
	let isInterrupted = false;
	const offInterrupt = effects.onInterrupt(() => (isInterrupted = true));
	const submission = new Submission(queue, redis, engine, jobs, effects);
	try {
		await submission.enter(options.isResume);
		while (!submission.isDone && !isInterrupted) {
			const news = await submission.look(options.onAnswer);
			if (news === 0 && !submission.isDone && !isInterrupted) await effects.wait(LOOK_MS);
		}
		if (submission.isDone) {
			await submission.leave();
			return 'done';
		}
		await submission.cancel();
		return 'cancelled';
	} finally {
		offInterrupt();
		await queue.close();
	}
}

class Submission {
	readonly #queue: Queue;
	readonly #redis: Redis;
	readonly #engine: string;
	readonly #jobs: readonly JobSpec[];
	readonly #effects: Effects;
	readonly #ids: readonly string[];
	/** names the same jobs in the same order: whoever submits them again is the same submission */
	readonly #name: string;
	/** answers that came before those of earlier jobs */
	readonly #early = new Map<number, JobAnswer>();
	/** indexes without an answer, ascending */
	#open: number[];
	/** jobs told of, in order */
	#told = 0;
	#lonelySince: number | null = null;
	#isLonelyTold = false;

	constructor(queue: Queue, redis: Redis, engine: string, jobs: readonly JobSpec[], effects: Effects) {
		this.#queue = queue;
		this.#redis = redis;
		this.#engine = engine;
		this.#jobs = jobs;
		this.#effects = effects;
		this.#ids = jobs.map(jobId);
		this.#name = sha256Hex(this.#ids.join('\n'));
		this.#open = [...jobs.keys()];
	}

	get isDone(): boolean {
		return this.#told === this.#jobs.length;
	}

	/** Puts in what is not there. Throws `InputError` where there should be something to resume. */
	async enter(isResume: boolean): Promise<void> {
		const record = `${KEY_PREFIX}-submission:${this.#engine}:${this.#name}`;
		if (isResume && (await this.#redis.exists(record)) === 0) {
			throw inputError(
				'--resume',
				'unknown work: this server knows no submission of the same scenario, settings and release; leave --resume away to start one',
				'redis.resume',
			);
		}
		await this.#redis.set(record, String(this.#jobs.length), 'EX', RECORD_SECONDS);
		const mine = new Set(this.#ids);
		const failed: Job[] = await this.#queue.getFailed();
		for (const job of failed) if (mine.has(String(job.id))) await job.remove();
		for (let from = 0; from < this.#jobs.length; from += ADD_BATCH) {
			await this.#add(this.#open.slice(from, from + ADD_BATCH));
		}
	}

	/** Looks at the first jobs without an answer. Gives how many answers it found. */
	async look(onAnswer: SubmitOptions['onAnswer']): Promise<number> {
		const looked = this.#open.slice(0, WINDOW);
		const found = await Promise.all(looked.map((i) => this.#queue.getJob(this.#ids[i])));
		const lost: number[] = [];
		const answered = new Set<number>();
		let underWay = 0;
		looked.forEach((i, place) => {
			const job: Job | undefined = found[place];
			if (job === undefined) return lost.push(i);
			const answer = this.#answerOf(job, this.#jobs[i]);
			if (answer === null) {
				if (job.processedOn !== undefined) underWay += shareOf(job.progress);
			} else if (answer === 'withdrawn') lost.push(i);
			else {
				this.#early.set(i, answer);
				answered.add(i);
			}
		});
		if (lost.length > 0) await this.#addAgain(lost);
		this.#open = this.#open.filter((i) => !answered.has(i));
		for (let answer = this.#early.get(this.#told); answer; answer = this.#early.get(this.#told)) {
			this.#early.delete(this.#told);
			await onAnswer(this.#told++, answer);
		}
		const done = this.#jobs.length - this.#open.length;
		this.#effects.progress(`${done} of ${this.#jobs.length} jobs`, (done + underWay) / this.#jobs.length);
		if (answered.size > 0) this.#lonelySince = null;
		else if (!this.#isLonelyTold) await this.#lookForWorkers();
		return answered.size;
	}

	/** Gives up its claim on jobs that are answered. */
	async leave(): Promise<void> {
		await unwant(this.#redis, this.#engine, this.#ids, this.#name);
	}

	/** Takes out of the queue what nobody else waits for, and waits until none of it runs. */
	async cancel(): Promise<void> {
		const mine = this.#open.map((i) => this.#ids[i]);
		let left = await unwant(this.#redis, this.#engine, mine, this.#name);
		await this.leave();
		const start = performance.now();
		while (left.length > 0 && performance.now() - start < CANCEL_MS) {
			const still: string[] = [];
			for (const id of left) if (!(await this.#remove(id))) still.push(id);
			left = still;
			if (left.length > 0) await this.#effects.wait(LOOK_MS);
		}
		const kept = this.#jobs.length - this.#open.length;
		this.#effects.warn(
			left.length === 0
				? `cancelled: nothing of it is in the queue any more; ${kept} of ${this.#jobs.length} answers are kept for the next time`
				: `cancelled: ${left.length} jobs are held by workers that do not answer; they end by themselves within a minute`,
		);
	}

	/** True when a job is gone, or answered after all; false while a worker holds it. */
	async #remove(id: string): Promise<boolean> {
		const job: Job | undefined = await this.#queue.getJob(id);
		if (job === undefined || (job.finishedOn !== undefined && job.failedReason === undefined)) return true;
		try {
			await job.remove();
			return true;
		} catch {
			// locked by the worker that computes it, which is about to notice
			return false;
		}
	}

	/** The answer that stands in the queue, null while there is none, `withdrawn` when somebody else cancelled it. */
	#answerOf(job: Job, spec: JobSpec): JobAnswer | 'withdrawn' | null {
		if (job.finishedOn === undefined) return null;
		if (job.failedReason !== undefined && job.failedReason !== '') {
			const failure = readFailure(job.failedReason, jobTitle(spec));
			return failure.issues[0].code === 'job.cancelled' ? 'withdrawn' : { ok: false, failure };
		}
		try {
			return { ok: true, result: unpack(String(job.returnvalue)) };
		} catch {
			return { ok: false, failure: oneIssue(jobTitle(spec), 'invalid result: it was changed on the server; clear it and submit again', 'job.result') }; // prettier-ignore
		}
	}

	async #addAgain(indexes: readonly number[]): Promise<void> {
		for (const i of indexes) await this.#remove(this.#ids[i]);
		await this.#add(indexes);
	}

	async #add(indexes: readonly number[]): Promise<void> {
		// before they are there: a worker drops what nobody wants
		await want(this.#redis, this.#engine, indexes.map((i) => this.#ids[i]), this.#name); // prettier-ignore
		await this.#queue.addBulk(
			indexes.map((i) => ({
				name: this.#jobs[i].task.kind,
				data: this.#jobs[i],
				opts: {
					jobId: this.#ids[i],
					attempts: ATTEMPTS,
					backoff: { type: 'fixed', delay: RETRY_MS },
				},
			})),
		);
	}

	/** Says so, once, when nobody listens for jobs of this engine. */
	async #lookForWorkers(): Promise<void> {
		const now = performance.now();
		this.#lonelySince ??= now;
		if (now - this.#lonelySince < LONELY_MS) return;
		this.#lonelySince = now;
		// a server tells of workers of all its databases, and some tell of none
		const workers = await this.#queue.getWorkers().catch(() => null);
		const database = String(this.#redis.options.db ?? 0);
		const count =
			workers === null ? 1 : workers.filter(({ db }) => db === undefined || db === database).length;
		if (count > 0) return;
		this.#isLonelyTold = true;
		this.#effects.warn(
			`no worker of this release (${this.#engine}) is connected; start one with dropbench worker --redis … --data …; waiting`,
		);
	}
}

/** How far a job is, 0…1, as its worker last said. */
function shareOf(progress: unknown): number {
	if (typeof progress !== 'object' || progress === null || !('done' in progress)) return 0;
	return typeof progress.done === 'number' ? Math.min(1, Math.max(0, progress.done)) : 0;
}
