import type { Failure } from './failure.ts';
import type { JobSpec } from './job-spec.ts';

/** What a worker asks of a slot: one job at a time. */
export interface SlotRequest {
	readonly spec: JobSpec;
	/** folder of the shards */
	readonly folder: string;
}

/** What a slot says while it works, and at the end. */
export type SlotMessage =
	| { readonly kind: 'ready' }
	| { readonly kind: 'stage'; readonly stage: string; readonly done: number }
	| { readonly kind: 'result'; readonly result: string }
	| { readonly kind: 'failure'; readonly failure: Failure };

/** A process that computes, as its worker sees it. */
export interface SlotProcess {
	send(request: SlotRequest): void;
	onMessage(listen: (message: SlotMessage) => void): void;
	/** Told once when the process has ended; `reason` is its signal or exit code. */
	onExit(listen: (reason: string) => void): void;
	kill(): void;
}
