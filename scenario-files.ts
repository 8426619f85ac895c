import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Connect, Plugin } from 'vite';

/** A shipped scenario, as `/scenarios/index.json` lists it; files are relative to its folder. */
interface ListedScenario {
	readonly key: string;
	readonly program: string;
	readonly title: string;
	readonly about: string;
	readonly files: readonly string[];
	readonly bytes: number;
}

/** Files of a scenario folder that only tests read. */
const NOT_SERVED = ['expected.json'];

/**
 * Serves the folder `scenarios/` under `/scenarios/`, with an `index.json` made from its folders, and copies
 * both into the client build.
 */
export function scenarioFiles(root: string): Plugin {
	const folder = join(root, 'scenarios');
	const serve = (server: { middlewares: Connect.Server }) => {
		server.middlewares.use((request, response, next) => {
			const path = decodeURIComponent(request.url ?? '');
			const at = path.indexOf('/scenarios/');
			// with a query it is an import of the file as a module
			if (at < 0 || path.includes('?')) return next();
			const name = path.slice(at + '/scenarios/'.length);
			if (name === 'index.json') {
				response.setHeader('Content-Type', 'application/json');
				return response.end(JSON.stringify(listScenarios(folder)));
			}
			const isListed = listScenarios(folder).some(({ key, files }) => files.some((file) => `${key}/${file}` === name)); // prettier-ignore
			if (!isListed) return next();
			createReadStream(join(folder, name)).pipe(response);
		});
	};
	return {
		name: 'scenario-files',
		configureServer: serve,
		generateBundle() {
			if (this.environment.name !== 'client') return;
			const listed = listScenarios(folder);
			this.emitFile({ type: 'asset', fileName: 'scenarios/index.json', source: JSON.stringify(listed) });
			for (const { key, files } of listed) {
				for (const file of files) {
					const source = readFileSync(join(folder, key, file));
					this.emitFile({ type: 'asset', fileName: `scenarios/${key}/${file}`, source });
				}
			}
		},
	};
}

function listScenarios(folder: string): ListedScenario[] {
	const scenarios: ListedScenario[] = [];
	for (const path of walk(folder)) {
		if (!path.endsWith(`${sep}scenario.json`)) continue;
		const home = path.slice(0, -'/scenario.json'.length);
		const files = [...walk(home)]
			.map((file) => relative(home, file).replaceAll(sep, '/'))
			.filter((file) => !NOT_SERVED.includes(file))
			.sort();
		const key = relative(folder, home).replaceAll(sep, '/');
		const document = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
		const textAt = (name: string) => (typeof document[name] === 'string' ? document[name] : '');
		scenarios.push({
			key,
			program: textAt('program') || key.split('/')[0],
			title: textAt('title') || textAt('name') || key.split('/').slice(1).join('/'),
			about: textAt('about'),
			files,
			bytes: files.reduce((sum, file) => sum + statSync(join(home, file)).size, 0),
		});
	}
	return scenarios.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function* walk(folder: string): Generator<string> {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) yield* walk(path);
		else yield path;
	}
}
