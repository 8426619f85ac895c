// @ts-check
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runTool } from './run-tool.mjs';
import { readStamp, sourceStamp } from './source-stamp.mjs';

const STAMP = '.cache/app-stamp';
const FOLDERS = ['src', 'static', 'scenarios'];

/** Settings of tools stand beside package.json. */
function appStamp() {
	const settings = readdirSync(root).filter((name) => /\.(js|ts|json)$/.test(name));
	return sourceStamp([...FOLDERS, ...settings.sort()]);
}

/** Builds the app into build/, unless it was last built from the very same sources. */
export async function ensureApp() {
	if (readStamp('build/index.html') === '' || readStamp(STAMP) !== appStamp()) await buildApp();
}

/** Builds the app into build/. Throws where that fails. */
export async function buildApp() {
	const stamp = appStamp();
	// whatever runs the build, the app is the one that people get: no warnings for developers in it
	const env = { ...process.env, NODE_ENV: 'production' };
	const code = await runTool(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
		env,
	});
	if (code !== 0) throw new Error(`vite build ended with exit code ${code}`);
	mkdirSync(join(root, '.cache'), { recursive: true });
	writeFileSync(join(root, STAMP), stamp);
}
