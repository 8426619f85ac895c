import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSqlEngine } from '#data/sql-engine.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { drop } from '#programs/drop/program.ts';
import { makeCrew, run } from '../cli/distributed/processes.ts';
import { startRedis } from '../cli/distributed/redis-server.ts';
import { measureShard, type ShardCost } from './instances/shard-cost.ts';

/**
 * What the README says of work beyond one machine: what a shard costs in time and memory, and what a second worker process
 * gains. Times of shards are processor time, which other work on the machine changes little; those of workers are of the clock,
 * and mean something only while nothing else runs: the load is printed with them.
 */

const SIZES = [
	{ users: 10_000, brands: 60, contracts: 100 },
	{ users: 20_000, brands: 120, contracts: 200 },
	{ users: 50_000, brands: 300, contracts: 500 },
] as const;
const REPEATS = 3;
const POINTS = 24;

async function benchAll(isOfShards: boolean): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'dropbench-bench-'));
	try {
		for (const size of isOfShards ? SIZES : [])
			benchShard(await write(folder, { cities: 1, historyWeeks: 1, ...size }), size);
		await benchWorkers(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** A generated scenario as a file. */
async function write(folder: string, options: Record<string, number>): Promise<string> {
	const wasm = readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'));
	const content = drop.generator!.generate(options, 1);
	const file = join(folder, `${options.users}-${options.contracts}.sqlite`);
	writeFileSync(file, writeSqlite(content, drop, await startSqlEngine(Uint8Array.from(wasm))));
	return file;
}

function benchShard(file: string, { users, contracts }: (typeof SIZES)[number]): void {
	const millions = (users * contracts) / 1e6;
	const costs = Array.from({ length: REPEATS }, (): ShardCost => {
		const { stdout } = spawnSync(process.execPath, [process.argv[1], 'shard', file], { encoding: 'utf8' });
		return JSON.parse(stdout) as ShardCost;
	});
	const column = (title: string, read: (cost: ShardCost) => number, digits: number) => {
		const values = costs.map(read).sort((a, b) => a - b);
		const [least, middle, most] = [values[0], values[values.length >> 1], values[values.length - 1]];
		return `${title} ${middle.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
	};
	console.log(`shard of ${users} users × ${contracts} contracts, ${millions} million pairs, medians of ${REPEATS} (least–most)`); // prettier-ignore
	console.log(`  ${column('open', (cost) => cost.openSeconds, 2)} s, ${column('first run', (cost) => cost.coldSeconds, 2)} s, ${column('next run', (cost) => cost.nextSeconds, 2)} s of processor time`); // prettier-ignore
	console.log(`  ${column('first run', (cost) => cost.coldSeconds / millions, 3)} s, ${column('next run', (cost) => cost.nextSeconds / millions, 3)} s a million pairs; ${column('memory', (cost) => cost.peakMb, 0)} MB at most`); // prettier-ignore
}

/**
 * A sweep with one worker process and with two, in turn; each point a job, nothing kept from one time to the next. On a machine
 * with other work the clock says little. The ratio of processor times says what being two costs: jobs are dealt out one by one,
 * so on a quiet machine with cores enough it is the efficiency, but for the last job of each.
 */
async function benchWorkers(folder: string): Promise<void> {
	const file = await write(folder, { cities: 3, historyWeeks: 1, users: 12_000, brands: 60, contracts: 120 });
	const server = await startRedis();
	const ratios: number[] = [];
	try {
		for (let repeat = 0; repeat < REPEATS; repeat++) {
			const [one, two] = [
				await sweepWith(1, file, ['--redis', server.url(2 * repeat), '--data', folder]),
				await sweepWith(2, file, ['--redis', server.url(2 * repeat + 1), '--data', folder]),
			];
			ratios.push(one.processor / two.processor);
			const clock = one.clock / (2 * two.clock);
			console.log(
				`sweep of ${POINTS} points, 12 000 users × 120 contracts: ${one.processor.toFixed(1)} s of processor time with 1 worker, ${two.processor.toFixed(1)} s with 2: efficiency ${ratios[repeat].toFixed(2)}; by the clock ${one.clock.toFixed(1)} s and ${two.clock.toFixed(1)} s: ${clock.toFixed(2)} (load ${loadavg()[0].toFixed(1)})`,
			);
		}
	} finally {
		await server.stop();
	}
	ratios.sort((a, b) => a - b);
	console.log(`efficiency of two workers: ${ratios[REPEATS >> 1].toFixed(2)} (${ratios[0].toFixed(2)}–${ratios[REPEATS - 1].toFixed(2)})`); // prettier-ignore
}

/** Seconds of a sweep by the clock, and of processor time of all workers. */
async function sweepWith(
	workers: number,
	file: string,
	where: readonly string[],
): Promise<{ clock: number; processor: number }> {
	const crew = makeCrew();
	const sweep = (first: number, count: number) =>
		run(['sweep', file, '--json', '--over', `seed=${first}..${first + count - 1}/${count}`, ...where]);
	try {
		const hired = [];
		for (let w = 0; w < workers; w++) hired.push(await crew.hire([...where, '--concurrency', '1']));
		const pids = hired.map(({ process }) => process.pid ?? 0);
		// some jobs for each, so that files are open
		await sweep(1, 6 * workers);
		const before = pids.map(processorSeconds);
		const from = performance.now();
		const { exit } = await sweep(1001, POINTS);
		if (exit !== 0) throw new Error(`a sweep ended with ${exit}`);
		const clock = (performance.now() - from) / 1000;
		const spent = pids.map((pid, w) => processorSeconds(pid) - before[w]);
		return { clock, processor: spent.reduce((sum, seconds) => sum + seconds, 0) };
	} finally {
		await crew.dismiss();
	}
}

/** Processor time of a process and those it started, from Linux's own books; NaN elsewhere. */
function processorSeconds(pid: number): number {
	const fieldsOf = (of: string) => {
		// the name, in brackets, may hold blanks
		const text = readFileSync(`/proc/${of}/stat`, 'utf8');
		return text.slice(text.lastIndexOf(')') + 2).split(' ');
	};
	try {
		const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
		const own = all.filter((name) => {
			try {
				return Number(name) === pid || Number(fieldsOf(name)[1]) === pid;
			} catch {
				// ended meanwhile
				return false;
			}
		});
		const ticks = own.map((name) => Number(fieldsOf(name)[11]) + Number(fieldsOf(name)[12]));
		return ticks.reduce((sum, count) => sum + count, 0) / 100;
	} catch {
		return NaN;
	}
}

const [mode, path] = process.argv.slice(2);
if (mode === 'shard') console.log(JSON.stringify(await measureShard(path)));
else await benchAll(mode !== 'workers');
