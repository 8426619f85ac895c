// @ts-check
// `npm test`: installs what is missing, then runs every check, even after one has failed. Ends with a line
// `N passed, N failed, N skipped`; exit code 1 where anything failed or nothing ran.
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureBrowser } from '../src/cli/setup/ensure-browser.mjs';
import { ensureDeps } from '../src/cli/setup/ensure-deps.mjs';
import { ensureProgram, firefox, redisServer } from '../src/cli/setup/ensure-program.mjs';
import { root } from '../src/cli/setup/root.mjs';
import { runTool } from '../src/cli/setup/run-tool.mjs';
import { readStamp } from '../src/cli/setup/source-stamp.mjs';
import { countPlaywright, countStep, countVitest, sumCounts } from './count.mjs';
import { namedPlaywright, namedVitest } from './named-tests.mjs';

const REPORTS = '.cache/reports';

await ensureDeps({ isWhole: true });
const env = {
	...process.env,
	NODE_ENV: 'test',
	CHROMIUM_PATH: await ensureBrowser(),
	FIREFOX_PATH: (await ensureProgram(firefox)) ?? '',
};
rmSync(join(root, REPORTS), { recursive: true, force: true });
mkdirSync(join(root, REPORTS), { recursive: true });

/** @type {{ name: string, counts: import('./count.mjs').Counts, seconds: number }[]} */
const steps = [];

/**
 * @param {string} name
 * @param {string[]} args what Node runs, relative to the checkout
 * @param {(exit: number) => import('./count.mjs').Counts} count
 * @param {{ env?: NodeJS.ProcessEnv, isAlone?: boolean }} [options] one that is not alone prints when it has ended
 */
async function step(name, args, count, { env: more = {}, isAlone = false } = {}) {
	if (isAlone) console.log(`\n── ${name}`);
	const start = performance.now();
	const output = isAlone ? 'inherit' : 'at the end';
	const exit = await runTool(process.execPath, args, { env: { ...env, ...more }, output });
	if (!isAlone) console.log(`── ${name}: ended`);
	steps.push({ name, counts: count(exit), seconds: (performance.now() - start) / 1000 });
}

const bin = 'node_modules';
const unit = `${REPORTS}/vitest.json`;
const queue = `${REPORTS}/queue.json`;

const reportTo = (/** @type {string} */ file) => [
	'--reporter=default',
	'--reporter=json',
	`--outputFile.json=${file}`,
];

async function formatAndBuild() {
	await step(
		'format',
		[`${bin}/prettier/bin/prettier.cjs`, '--check', '--log-level', 'warn', '.'],
		countStep,
	);
	await step('build', ['src/cli/setup/build.mjs'], countStep);
}

async function testQueue() {
	const name = 'tests with a real Redis';
	const redis = await ensureProgram(redisServer);
	if (redis === null) {
		steps.push({ name, counts: { passed: 0, failed: 0, skipped: 1 }, seconds: 0 });
		return;
	}
	const args = [`${bin}/vitest/vitest.mjs`, 'run', '--project', 'queue', ...reportTo(queue)];
	await step(name, args, (exit) => countVitest(readStamp(queue), exit), { env: { REDIS_SERVER: redis } });
}

await step('sync', [`${bin}/@sveltejs/kit/svelte-kit.js`, 'sync'], countStep);
const lint = step('lint', [`${bin}/eslint/bin/eslint.js`, '.'], countStep);
await step('types', [`${bin}/svelte-check/bin/svelte-check`, '--tsconfig', './tsconfig.json'], countStep);
// two of them keep one core busy each, the queue mostly waits
await Promise.all([lint, formatAndBuild(), testQueue()]);
await step(
	'unit, worker and component tests',
	[`${bin}/vitest/vitest.mjs`, 'run', '--project', 'node', '--project', 'browser', ...reportTo(unit)],
	(exit) => countVitest(readStamp(unit), exit),
	{ isAlone: true },
);

const ends = `${REPORTS}/playwright.json`;
await step(
	'end-to-end tests',
	[`${bin}/@playwright/test/cli.js`, 'test', '--reporter=list,json'],
	(exit) => countPlaywright(readStamp(ends), exit),
	{
		env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(root, ends), PORT: String(await freePort()) },
		isAlone: true,
	},
);

console.log();
const named = [unit, queue].flatMap((file) => namedVitest(readStamp(file)));
for (const test of [...named, ...namedPlaywright(readStamp(ends))]) console.log(test);
for (const { name, counts, seconds } of steps) {
	const mark = counts.failed > 0 ? '✗' : '✓';
	console.log(`${mark} ${name}: ${counts.passed} passed, ${counts.failed} failed, ${seconds.toFixed(1)} s`);
}
const { passed, failed, skipped } = sumCounts(steps.map(({ counts }) => counts));
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** @returns {Promise<number>} a port that nobody listens on */
function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 4173));
		});
	});
}
