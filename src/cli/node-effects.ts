import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSlot } from './distributed/start-slot.ts';
import type { Effects } from './effects.ts';
import { postJson } from './post-json.ts';
import { progressLine } from './progress-line.ts';
import { splitLines } from './split-lines.ts';
import { startThread } from './threads/start-thread.ts';

// two folders up from here, and from the bundle in .cache/cli/ too
const root = fileURLToPath(new URL('../../', import.meta.url));

/** The effects of a real command line: Node's files and streams. */
export function nodeEffects(): Effects {
	const isTerminal = process.stderr.isTTY === true;
	const line = progressLine(
		(text) => void process.stderr.write(text),
		isTerminal,
		() => performance.now(),
	);
	const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
	return {
		version,
		env: process.env,
		lines: () => splitLines(process.stdin as AsyncIterable<Uint8Array>),
		write: (text) =>
			new Promise((resolve, reject) => {
				line.clear();
				process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
			}),
		progress: line.onStage,
		warn(text) {
			line.clear();
			process.stderr.write(`${text}\n`);
		},
		readFile: (path) => (isKind(path, 'file') ? Uint8Array.from(readFileSync(path)) : null),
		readFolder(path) {
			if (!isKind(path, 'folder')) return null;
			const entries = readdirSync(path, { recursive: true, withFileTypes: true });
			const files = entries
				.filter((entry) => entry.isFile())
				.map((entry) => join(entry.parentPath, entry.name));
			return files.map((file) => file.slice(join(path, sep).length).replaceAll(sep, '/')).sort();
		},
		writeFile(path, content) {
			mkdirSync(dirname(path), { recursive: true });
			const draft = `${path}.${process.pid}.tmp`;
			writeFileSync(draft, content);
			renameSync(draft, path);
		},
		post: postJson,
		wait: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
		ownPath: (path) => join(root, path),
		sqlWasm: () =>
			Uint8Array.from(readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'))),
		// all code is in the bundle, which is this file
		engine: () => `${version}+${createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url))).digest('hex').slice(0, 12)}`, // prettier-ignore
		hostName: () => `${hostname()}-${process.pid}`,
		async importQueue() {
			try {
				const [bullmq, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
				return { bullmq, Redis };
			} catch (error) {
				if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return null;
				throw error;
			}
		},
		startSlot: (memoryMb) => startSlot(import.meta.url, memoryMb),
		startThread: () => startThread(import.meta.url),
		onInterrupt(act) {
			const signals = ['SIGINT', 'SIGTERM'] as const;
			for (const signal of signals) process.on(signal, act);
			return () => {
				for (const signal of signals) process.off(signal, act);
			};
		},
	};
}

function isKind(path: string, kind: 'file' | 'folder'): boolean {
	if (!existsSync(path)) return false;
	const stat = statSync(path);
	return kind === 'file' ? stat.isFile() : stat.isDirectory();
}
