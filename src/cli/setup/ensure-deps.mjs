// @ts-check
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstMissing } from './installed.mjs';
import { root } from './root.mjs';
import { runTool } from './run-tool.mjs';
import { readStamp } from './source-stamp.mjs';

const STAMP = 'node_modules/.dropbench-stamp';

/**
 * Makes sure that node_modules holds what package-lock.json says, and that `npx dropbench` finds this checkout.
 * Does nothing, in a millisecond, when a stamp says so; else looks at what is installed, and runs `npm ci` only
 * if that differs. Packages that are optional may be missing, unless `isWhole`. Throws where the installation fails.
 *
 * @param {{ isWhole?: boolean }} [options]
 */
export async function ensureDeps({ isWhole = false } = {}) {
	const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
	const lacksOptional = isWhole && missingOptional(JSON.parse(lock).packages);
	const stamp = createHash('sha256')
		.update(lock)
		.update(readFileSync(join(root, 'package.json')))
		.update(`${process.platform} ${process.arch} ${process.versions.node.split('.')[0]}`)
		.digest('hex');
	if (readStamp(STAMP) === stamp && !lacksOptional) return;

	if (lacksOptional || firstMissing(JSON.parse(lock).packages, versionAt, thisSystem()) !== null) {
		process.stderr.write('dropbench: installing dependencies\n');
		// without --include=dev, NODE_ENV=production leaves out the tools
		const args = [
			'ci',
			'--include=dev',
			...(isWhole ? ['--include=optional'] : []),
			'--ignore-scripts',
			'--no-audit',
			'--no-fund',
		];
		const code = await runNpm(args);
		if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with exit code ${code}`);
	}
	linkBin();
	writeFileSync(join(root, STAMP), stamp);
}

/** @param {Record<string, { version?: string, optionalDependencies?: Record<string, string> }>} packages */
function missingOptional(packages) {
	const names = Object.keys(packages['']?.optionalDependencies ?? {});
	return names.some(
		(name) => versionAt(`node_modules/${name}`) !== packages[`node_modules/${name}`]?.version,
	);
}

/** @param {string} path */
function versionAt(path) {
	const text = readStamp(`${path}/package.json`);
	return text === '' ? null : /** @type {string} */ (JSON.parse(text).version);
}

function thisSystem() {
	const report = /** @type {{ header: { glibcVersionRuntime?: string } } | undefined} */ (
		process.report?.getReport()
	);
	return {
		os: process.platform,
		cpu: process.arch,
		libc: report?.header.glibcVersionRuntime === undefined ? 'musl' : 'glibc',
	};
}

/** @param {string[]} args */
function runNpm(args) {
	// npm names its own script when it starts us: no shell, and it works on Windows
	const script = process.env.npm_execpath;
	if (script && /npm-cli\.c?js$/.test(script)) return runTool(process.execPath, [script, ...args]);
	if (process.platform === 'win32') return runTool('cmd.exe', ['/d', '/s', '/c', 'npm.cmd', ...args]);
	return runTool('npm', args);
}

/** npm links the bins of dependencies only: without this `npx dropbench` takes a detour through its cache. */
function linkBin() {
	const folder = join(root, 'node_modules/.bin');
	const script = join(root, 'src/cli/dropbench.mjs');
	mkdirSync(folder, { recursive: true });
	if (process.platform === 'win32') {
		writeFileSync(join(folder, 'dropbench.cmd'), `@node "%~dp0\\..\\..\\src\\cli\\dropbench.mjs" %*\r\n`);
		return;
	}
	if (existsSync(script)) chmodSync(script, 0o755);
	rmSync(join(folder, 'dropbench'), { force: true });
	symlinkSync('../../src/cli/dropbench.mjs', join(folder, 'dropbench'));
}
