import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Effects } from './effects.ts';
import { postJson } from './post-json.ts';
import { progressLine } from './progress-line.ts';
import { splitLines } from './split-lines.ts';

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
	return {
		version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
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
	};
}

function isKind(path: string, kind: 'file' | 'folder'): boolean {
	if (!existsSync(path)) return false;
	const stat = statSync(path);
	return kind === 'file' ? stat.isFile() : stat.isDirectory();
}
