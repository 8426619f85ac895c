import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../svelte.config.js';

const directives = new Map<string, unknown>(Object.entries(config.kit?.csp?.directives ?? {}));
const headers = readFileSync('static/_headers', 'utf8');

function sources(folder: string): { readonly path: string; readonly text: string }[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(?:ts|svelte|html)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/** Places of a pattern, as path:line. */
function placesOf(pattern: RegExp, folders: readonly string[]): string[] {
	return folders
		.flatMap(sources)
		.flatMap(({ path, text }) =>
			text
				.split('\n')
				.flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim().slice(0, 80)}`] : [])),
		);
}

describe('the page’s policy', () => {
	it('starts from nothing, allows its own origin only, and of evaluation only WebAssembly', () => {
		expect(directives.get('default-src')).toEqual(['none']);
		expect(directives.get('script-src')).toEqual(['self', 'wasm-unsafe-eval']);
		for (const closed of ['base-uri', 'form-action']) expect(directives.get(closed)).toEqual(['none']);
		const allowed = [...directives].flatMap(([name, values]) => (name.endsWith('-src') ? values : []));
		const known = /^(?:self|none|data:|blob:|wasm-unsafe-eval|unsafe-hashes|sha256-.*)$/;
		expect(allowed.filter((value) => !known.test(String(value)))).toEqual([]);
		expect(directives.get('require-trusted-types-for')).toEqual(['script']);
	});

	it('is joined by headers against framing and guessing, and by one for scripts, the same from the service worker', () => {
		for (const line of [
			"frame-ancestors 'none'",
			'X-Content-Type-Options: nosniff',
			'Referrer-Policy: no-referrer',
			'Cross-Origin-Opener-Policy: same-origin',
		])
			// prettier-ignore
			expect(headers).toContain(line);
		const ofScripts = /\/_app\/\*\.js\s+Content-Security-Policy: (.*)/.exec(headers)?.[1] ?? 'none';
		expect(ofScripts).toContain("default-src 'none'");
		expect(readFileSync('src/service-worker.ts', 'utf8')).toContain(`"${ofScripts}"`);
	});
});

describe('the sources', () => {
	it('never make markup or code of text', () => {
		const pattern =
			/\{@html|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\(/;
		expect(placesOf(pattern, ['src'])).toEqual([]);
	});

	it('take every way out away before anything else runs in a worker, and load nothing later', () => {
		const workers = sources('src/workers').filter(({ path }) => path.endsWith('.worker.ts'));
		expect(workers.length).toBeGreaterThan(1);
		expect(workers.filter(({ text }) => !text.startsWith("import './lock-down.ts';"))).toEqual([]);
		const inWorkers = ['src/engine', 'src/programs', 'src/data', 'src/workers'];
		expect(placesOf(/\bimport\(/, inWorkers)).toEqual([]);
	});
});
