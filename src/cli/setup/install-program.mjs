// @ts-check
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runTool } from './run-tool.mjs';

/**
 * What finding and installing a program touches outside itself; tests pass their own.
 *
 * @typedef {object} ProgramEffects
 * @property {NodeJS.ProcessEnv} env
 * @property {(path: string) => boolean} exists
 * @property {(name: string) => string | null} which path of a program on the search path, or null
 * @property {boolean} isRoot
 * @property {(program: string, args: readonly string[]) => Promise<number>} run
 * @property {(line: string) => void} say
 */

/**
 * How to install a package of Debian: one plan, a list of commands, as root where apt-get is there, and none elsewhere.
 *
 * @param {string} name
 * @param {Pick<ProgramEffects, 'isRoot' | 'which'>} effects
 * @returns {string[][][]}
 */
export function debianPlans(name, { isRoot, which }) {
	if (!isRoot || which('apt-get') === null) return [];
	// another apt-get may be at work
	const wait = ['-o', 'DPkg::Lock::Timeout=300'];
	return [
		[
			['apt-get', ...wait, 'update'],
			['apt-get', ...wait, 'install', '-y', name],
		],
	];
}

/** @returns {ProgramEffects} */
export function programEffects() {
	return {
		env: process.env,
		exists: existsSync,
		which(name) {
			const folders = (process.env.PATH ?? '').split(delimiter);
			const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
			const paths = folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending)));
			return paths.find((path) => existsSync(path)) ?? null;
		},
		isRoot: process.getuid?.() === 0,
		run: (program, args) =>
			runTool(program, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }),
		say: (line) => process.stderr.write(`dropbench: ${line}\n`),
	};
}
