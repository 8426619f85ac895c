// @ts-check
import { debianPlans, programEffects } from './install-program.mjs';

/**
 * Path of a Redis server, for the tests that need a real one: what REDIS_SERVER names, or one on the search path. None there:
 * installs Debian's where that is possible (as root, with apt-get), and looks again. Null, with a word on standard error,
 * when there is still none: then those tests are skipped. Throws where REDIS_SERVER names nothing.
 *
 * @param {import('./install-program.mjs').ProgramEffects} [effects]
 * @returns {Promise<string | null>}
 */
export async function ensureRedis(effects = programEffects()) {
	const given = effects.env.REDIS_SERVER;
	if (given) {
		if (effects.exists(given)) return given;
		throw new Error(`invalid REDIS_SERVER: ${given}; must be the path of a redis-server, or not be set`);
	}
	const there = effects.which('redis-server');
	if (there !== null) return there;

	for (const steps of debianPlans('redis-server', effects)) {
		effects.say(`installing Redis: ${steps.at(-1)?.join(' ')}`);
		// a step that fails is not the end: an old package list may do
		for (const [program, ...args] of steps) await effects.run(program, args);
		const installed = effects.which('redis-server');
		if (installed !== null) return installed;
	}
	effects.say(
		'no redis-server here, and none could be installed; its tests are skipped: install Redis, or set REDIS_SERVER',
	);
	return null;
}
