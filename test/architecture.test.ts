import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What each layer may import beside itself, as on the house's page: other layers, then packages. */
const LAYERS: Readonly<Record<string, { layers: readonly string[]; packages: readonly string[] }>> = {
	engine: { layers: [], packages: [] },
	programs: { layers: ['engine'], packages: ['zod', '@noble/hashes'] },
	data: { layers: ['engine', 'programs'], packages: ['sql.js', 'fflate'] },
	workers: { layers: ['engine', 'programs', 'data'], packages: ['comlink', 'sql.js'] },
	ui: {
		layers: ['engine', 'programs', 'data', 'workers'],
		// the page hands the wasm file in, since workers fetch nothing
		packages: [
			'svelte',
			'd3-array',
			'd3-scale',
			'd3-shape',
			'bits-ui',
			'virtua',
			'@lucide/svelte',
			'$app',
		].concat('sql.js/dist/sql-wasm-browser.wasm'),
	},
	routes: {
		layers: ['engine', 'programs', 'data', 'workers', 'ui'],
		packages: ['svelte', '@sveltejs/kit', '$app'],
	},
	// Kit wants it there: what answers for the pages when there is no network
	'service-worker.ts': { layers: [], packages: ['$service-worker'] },
	cli: {
		layers: ['engine', 'programs', 'data'],
		packages: ['node:', 'vite', 'rolldown', 'playwright', 'zod', 'bullmq', 'ioredis'],
	},
};

const FORBIDDEN_FOLDERS = ['lib', 'utils', 'helpers', 'common', 'types', 'services'];
const LONGEST_STAGE = 120;

interface Source {
	/** `programs/drop/stages/score.ts`, below src */
	readonly path: string;
	readonly text: string;
}

/** One import or re-export, static, dynamic or of a type. */
interface Import {
	readonly from: string;
	readonly isTypeOnly: boolean;
}

function readTree(folder: string): Source[] {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) =>
			join(entry.parentPath, entry.name)
				.replaceAll('\\', '/')
				.slice(folder.length + 1),
		)
		.sort()
		.map((path) => ({
			path,
			text: /\.(ts|mjs|svelte)$/.test(path) ? readFileSync(join(folder, path), 'utf8') : '',
		}));
}

function withoutComments(text: string): string {
	return text.replace(/\/\*[^]*?\*\/|<!--[^]*?-->/g, '').replace(/^\s*\/\/.*$/gm, '');
}

