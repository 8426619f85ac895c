import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build, preview, type Plugin, type PreviewServer } from 'vite';

/** What the page in Firefox posts back: rows with another hash as `title: hash`. */
export interface FirefoxAnswer {
	readonly userAgent: string;
	readonly tried: number;
	readonly different: readonly string[];
}

const PAGE = '<!doctype html><title>outcome hashes</title><script type="module" src="/page.js"></script>';

// a first start must neither ask nor call home
const PREFERENCES = [
	['app.update.enabled', false],
	['browser.shell.checkDefaultBrowser', false],
	['datareporting.policy.dataSubmissionEnabled', false],
	['network.captive-portal-service.enabled', false],
	['network.connectivity-service.enabled', false],
	['services.settings.server', 'data:,'],
	['toolkit.telemetry.enabled', false],
] as const;

/** Builds and serves the page, starts the Firefox at `path` on it without a window, and gives what the page posts. */
export async function runFirefox(path: string, root: string): Promise<FirefoxAnswer> {
	const folder = mkdtempSync(join(tmpdir(), 'dropbench-firefox-'));
	try {
		const { plugin, answered } = answerCatcher();
		const server = await servePage(join(folder, 'page'), root, plugin);
		try {
			const address = server.resolvedUrls?.local[0];
			if (address === undefined) throw new Error('the server of the page has no address');
			const browser = startFirefox(path, join(folder, 'profile'), folder, address);
			try {
				return await Promise.race([answered, browser.ended]);
			} finally {
				browser.stop();
				await browser.ended.catch(() => undefined);
			}
		} finally {
			await server.close();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/**
 * Builds the page and serves what was built. Served from its sources it could hang: a package that the server meets
 * late is refused to who asked for it before, and a worker of Firefox tells nobody of an import that failed.
 */
async function servePage(outDir: string, root: string, plugin: Plugin): Promise<PreviewServer> {
	const shared = { configFile: false, root, logLevel: 'error', publicDir: false } as const;
	await build({
		...shared,
		worker: { format: 'es' },
		build: {
			outDir,
			target: 'esnext',
			rolldownOptions: {
				input: join(root, 'test/determinism/firefox-page.ts'),
				output: { entryFileNames: 'page.js' },
			},
		},
	});
	return preview({
		...shared,
		build: { outDir },
		preview: { host: '127.0.0.1', port: 0 },
		plugins: [plugin],
	});
}

function startFirefox(path: string, profile: string, home: string, address: string) {
	const written = PREFERENCES.map(
		([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
	);
	rmSync(profile, { recursive: true, force: true });
	mkdirSync(profile);
	writeFileSync(join(profile, 'user.js'), written.join('\n'));
	const child = spawn(path, ['--headless', '--no-remote', '--profile', profile, address], {
		stdio: 'ignore',
		env: { ...process.env, HOME: home, MOZ_HEADLESS: '1' },
	});
	const ended = new Promise<never>((_, reject) => {
		child.on('error', reject);
		child.on('exit', (code) =>
			reject(new Error(`Firefox ended with ${String(code)} before the page answered`)),
		);
	});
	return { ended, stop: () => child.kill() };
}

function answerCatcher(): { plugin: Plugin; answered: Promise<FirefoxAnswer> } {
	let resolve: (answer: FirefoxAnswer) => void = () => undefined;
	const answered = new Promise<FirefoxAnswer>((settle) => {
		resolve = settle;
	});
	const plugin: Plugin = {
		name: 'answer-catcher',
		configurePreviewServer(server) {
			server.middlewares.use('/answer', (request: IncomingMessage, response) => {
				void text(request).then((body) => {
					resolve(JSON.parse(body) as FirefoxAnswer);
					response.end();
				});
			});
			server.middlewares.use((request, response, next) => {
				if (request.url !== '/') return next();
				response.setHeader('Content-Type', 'text/html').end(PAGE);
			});
		},
	};
	return { plugin, answered };
}
