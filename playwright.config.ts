import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './chromium.ts';

const port = process.env.PORT ?? '4173';
const address = `http://127.0.0.1:${port}`;

const MEASURED = ['**/budgets.e2e.ts', '**/layout-shift.e2e.ts'];

export default defineConfig({
	testDir: 'test',
	testMatch: '**/*.e2e.ts',
	outputDir: 'test-results/e2e',
	snapshotPathTemplate: 'test/screens/{arg}{ext}',
	timeout: 60_000,
	retries: 1, // a busy machine now and then keeps a browser waiting; `npm test` names each that needed it
	use: {
		baseURL: address,
		launchOptions: chromiumLaunch,
		viewport: { width: 1440, height: 900 },
		// it would copy the whole app into every test's own storage; the tests that are about it let it in
		serviceWorkers: 'block',
	},
	workers: 2,
	projects: [
		{ name: 'side by side', testIgnore: MEASURED },
		// what measures time or movement runs alone, after all else
		{ name: 'alone', testMatch: MEASURED, workers: 1, dependencies: ['side by side'] },
	],
	webServer: {
		command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port}`,
		url: address,
		reuseExistingServer: false,
	},
});