function importsOf(text: string): Import[] {
	const found: Import[] = [];
	const code = withoutComments(text);
	for (const match of code.matchAll(
		/^[ \t]*(?:import|export)\b([^'";=()]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm,
	)) {
		found.push({ from: match[2], isTypeOnly: /^\s*type\b/.test(match[1] ?? '') });
	}
	for (const match of code.matchAll(/\bimport\(\s*['"]([^'"\n]+)['"]/g))
		found.push({ from: match[1], isTypeOnly: false });
	for (const match of code.matchAll(/new URL\(\s*['"](\.[^'"\n]+\.(?:ts|js))['"]\s*,\s*import\.meta\.url/g)) {
		found.push({ from: match[1], isTypeOnly: false });
	}
	return found;
}

/** What is wrong with an import that stands in a file, or null. */
function wrongImport(path: string, { from, isTypeOnly }: Import): string | null {
	const layer = path.split('/')[0];
	const rules = LAYERS[layer];
	if (!rules) return `src/${path.includes('/') ? layer : path} is no layer of the house`;
	const file = from.split('?')[0];

	if (file.startsWith('./') || file.startsWith('../')) {
		const target = posix.join(posix.dirname(path), file);
		if (target.split('/')[0] !== layer) return 'leaves its layer; write #layer/file.ts';
		if (!/\.(ts|mjs|js|svelte|css)$/.test(file) && !file.startsWith('./$types')) return 'has no extension';
		return programCrossing(path, target);
	}
	if (file.startsWith('#')) {
		const target = file.slice(1);
		const other = target.split('/')[0];
		if (other === layer) return 'names its own layer; write ./ or ../';
		if (!(other in LAYERS)) return `#${other} is no layer of the house`;
		if (!rules.layers.includes(other)) return `${layer} may not import ${other}`;
		if (!/\.(ts|svelte|css)$/.test(target)) return 'has no extension';
		if (layer === 'ui' && !isTypeOnly && /^programs\/[^/]+\/(stages\/|simulate|program\.ts)/.test(target)) {
			return 'ui never runs a program';
		}
		return null;
	}
	const isAllowed = rules.packages.some(
		(name) => file === name || file.startsWith(name.endsWith(':') ? name : `${name}/`),
	);
	return isAllowed ? null : `${layer} may not import ${file}`;
}

function programCrossing(path: string, target: string): string | null {
	const [from, to] = [path, target].map((file) => /^programs\/([^/]+)\//.exec(file)?.[1]);
	return from !== undefined && to !== undefined && from !== to
		? `program ${from} may not import program ${to}`
		: null;
}

const sources = readTree('src');

describe('the house', () => {
	it('is read whole', () => {
		expect(sources.length).toBeGreaterThan(20);
		const importCount = sources.reduce((sum, source) => sum + importsOf(source.text).length, 0);
		expect(importCount).toBeGreaterThan(40);
	});

	it('has imports that point down only', () => {
		const wrong = sources.flatMap((source) =>
			importsOf(source.text).flatMap((one) => {
				const fault = wrongImport(source.path, one);
				return fault === null ? [] : [`src/${source.path}: '${one.from}' ${fault}`];
			}),
		);
		expect(wrong).toEqual([]);
	});

	it('imports declared packages only', () => {
		const declared = declaredPackages();
		const all = [...readTree('src'), ...readTree('test')];
		const undeclared = all.flatMap(({ path, text }) =>
			importsOf(text)
				.map(({ from }) => packageOf(from))
				.filter((name) => name !== null && !declared.has(name))
				.map((name) => `${path}: ${name}`),
		);
		expect(undeclared).toEqual([]);
	});

	it('has no folder whose name says nothing', () => {
		const folders = new Set(sources.flatMap(({ path }) => dirname(path).split('/')));
		expect(FORBIDDEN_FOLDERS.filter((name) => folders.has(name))).toEqual([]);
	});

	it('names files in kebab-case, components in PascalCase and pages as the router wants', () => {
		const wrong = sources.filter(({ path }) => !isWellNamed(path)).map(({ path }) => path);
		expect(wrong).toEqual([]);
	});

	it('has no default exports', () => {
		const wrong = sources.filter(({ text }) => /^\s*export default\b/m.test(withoutComments(text)));
		expect(wrong.map(({ path }) => path)).toEqual([]);
	});

	it('has no file that only passes exports on', () => {
		const wrong = sources.filter(({ path, text }) => {
			const code = withoutComments(text).trim();
			return (
				path.endsWith('.ts') &&
				code !== '' &&
				code.replace(/export\s[^;]*?\sfrom\s+'[^']+';/g, '').trim() === ''
			);
		});
		expect(wrong.map(({ path }) => path)).toEqual([]);
	});

	it(`keeps stages to ${LONGEST_STAGE} lines`, () => {
		const long = sources
			.filter(({ path }) => /^programs\/[^/]+\/stages\//.test(path))
			.map(({ path, text }) => `${path}: ${text.trimEnd().split('\n').length} lines`)
			.filter((line) => Number(/(\d+) lines$/.exec(line)?.[1]) > LONGEST_STAGE);
		expect(long).toEqual([]);
	});

	it('has tests in the tree of the sources', () => {
		const folders = new Set([
			'e2e',
			'bench',
			'mutation',
			'hostile',
			'determinism',
			'screens',
			...Object.keys(LAYERS),
		]);
		const wrong = readTree('test').filter(
			({ path }) => path.includes('/') && !folders.has(path.split('/')[0]),
		);
		expect(wrong.map(({ path }) => path)).toEqual([]);
	});
});

describe('the reader of imports', () => {
	it('sees every form of import', () => {
		const text = `
			import { a } from './a.ts';
			import type { B } from "#programs/b.ts";
			import './c.css';
			import {
				d,
				type E,
			} from '#engine/d.ts';
			export { f } from './f.ts';
			export type { G } from './g.ts';
			// import x from './no.ts';
			/* import y from './no.ts'; */
			const h = await import('./h.ts');
			const i = new Worker(new URL('./i.worker.ts', import.meta.url), { type: 'module' });
			import wasm from 'sql.js/dist/sql-wasm.wasm?url';
		`;
		expect(importsOf(text).map(({ from, isTypeOnly }) => `${isTypeOnly ? 'type ' : ''}${from}`)).toEqual([
			'./a.ts',
			'type #programs/b.ts',
			'./c.css',
			'#engine/d.ts',
			'./f.ts',
			'type ./g.ts',
			'sql.js/dist/sql-wasm.wasm?url',
			'./h.ts',
			'./i.worker.ts',
		]);
	});

	it.each([
		['engine/math.ts', 'zod', 'engine may not import zod'],
		['engine/math.ts', '#programs/hash.ts', 'engine may not import programs'],
		['engine/match/greedy.ts', '../sort.ts', null],
		['programs/drop/levers.ts', '../levers.ts', null],
		['programs/drop/levers.ts', '../offer/levers.ts', 'program drop may not import program offer'],
		['programs/registry.ts', './drop/program.ts', null],
		['programs/drop/program.ts', '#data/limits.ts', 'programs may not import data'],
		['programs/drop/program.ts', '#engine/share', 'has no extension'],
		['programs/drop/program.ts', '../program', 'has no extension'],
		['programs/drop/program.ts', '../../engine/share.ts', 'leaves its layer; write #layer/file.ts'],
		['data/digest.ts', '#data/limits.ts', 'names its own layer; write ./ or ../'],
		['data/digest.ts', 'node:fs', 'data may not import node:fs'],
		['data/digest.ts', '$app/env', 'data may not import $app/env'],
		['workers/runner.ts', '#ui/workbench.svelte.ts', 'workers may not import ui'],
		['ui/Chart.svelte', '#programs/drop/simulate.ts', 'ui never runs a program'],
		['ui/Chart.svelte', '$app/paths', null],
		['routes/+page.svelte', './$types', null],
		['cli/main.ts', '#workers/runner.ts', 'cli may not import workers'],
		['cli/main.ts', 'node:util', null],
		['lib/x.ts', './y.ts', 'src/lib is no layer of the house'],
	])('judges in src/%s the import of %s', (path, from, fault) => {
		expect(wrongImport(path, { from, isTypeOnly: false })).toBe(fault);
	});
});

function isWellNamed(path: string): boolean {
	const name = basename(path);
	if (name.endsWith('.svelte')) return /^([A-Z][A-Za-z0-9]*|\+(page|layout|error))\.svelte$/.test(name);
	if (name === 'README.md' || name.startsWith('.')) return true;
	return /^\+?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.[a-z0-9]+$/.test(name);
}

function declaredPackages(): Set<string> {
	const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
		string,
		Record<string, string> | undefined
	>;
	return new Set([
		...Object.keys(manifest.dependencies ?? {}),
		...Object.keys(manifest.devDependencies ?? {}),
		...Object.keys(manifest.optionalDependencies ?? {}),
	]);
}

/** The package that an import names, or null for one of our files or a part of Node or Kit. */
function packageOf(from: string): string | null {
	if (/^[./#$]|^node:|^virtual:/.test(from)) return null;
	const parts = from.split('/');
	return from.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}
