// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runTool } from './run-tool.mjs';
import { readStamp, sourceStamp } from './source-stamp.mjs';

const STAMP = '.cache/app-stamp';
const SOURCES = [
	'src',
	'static',
	'scenarios',
	'svelte.config.js',
	'vite.config.ts',
	'package.json',
	'package-lock.json',
];

/** Builds the app into build/, unless it was last built from the very same sources. */
export async function ensureApp() {
	if (readStamp('build/index.html') === '' || readStamp(STAMP) !== sourceStamp(SOURCES)) await buildApp();
}

/** Builds the app into build/. Throws where that fails. */
export async function buildApp() {
	const stamp = sourceStamp(SOURCES);
	const code = await runTool(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build']);
	if (code !== 0) throw new Error(`vite build ended with exit code ${code}`);
	mkdirSync(join(root, '.cache'), { recursive: true });
	writeFileSync(join(root, STAMP), stamp);
}
