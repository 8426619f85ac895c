import { type Failure, oneIssue } from './failure.ts';
import { jobTitle, type JobSpec } from './job-spec.ts';
import type { SlotMessage, SlotProcess, SlotRequest } from './slot-protocol.ts';

/** How a job ended in a slot. */
export type SlotAnswer =
	{ readonly ok: true; readonly result: string } | { readonly ok: false; readonly failure: Failure };

/** What a job may use. */
export interface SlotLimits {
	readonly memoryMb: number;
	readonly timeSeconds: number;
}

/** A job under way: its answer, and a way to end it at once. */
export interface RunningJob {
	readonly answer: Promise<SlotAnswer>;
	stop(failure: Failure): void;
}

interface Slot {
	readonly process: SlotProcess;
	/** has it said that it listens? a request before that is kept until then */
	isReady: boolean;
	/** the job it works on */
	job: { onMessage(message: SlotMessage): void; onExit(reason: string): void } | null;
	request: SlotRequest | null;
}

/**
 * Processes that compute, started when first needed and kept for the next job. A job that is stopped, or goes past its time
 * or memory, takes its process along; no other job notices.
 */
export class SlotPool {
	readonly #start: () => SlotProcess;
	readonly #folder: string;
	readonly #limits: SlotLimits;
	readonly #slots = new Set<Slot>();

	constructor(start: () => SlotProcess, folder: string, limits: SlotLimits) {
		this.#start = start;
		this.#folder = folder;
		this.#limits = limits;
	}

	/** Computes a job in a free slot, or in a new one. `onStage` is told of its stages. */
	run(spec: JobSpec, onStage: (stage: string, done: number) => void): RunningJob {
		const slot = this.#freeSlot();
		let settle: (answer: SlotAnswer) => void = () => undefined;
		const answer = new Promise<SlotAnswer>((resolve) => (settle = resolve));
		const { timeSeconds, memoryMb } = this.#limits;
		const title = jobTitle(spec);
		const end = (ended: SlotAnswer) => {
			clearTimeout(timer);
			slot.job = null;
			settle(ended);
		};
		const stop = (failure: Failure) => {
			// an answer may have come first
			if (slot.job !== job) return;
			this.#slots.delete(slot);
			slot.process.kill();
			end({ ok: false, failure });
		};
		const timer = setTimeout(
			() => stop(oneIssue(title, `stopped: it took longer than --time ${timeSeconds} seconds; raise it, or cut the scenario smaller`, 'job.time')), // prettier-ignore
			timeSeconds * 1000,
		);
		const job: Slot['job'] = {
			onMessage(message) {
				if (message.kind === 'stage') onStage(message.stage, message.done);
				else if (message.kind === 'result') end({ ok: true, result: message.result });
				else if (message.kind === 'failure') end({ ok: false, failure: message.failure });
			},
			onExit(reason) {
				const message = `stopped: its process ended (${reason}); it went past --memory ${memoryMb} MB, or the machine had none left; raise it, or cut the scenario smaller`;
				end({ ok: false, failure: oneIssue(title, message, 'job.memory') });
			},
		};
		slot.job = job;
		const request = { spec, folder: this.#folder };
		if (slot.isReady) slot.process.send(request);
		else slot.request = request;
		return { answer, stop };
	}

	/** Ends every process, busy ones too. */
	close(): void {
		for (const { process } of this.#slots) process.kill();
		this.#slots.clear();
	}

	#freeSlot(): Slot {
		for (const slot of this.#slots) if (slot.job === null) return slot;
		const slot: Slot = { process: this.#start(), isReady: false, job: null, request: null };
		slot.process.onMessage((message) => {
			if (message.kind !== 'ready') return slot.job?.onMessage(message);
			slot.isReady = true;
			if (slot.request !== null) slot.process.send(slot.request);
			slot.request = null;
		});
		slot.process.onExit((reason) => {
			this.#slots.delete(slot);
			slot.job?.onExit(reason);
		});
		this.#slots.add(slot);
		return slot;
	}
}
