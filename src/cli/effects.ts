import type { OnStage } from '#programs/program.ts';
import type { QueueEngine } from './distributed/queue-engine.ts';
import type { SlotProcess } from './distributed/slot-protocol.ts';
import type { ComputingThread } from './threads/thread-protocol.ts';

/** What a server said to a post. */
export interface PostAnswer {
	readonly status: number;
	/** how long it asks to wait, 0 where it does not say */
	readonly retryAfterSeconds: number;
}

/** What the command line touches outside itself. Tests pass their own; `nodeEffects` gives the real ones. */
export interface Effects {
	/** version of this program, as in package.json */
	readonly version: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Lines of standard input, without their line ends, in the batches they came in. */
	lines(): AsyncIterable<readonly string[]>;
	/** Writes to standard output; settles when more may be written. */
	write(text: string): Promise<void>;
	/** Told of each stage of long work; shows it on standard error. */
	readonly progress: OnStage;
	/** Writes a line to standard error. */
	warn(line: string): void;
	/** The bytes of a file, or null where there is none. */
	readFile(path: string): Uint8Array<ArrayBuffer> | null;
	/** Paths, relative to it, of the files in a folder, folders within included, in order; null where there is no such folder. */
	readFolder(path: string): readonly string[] | null;
	/** Writes a whole file, in one step; makes the folders it needs. */
	writeFile(path: string, content: Uint8Array | string): void;
	/** Posts JSON; null where no answer came in time. */
	readonly post: (address: string, body: string, timeoutMs: number) => Promise<PostAnswer | null>;
	readonly wait: (ms: number) => Promise<void>;
	/** Path of a file or folder of this checkout: `scenarios/drop/two-cities`. */
	ownPath(path: string): string;
	/** the wasm file of SQLite, as `startSqlEngine` wants it */
	sqlWasm(): Uint8Array<ArrayBuffer>;
	/** Version and code of this very program: two machines that say the same compute the same. */
	engine(): string;
	/** name of this machine, and the number of this process on it */
	hostName(): string;
	/** The packages behind a queue, or null where they are not installed. */
	importQueue(): Promise<QueueEngine | null>;
	/** Starts a process that computes jobs, with so much memory. */
	startSlot(memoryMb: number): SlotProcess;
	/** Starts a thread of this process that computes. */
	startThread(): ComputingThread;
	/** Calls `act` when the person asks to stop (Ctrl-C), in place of ending the process; gives a way to take that back. */
	onInterrupt(act: () => void): () => void;
}
