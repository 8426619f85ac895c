// node test/bench/run.mjs [name …]: bundles test/bench/<name>.ts and runs it; without a name, every bench
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const folder = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = `${root}node_modules/.cache/dropbench-bench/`;
const every = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
const names = process.argv.length > 2 ? process.argv.slice(2) : every;

mkdirSync(cache, { recursive: true });
console.log(
	`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}`,
);
for (const name of names) {
	if (!every.includes(name)) {
		console.error(`unknown bench: ${name}; there is ${every.join(', ')}`);
		process.exit(2);
	}
	const bundle = await rolldown({
		input: `${folder}${name}.ts`,
		platform: 'node',
		cwd: root,
		external: ['sql.js', 'playwright', 'rolldown', 'bullmq', 'ioredis'],
	});
	await bundle.write({ file: `${cache}${name}.mjs`, format: 'esm' });
	await bundle.close();
	const { status } = spawnSync(process.execPath, [`${cache}${name}.mjs`], { stdio: 'inherit' });
	if (status !== 0) process.exit(1);
}
