import {
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureCli } from '../../../src/cli/setup/build-cli.mjs';
import { completionsIn, countsIn, queuesIn } from './jobs-of.ts';
import { makeCrew, run, start, until, type Running } from './processes.ts';
import { clientOf, startRedis, type RedisServer } from './redis-server.ts';

let server: RedisServer;
let folder: string;
/** files of scenarios: a small one, and one whose run takes a moment */
let small: string;
let middle: string;
/** a sweep of twelve points, and what it prints when it is computed here */
let sweepWords: readonly string[];
let local: string;

beforeAll(async () => {
	server = await startRedis();
	folder = mkdtempSync(join(tmpdir(), 'dropbench-data-'));
	small = 'drop/two-cities';
	middle = join(folder, 'middle.sqlite');
	const recipe = join(folder, 'middle.json');
	const options = { cities: 3, users: 4000, brands: 30, contracts: 40, historyWeeks: 2 };
	writeFileSync(
		recipe,
		JSON.stringify({
			format: 'dropbench-recipe',
			version: 1,
			program: 'drop',
			name: 'Middle',
			seed: 1,
			options,
		}),
	);
	expect((await run(['scenario', 'build', recipe, '--out', middle])).said).toContain('wrote');
	sweepWords = ['sweep', middle, '--over', 'seed=1..12/12', '--json'];
	local = (await run(sweepWords)).out;
	expect(local.split('\n').length).toBe(13);
});

afterAll(async () => {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
});

let lastDatabase = -1;

/** A test's own database and workers, which end with it. */
interface World {
	readonly redis: Redis;
	readonly database: number;
	/** the words that name both the database and the folder of scenarios */
	readonly where: readonly string[];
	readonly hire: (...how: Parameters<typeof start>) => Promise<Running>;
	readonly dismiss: () => Promise<void>;
}

async function inWorld(test: (world: World) => Promise<void>, own: RedisServer = server): Promise<void> {
	const database = own === server ? ++lastDatabase : 0;
	const redis = clientOf(own, database);
	const crew = makeCrew();
	const where = ['--redis', own.url(database), '--data', folder];
	try {
		await test({
			redis,
			database,
			where,
			hire: (...how) => crew.hire(...how),
			dismiss: () => crew.dismiss(),
		});
	} finally {
		await crew.dismiss();
		redis.disconnect();
	}
}

/** Every job was reported done, and none more than once. */
function eachOnce(count: number): number[] {
	return Array.from({ length: count }, () => 1);
}

describe.concurrent('nothing is lost and nothing counted twice', () => {
	it.concurrent('when a worker is killed in the middle of its jobs', ({ expect }) =>
		inWorld(async ({ redis, where, hire }) => {
			const first = await hire([...where, '--concurrency', '2']);
			const sweep = await start([...sweepWords, ...where]);
			await until('some jobs are done and two under way', async () => {
				const { active, completed } = await countsIn(redis);
				return active === 2 && completed >= 2;
			});
			first.process.kill('SIGKILL');
			await first.ended;
			expect((await countsIn(redis)).active).toBe(2);
			await hire([...where, '--concurrency', '1']);
			const { exit, out } = await sweep.ended;
			expect(exit).toBe(0);
			expect(out).toBe(local);
			expect(await completionsIn(redis)).toEqual(eachOnce(12));
		}),
	);

	it.concurrent(
		'when a worker stalls, and comes back when its jobs have been done by another',
		({ expect }) =>
			inWorld(async ({ redis, where, hire }) => {
				const first = await hire([...where, '--concurrency', '2']);
				const sweep = await start([...sweepWords, ...where]);
				await until('two jobs are under way', async () => (await countsIn(redis)).active === 2);
				first.process.kill('SIGSTOP');
				await hire([...where, '--concurrency', '1']);
				const { exit, out } = await sweep.ended;
				expect(exit).toBe(0);
				expect(out).toBe(local);
				first.process.kill('SIGCONT');
				const again = await run(['run', small, '--json', ...where]);
				expect(again.exit).toBe(0);
				expect(first.process.exitCode).toBe(null);
				expect(await completionsIn(redis)).toEqual(eachOnce(13));
			}),
	);

	it.concurrent('when Redis is restarted on its files', ({ expect }) =>
		inWorld(async ({ hire, dismiss }) => {
			const own = await startRedis();
			const client = clientOf(own, 0);
			const there = ['--redis', own.url(0), '--data', folder];
			try {
				const worker = await hire([...there, '--concurrency', '1']);
				const sweep = await start([...sweepWords, ...there]);
				await until('some jobs are done', async () => (await countsIn(client)).completed >= 3);
				await own.restart();
				const { exit, out, said } = await sweep.ended;
				expect(exit).toBe(0);
				expect(out).toBe(local);
				for (const told of [said, worker.said()]) {
					expect(told).toContain('connection lost');
					expect(told).toContain('connected again');
				}
				expect(await completionsIn(client)).toEqual(eachOnce(12));
			} finally {
				await dismiss();
				client.disconnect();
				await own.stop();
			}
		}),
	);

	it.concurrent('when the server forgets everything', ({ expect }) =>
		inWorld(async ({ redis, where, hire }) => {
			const worker = await hire([...where, '--concurrency', '1']);
			const sweep = await start([...sweepWords, ...where]);
			await until('some jobs are done', async () => (await countsIn(redis)).completed >= 3);
			await redis.flushdb();
			const { exit, out } = await sweep.ended;
			expect(exit).toBe(0);
			expect(out).toBe(local);
			expect(worker.process.exitCode).toBe(null);
		}),
	);

	it.concurrent('when the command line that submitted is killed, and another one attaches', ({ expect }) =>
		inWorld(async ({ redis, where, hire }) => {
			await hire([...where, '--concurrency', '1']);
			const sweep = await start([...sweepWords, ...where]);
			await until('some jobs are done', async () => (await countsIn(redis)).completed >= 2);
			sweep.process.kill('SIGKILL');
			await sweep.ended;
			const { exit, out } = await run([...sweepWords, ...where, '--resume']);
			expect(exit).toBe(0);
			expect(out).toBe(local);
			// and once more: all of it is there
			expect((await run([...sweepWords, ...where])).out).toBe(local);
			expect(await completionsIn(redis)).toEqual(eachOnce(12));
		}),
	);
});

