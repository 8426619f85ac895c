// @ts-check
import { join } from 'node:path';
import { debianPlans, programEffects } from './install-program.mjs';
import { root } from './root.mjs';

/**
 * What finding and installing a browser touches outside itself; tests pass their own.
 *
 * @typedef {import('./install-program.mjs').ProgramEffects & {
 *   bundled: () => Promise<string | null>,
 * }} BrowserEffects `bundled`: path of Playwright's own Chromium, whether there or not
 */

const NAMES = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'microsoft-edge',
	'msedge',
];

const PLACES = [
	'/usr/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Path of a Chromium-like browser: what CHROMIUM_PATH names, then one on the search path or in a usual place, then
 * Playwright's own. None there: installs Debian's chromium where that is possible (as root, with apt-get), else
 * Playwright's, and looks again. Throws, saying what a person can do, when there is still none.
 *
 * @param {BrowserEffects} [effects]
 * @returns {Promise<string>}
 */
export async function ensureBrowser(effects = systemEffects()) {
	const given = effects.env.CHROMIUM_PATH;
	if (given) {
		if (effects.exists(given)) return given;
		throw new Error(
			`invalid CHROMIUM_PATH: ${given}; must be the path of a Chromium or Chrome, or not be set`,
		);
	}
	const there = await findBrowser(effects);
	if (there !== null) return there;

	for (const steps of installPlans(effects)) {
		effects.say(`installing a browser: ${steps.at(-1)?.join(' ')}`);
		// a step that fails is not the end: an old package list may do
		for (const [program, ...args] of steps) await effects.run(program, args);
		const installed = await findBrowser(effects);
		if (installed !== null) return installed;
	}
	throw new Error(
		'missing browser, and installing one failed; install Chromium or Chrome, or set CHROMIUM_PATH',
	);
}

/**
 * Ways to install a browser, best first; each is a list of commands.
 *
 * @param {Pick<BrowserEffects, 'isRoot' | 'which'>} effects
 * @returns {string[][][]}
 */
export function installPlans(effects) {
	// Debian's recommended fonts are wanted
	const bundled = [[process.execPath, join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium']];
	return [...debianPlans('chromium', effects), bundled];
}

/** @param {BrowserEffects} effects */
async function findBrowser(effects) {
	for (const name of NAMES) {
		const path = effects.which(name);
		if (path !== null) return path;
	}
	const bundled = await effects.bundled();
	const places = bundled === null ? PLACES : [...PLACES, bundled];
	return places.find((path) => effects.exists(path)) ?? null;
}

/** @returns {BrowserEffects} */
function systemEffects() {
	return {
		...programEffects(),
		// not at the top: this file is read before anything is installed
		bundled: async () => (await import('playwright')).chromium.executablePath() || null,
	};
}
