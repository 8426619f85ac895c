import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import type { Connect, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './chromium.ts';
import { scenarioFiles } from './scenario-files.ts';

const isolation = {
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Embedder-Policy': 'require-corp',
	'Cross-Origin-Resource-Policy': 'same-origin',
};

// Kit answers pages and files itself: `server.headers` misses the pages, `preview.headers` misses everything
function crossOriginIsolation(): Plugin {
	const use = (server: { middlewares: Connect.Server }) => {
		server.middlewares.use((_request, response, next) => {
			for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
			next();
		});
	};
	return { name: 'cross-origin-isolation', configureServer: use, configurePreviewServer: use };
}

export default defineConfig({
	plugins: [
		crossOriginIsolation(), // must stand before sveltekit()
		scenarioFiles(import.meta.dirname),
		sveltekit(),
	],
	worker: { format: 'es' },
	optimizeDeps: {
		include: ['sql.js', 'comlink', 'fflate', 'zod', '@noble/hashes/sha2.js', '@noble/hashes/utils.js'],
	}, // else vitest reloads in mid-test on a cold cache
	server: { headers: isolation }, // this one is for vitest's browser mode
	preview: { port: 4173, strictPort: true },
	test: {
		expect: { requireAssertions: true },
		projects: [
			{
				extends: './vite.config.ts',
				test: {
					name: 'node',
					environment: 'node',
					maxWorkers: '100%', // the default leaves one core of two idle
					isolate: false, // they share no state; a process per file took half as long again
					include: ['test/**/*.test.ts'],
					exclude: ['test/**/*.browser.test.ts', 'test/**/*.svelte.test.ts', 'test/**/*.queue.test.ts'],
					testTimeout: 180_000,
				},
			},
			{
				// needs a Redis server, named by REDIS_SERVER; test/run.mjs installs and runs it apart from the others
				extends: './vite.config.ts',
				test: {
					name: 'queue',
					environment: 'node',
					include: ['test/**/*.queue.test.ts'],
					// they wait for each other's locks rather than compute
					maxConcurrency: 6,
					sequence: { groupOrder: 2 },
					testTimeout: 300_000,
					hookTimeout: 180_000,
				},
			},
			{
				extends: './vite.config.ts',
				test: {
					name: 'browser',
					include: ['test/**/*.browser.test.ts', 'test/**/*.svelte.test.ts'],
					// one page at a time, after all else: a browser gives the focus to one page only
					maxWorkers: 1,
					retry: 1, // a busy machine now and then keeps a browser waiting; `npm test` names each that needed it
					testTimeout: 60_000,
					hookTimeout: 60_000,
					sequence: { groupOrder: 1 },
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({ launchOptions: chromiumLaunch }),
						instances: [{ browser: 'chromium' }],
					},
				},
			},
		],
	},
});