describe.concurrent('a worker of another release', () => {
	it.concurrent(
		'never gets a job, and the person is told that none of the right one is there',
		({ expect }) =>
			inWorld(async ({ redis, where, hire }) => {
				const other = mkdtempSync(join(tmpdir(), 'dropbench-release-'));
				try {
					const bundle = fileURLToPath(await ensureCli());
					mkdirSync(join(other, '.cache/cli'), { recursive: true });
					copyFileSync('package.json', join(other, 'package.json'));
					symlinkSync(resolve('node_modules'), join(other, 'node_modules'));
					const copy = join(other, '.cache/cli/dropbench.mjs');
					writeFileSync(copy, `${readFileSync(bundle, 'utf8')}\n// another release\n`);
					const stranger = await hire(where, { bundle: pathToFileURL(copy).href });
					const job = await start(['run', small, '--json', ...where]);
					await until('the person is told', () => job.said().includes('no worker of this release'));
					expect(await countsIn(redis)).toEqual({ active: 0, waiting: 1, completed: 0, failed: 0 });
					await hire(where);
					const { exit, out } = await job.ended;
					expect(exit).toBe(0);
					expect(out).toBe((await run(['run', small, '--json'])).out);
					expect(stranger.process.exitCode).toBe(null);
				} finally {
					rmSync(other, { recursive: true, force: true });
				}
			}),
	);
});

describe.concurrent('a job that cannot be done', () => {
	it.concurrent('ends as an error with its place, and the others go on', ({ expect }) =>
		inWorld(async ({ redis, where, hire }) => {
			await hire([...where, '--concurrency', '1']);
			expect((await run(['run', small, ...where])).exit).toBe(0);
			const [queue] = await queuesIn(redis);
			await queue.addBulk([
				{ name: 'run', data: null, opts: { jobId: 'garbage' } },
				{ name: 'run', data: { engine: 'x'.repeat(10_000) }, opts: { jobId: 'f'.repeat(64) } },
			]);
			const { exit, out } = await run([...sweepWords, ...where]);
			expect(exit).toBe(0);
			expect(out).toBe(local);
			const failed = await queue.getFailed();
			expect(failed.map(({ id }) => id).sort()).toEqual(['f'.repeat(64), 'garbage']);
			for (const job of failed) expect(job.failedReason).toContain('invalid job');
		}),
	);

	it.concurrent('is refused by the name of the file that a worker lacks or holds damaged', ({ expect }) =>
		inWorld(async ({ where, hire, database }) => {
			const bare = mkdtempSync(join(tmpdir(), 'dropbench-bare-'));
			try {
				await hire(['--redis', server.url(database), '--data', bare]);
				const lacking = await run(['run', small, ...where]);
				expect(lacking.exit).toBe(2);
				const [, name] = /\/([0-9a-f]{64})\.sqlite: missing file/.exec(lacking.said) ?? [];
				expect(lacking.said).toContain(`worker `);
				expect(existsSync(join(folder, `${name}.sqlite`))).toBe(true);

				// another scenario under its name
				const names = readdirSync(folder).filter(
					(file) => file.endsWith('.sqlite') && !file.startsWith(name),
				);
				copyFileSync(join(folder, names[0]), join(bare, `${name}.sqlite`));
				const wrong = await run(['run', small, ...where]);
				expect(wrong.exit).toBe(2);
				expect(wrong.said).toContain(`${name}.sqlite: mismatched digest`);

				const bytes = readFileSync(join(folder, `${name}.sqlite`));
				bytes.fill(0xff, 5000, 9000);
				writeFileSync(join(bare, `${name}.sqlite`), bytes);
				const damaged = await run(['run', small, ...where]);
				expect(damaged.exit).toBe(2);
				expect(damaged.said).toMatch(new RegExp(`${name}\\.sqlite.*damaged`));

				copyFileSync(join(folder, `${name}.sqlite`), join(bare, `${name}.sqlite`));
				expect((await run(['run', small, ...where])).exit).toBe(0);
			} finally {
				rmSync(bare, { recursive: true, force: true });
			}
		}),
	);

	it.concurrent('is stopped when it takes too long or too much, and its worker goes on', ({ expect }) =>
		inWorld(async ({ where, hire, dismiss }) => {
			await hire([...where, '--time', '2', '--concurrency', '1']);
			const slow = await run(['season', middle, '--weeks', '52', '--seeds', '1', ...where]);
			expect(slow.exit).toBe(2);
			expect(slow.said).toContain('stopped: it took longer than --time 2 seconds');
			await dismiss();

			const worker = await hire([...where, '--memory', '64', '--concurrency', '1']);
			const large = await run(['run', middle, ...where]);
			expect(large.exit).toBe(2);
			expect(large.said).toContain('it went past --memory 64 MB');
			expect(worker.process.exitCode).toBe(null);
		}),
	);
});

