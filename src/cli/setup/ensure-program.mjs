// @ts-check
import { debianPlans, programEffects } from './install-program.mjs';

/**
 * A program that some tests need and that may be missing.
 *
 * @typedef {object} WantedProgram
 * @property {string} variable of the environment that may name its path
 * @property {readonly string[]} names on the search path
 * @property {readonly string[]} places usual paths
 * @property {string} debian its package
 */

/** @type {WantedProgram} */
export const firefox = {
	variable: 'FIREFOX_PATH',
	names: ['firefox', 'firefox-esr'],
	places: [
		'/Applications/Firefox.app/Contents/MacOS/firefox',
		'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
	],
	debian: 'firefox-esr',
};

/** @type {WantedProgram} */
export const redisServer = {
	variable: 'REDIS_SERVER',
	names: ['redis-server'],
	places: [],
	debian: 'redis-server',
};

/**
 * Path of a program: what its variable names, one on the search path or in a usual place, or Debian's, installed
 * where that is possible (as root, with apt-get). Null, with a word on standard error, when there is none: the tests
 * that need it are skipped then. Throws where the variable names nothing.
 *
 * @param {WantedProgram} wanted
 * @param {import('./install-program.mjs').ProgramEffects} [effects]
 * @returns {Promise<string | null>}
 */
export async function ensureProgram(wanted, effects = programEffects()) {
	const { variable, debian } = wanted;
	const given = effects.env[variable];
	if (given) {
		if (effects.exists(given)) return given;
		throw new Error(`invalid ${variable}: ${given}; must be the path of a program, or not be set`);
	}
	const there = findProgram(wanted, effects);
	if (there !== null) return there;

	for (const steps of debianPlans(debian, effects)) {
		effects.say(`installing ${debian}: ${steps.at(-1)?.join(' ')}`);
		// a step that fails is not the end: an old package list may do
		for (const [program, ...args] of steps) await effects.run(program, args);
		const installed = findProgram(wanted, effects);
		if (installed !== null) return installed;
	}
	effects.say(
		`no ${debian} here, and none could be installed; its tests are skipped: install it, or set ${variable}`,
	);
	return null;
}

/**
 * @param {WantedProgram} wanted
 * @param {import('./install-program.mjs').ProgramEffects} effects
 */
function findProgram({ names, places }, effects) {
	for (const name of names) {
		const path = effects.which(name);
		if (path !== null) return path;
	}
	return places.find((path) => effects.exists(path)) ?? null;
}
