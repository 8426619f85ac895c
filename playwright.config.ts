import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './chromium.ts';

const port = process.env.PORT ?? '4173';
const address = `http://127.0.0.1:${port}`;

export default defineConfig({
	testDir: 'test',
	testMatch: '**/*.e2e.ts',
	outputDir: 'test-results/e2e',
	snapshotPathTemplate: 'test/screens/{arg}{ext}',
	workers: 1,
	timeout: 60_000,
	use: { baseURL: address, launchOptions: chromiumLaunch, viewport: { width: 1440, height: 900 } },
	webServer: {
		command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port}`,
		url: address,
		reuseExistingServer: false,
	},
});