describe.concurrent('Ctrl-C', () => {
	it.concurrent('leaves nothing of it in the queue, and workers free for others', ({ expect }) =>
		inWorld(async ({ redis, where, hire }) => {
			await hire([...where, '--concurrency', '2']);
			const season = await start(['season', middle, '--weeks', '52', '--seeds', '20', ...where]);
			await until('two jobs are under way', async () => (await countsIn(redis)).active === 2);
			season.process.kill('SIGINT');
			const { exit, out, said } = await season.ended;
			expect(exit).toBe(130);
			expect(out).toBe('');
			expect(said).toContain('cancelled: nothing of it is in the queue any more');
			expect(await countsIn(redis)).toMatchObject({ active: 0, waiting: 0, failed: 0 });
			expect((await run(['run', small, ...where])).exit).toBe(0);
		}),
	);

	it.concurrent('takes away only what nobody else waits for', ({ expect }) =>
		inWorld(async ({ redis, where, hire }) => {
			const mine = await start(['sweep', small, '--over', 'seed=1..8/8', '--json', ...where]);
			const theirs = await start(['sweep', small, '--over', 'seed=5..12/8', '--json', ...where]);
			await until('both have submitted', async () => (await countsIn(redis)).waiting === 12);
			mine.process.kill('SIGINT');
			expect((await mine.ended).exit).toBe(130);
			expect(await countsIn(redis)).toMatchObject({ active: 0, waiting: 8 });
			await hire(where);
			const { exit, out } = await theirs.ended;
			expect(exit).toBe(0);
			expect(out).toBe((await run(['sweep', small, '--over', 'seed=5..12/8', '--json'])).out);
		}),
	);

	it.concurrent('can be resumed, and there must be something to resume', ({ expect }) =>
		inWorld(async ({ redis, where, hire }) => {
			const sweep = ['sweep', small, '--over', 'seed=1..4/4', '--json', ...where];
			const refused = await run([...sweep, '--resume']);
			expect(refused.exit).toBe(2);
			expect(refused.said).toContain('--resume: unknown work');
			const begun = await start(sweep);
			await until('it is submitted', async () => (await countsIn(redis)).waiting === 4);
			begun.process.kill('SIGINT');
			expect((await begun.ended).exit).toBe(130);
			await hire(where);
			expect((await run([...sweep, '--resume'])).exit).toBe(0);
		}),
	);
});

describe.concurrent('the secret of an address', () => {
	it.concurrent('is printed nowhere, and shown by no list of processes', ({ expect }) =>
		inWorld(async ({ hire, dismiss }) => {
			const secret = 'hunter2-hunter2';
			const own = await startRedis(secret);
			const address = `redis://:${secret}@127.0.0.1:${own.port}`;
			try {
				const worker = await hire(['--redis', address, '--data', folder]);
				if (process.platform === 'linux') {
					expect(readFileSync(`/proc/${worker.process.pid}/cmdline`, 'utf8')).not.toContain(secret);
				}
				const good = await run(['run', small, '--redis', address, '--data', folder]);
				expect(good.exit).toBe(0);
				const plain = ['--redis', own.url(0), '--data', folder];
				const variable = { DROPBENCH_REDIS_PASSWORD: secret };
				expect((await run(['run', small, ...plain], { env: variable })).exit).toBe(0);
				const without = await run(['run', small, ...plain]);
				const wrong = await run(['run', small, '--redis', address.replace('2@', '3@')]);
				for (const { exit, said } of [without, wrong]) {
					expect(exit).toBe(2);
					expect(said).toContain('invalid login');
				}
				await own.stop();
				const gone = await run(['run', small, '--redis', address, '--data', folder]);
				expect(gone.exit).toBe(2);
				expect(gone.said).toContain('does not answer (ECONNREFUSED)');
				await until('the worker tells', () => worker.said().includes('connection lost'));
				worker.process.kill('SIGINT');
				for (const { said, out } of [good, without, wrong, gone]) expect(said + out).not.toContain('hunter2');
				expect(worker.said()).not.toContain('hunter2');
			} finally {
				await dismiss();
			}
		}),
	);
});
