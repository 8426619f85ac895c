// @ts-check
import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/**
 * Runs a program in the checkout, without a shell and without standard input. Both of its streams go to
 * standard error unless `output` is `inherit`, so that standard output stays the caller's own. Resolves to its
 * exit code; 127 where it could not be started, 128 where a signal ended it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, output?: 'stderr' | 'inherit' }} [options]
 * @returns {Promise<number>}
 */
export function runTool(program, args, { env = process.env, output = 'stderr' } = {}) {
	return new Promise((resolve) => {
		const stdout = output === 'stderr' ? process.stderr : 'inherit';
		const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', stdout, 'inherit'] });
		child.on('error', () => resolve(127));
		child.on('exit', (code) => resolve(code ?? 128));
	});
}
