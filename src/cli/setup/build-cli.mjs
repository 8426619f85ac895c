// @ts-check
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';
import { readStamp, sourceStamp } from './source-stamp.mjs';

// not in build/, which the app's build empties
const BUNDLE = '.cache/cli/dropbench.mjs';
const STAMP = '.cache/cli/stamp';
const SOURCES = ['src/cli', 'src/data', 'src/engine', 'src/programs', 'package.json', 'package-lock.json'];

/**
 * Bundles the command line into one module, unless the last bundle was made from the very same sources. Gives
 * the address to import it by. Two processes may do so at once: each puts a whole file in place.
 */
export async function ensureCli() {
	const stamp = sourceStamp(SOURCES);
	if (readStamp(STAMP) !== stamp) await buildCli(stamp);
	return pathToFileURL(join(root, BUNDLE)).href;
}

/** @param {string} [stamp] what the sources were when the build began */
export async function buildCli(stamp = sourceStamp(SOURCES)) {
	const { build } = await import('rolldown');
	const folder = join(root, `.cache/cli-${process.pid}`);
	await build({
		cwd: root,
		input: 'src/cli/run.ts',
		platform: 'node',
		// ours extends one that Kit writes, which a fresh clone does not have yet
		tsconfig: false,
		// the first finds its wasm file beside itself, the others may be missing
		external: ['sql.js', 'bullmq', 'ioredis'],
		logLevel: 'warn',
		onLog(_level, { code, message }) {
			if (code === 'UNRESOLVED_IMPORT') throw new Error(message);
			process.stderr.write(`${message}\n`);
		},
		output: { file: join(folder, 'dropbench.mjs'), format: 'esm', codeSplitting: false },
	});
	mkdirSync(join(root, '.cache/cli'), { recursive: true });
	renameSync(join(folder, 'dropbench.mjs'), join(root, BUNDLE));
	rmSync(folder, { recursive: true });
	writeFileSync(join(root, STAMP), stamp);
}
