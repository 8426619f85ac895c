// @ts-check
import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/**
 * Runs a program in the checkout, without a shell and without standard input. Both of its streams go to
 * standard error unless `output` is `inherit`, so that standard output stays the caller's own; with `at the end` they
 * go to standard output once it has ended, so that several can run side by side. Resolves to its exit code; 127 where
 * it could not be started, 128 where a signal ended it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, output?: 'stderr' | 'inherit' | 'at the end' }} [options]
 * @returns {Promise<number>}
 */
export function runTool(program, args, { env = process.env, output = 'stderr' } = {}) {
	return new Promise((resolve) => {
		const isHeld = output === 'at the end';
		const stdout = output === 'stderr' ? process.stderr : 'inherit';
		const stdio = isHeld ? ['ignore', 'pipe', 'pipe'] : ['ignore', stdout, 'inherit'];
		const child = spawn(program, args, { cwd: root, env, stdio: /** @type {any} */ (stdio) });
		/** @type {Uint8Array[]} */
		const held = [];
		for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => held.push(bytes));
		const end = (/** @type {number} */ exit) => {
			for (const bytes of held) process.stdout.write(bytes);
			resolve(exit);
		};
		child.on('error', () => end(127));
		// `close` comes after the last output, `exit` may come before it
		child.on(isHeld ? 'close' : 'exit', (code) => end(code ?? 128));
	});
}
