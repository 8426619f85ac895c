import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Effects, PostAnswer } from '../../src/cli/effects.ts';
import { main } from '../../src/cli/main.ts';
import { makeAnswerer } from '../../src/cli/threads/answer-question.ts';
import type { ComputingThread } from '../../src/cli/threads/thread-protocol.ts';

/** What a command line did: its exit code, its streams, and the files it wrote. */
export interface Outcome {
	readonly exit: number;
	readonly out: string;
	readonly warnings: readonly string[];
	readonly files: ReadonlyMap<string, Uint8Array>;
}

export interface World {
	/** files by path, as text or bytes */
	readonly files?: Readonly<Record<string, string | Uint8Array>>;
	/** what a server answers to a post; nothing unless given */
	readonly post?: (address: string, body: string) => PostAnswer | null;
	/** standard input, in batches of lines */
	readonly batches?: readonly (readonly string[])[];
	/** starts a thread; one that answers in this very thread unless given */
	readonly startThread?: () => ComputingThread;
}

/** Effects on files in memory; what is written adds to `out`, `warnings` and `files`. */
export function makeEffects(world: World = {}) {
	const encoder = new TextEncoder();
	const files = new Map(
		Object.entries(world.files ?? {}).map(([path, content]) => [
			path,
			typeof content === 'string' ? encoder.encode(content) : Uint8Array.from(content),
		]),
	);
	const written: string[] = [];
	const warnings: string[] = [];
	const effects: Effects = {
		version: '1.2.3',
		env: {},
		progress: () => undefined,
		async *lines() {
			for (const batch of world.batches ?? []) yield await Promise.resolve(batch);
		},
		write: (text) => Promise.resolve(void written.push(text)),
		warn: (line) => void warnings.push(line),
		readFile: (path) => files.get(path) ?? null,
		readFolder(path) {
			const inside = [...files.keys()].filter((file) => file.startsWith(`${path}/`));
			return inside.length === 0 ? null : inside.map((file) => file.slice(path.length + 1)).sort();
		},
		writeFile: (path, content) =>
			void files.set(path, typeof content === 'string' ? encoder.encode(content) : Uint8Array.from(content)),
		post: (address, body) => Promise.resolve(world.post?.(address, body) ?? null),
		wait: () => Promise.resolve(),
		ownPath: (path) => `own/${path}`,
		sqlWasm: () =>
			Uint8Array.from(readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'))),
		engine: () => '1.2.3+test',
		hostName: () => 'here-1',
		// the packages of a queue are optional: a world is one without them
		importQueue: () => Promise.resolve(null),
		startSlot: () => {
			throw new Error('a world in memory starts no process');
		},
		startThread: world.startThread ?? threadHere,
		onInterrupt: () => () => undefined,
	};
	return { effects, written, warnings, files };
}

/** Answers as a thread does: later, and with copies. */
export function threadHere(): ComputingThread {
	const answerOf = makeAnswerer();
	return {
		ask: (question) =>
			Promise.resolve().then(() => structuredClone(answerOf(structuredClone(question)).answer)),
		close: () => undefined,
	};
}

/** Runs a command line in memory. */
export async function runLine(line: string, world: World = {}): Promise<Outcome> {
	const { effects, written, warnings, files } = makeEffects(world);
	const exit = await main(
		line.split(' ').filter((word) => word !== ''),
		effects,
	);
	return { exit, out: written.join(''), warnings, files };
}
