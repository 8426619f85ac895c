import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomMarketplace, type Marketplace } from '../../programs/drop/marketplace.ts';
import { completionsIn } from './jobs-of.ts';
import { makeCrew, run } from './processes.ts';
import { clientOf, startRedis, type RedisServer } from './redis-server.ts';

/** A marketplace whose cities share no supply, but for one contract in two of them. */
function apart(market: Marketplace): Marketplace {
	const seen = new Map<unknown, number>();
	const served = market.tables.contract_city.filter(({ contract_id }) => {
		const before = seen.get(contract_id) ?? 0;
		seen.set(contract_id, before + 1);
		return before < (contract_id === 'k0' ? 2 : 1);
	});
	return { ...market, tables: { ...market.tables, contract_city: served } };
}

let server: RedisServer;
let folder: string;

beforeAll(async () => {
	server = await startRedis();
	folder = mkdtempSync(join(tmpdir(), 'dropbench-same-'));
});

afterAll(async () => {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
});

describe('work that is spread', () => {
	it('gives the bytes of one machine, with 1, 2 and 5 workers, whole and cut by cities', async () => {
		// a few cases, since each is many processes; what varies within a case is cheap
		const cases = fc.sample(
			fc.record({
				market: fc.integer({ min: 0, max: 2 ** 31 }),
				seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
				ratio: fc.constantFrom(0.3, 0.7, 1),
				split: fc.constantFrom('largest-first', 'proportional'),
			}),
			{ seed: 3, numRuns: 2 },
		);
		for (const [i, { market, seed, ratio, split }] of cases.entries()) {
			const isCut = i === 0;
			const file = join(folder, `case-${i}.json`);
			writeFileSync(file, JSON.stringify(apart(randomMarketplace(market, { cities: 5, users: 60 }))));
			const turned = ['--set', `sponsorship.ratio=${ratio}`, '--set', `supply.split=${split}`];
			const lines = [
				['run', file, '--json', '--seed', String(seed), ...turned],
				['sweep', file, '--json', '--over', 'slotsPerUser=1,2,3', '--over', `seed=${seed},7`, ...turned],
			];
			const local = await Promise.all(lines.map((words) => run(words)));
			for (const [w, workers] of [1, 2, 5].entries()) {
				const database = 3 * i + w;
				const data = join(folder, `data-${i}`);
				const where = ['--redis', server.url(database), '--data', data];
				if (isCut) expect((await run(['scenario', 'split', file, '--out', data])).exit).toBe(0);
				const crew = makeCrew();
				const redis = clientOf(server, database);
				try {
					const hired = Array.from({ length: workers }, () => crew.hire([...where, '--concurrency', '1']));
					await Promise.all(hired);
					const spread = await Promise.all(lines.map((words) => run([...words, ...where])));
					expect(spread.map(({ exit, out }) => ({ exit, out }))).toEqual(
						local.map(({ exit, out }) => ({ exit, out })),
					);
					const done = await completionsIn(redis);
					expect(done.every((times) => times === 1)).toBe(true);
					if (isCut) expect(done.length).toBeGreaterThan(7);
					else expect(done.length).toBe(7);
				} finally {
					await crew.dismiss();
					redis.disconnect();
				}
			}
		}
	});

	it('ends a run whose one shard is bad by the name of that shard, and computes the others', async () => {
		const file = join(folder, 'bad.json');
		writeFileSync(file, JSON.stringify(apart(randomMarketplace(12, { cities: 4, users: 60 }))));
		const data = join(folder, 'bad-data');
		const split = await run(['scenario', 'split', file, '--out', data, '--json']);
		const { shards } = JSON.parse(split.out) as { shards: { digest: string; label: string }[] };
		expect(shards.length).toBeGreaterThan(2);
		const bad = join(data, `${shards[1].digest}.sqlite`);
		const bytes = readFileSync(bad);
		writeFileSync(bad, readFileSync(join(data, `${shards[0].digest}.sqlite`)));

		const crew = makeCrew();
		const redis = clientOf(server, 15);
		const where = ['--redis', server.url(15), '--data', data];
		try {
			await crew.hire(where);
			const words = ['sweep', file, '--json', '--over', 'seed=1,2', ...where];
			const ended = await run(words);
			expect(ended.exit).toBe(2);
			expect(ended.out).toBe('');
			for (const point of [1, 2]) {
				expect(ended.said).toContain(`point ${point} of 2: worker `);
				expect(ended.said).toMatch(
					new RegExp(`shard 2 of ${shards.length} \\(${shards[1].label}\\), seed ${point}`),
				);
			}
			expect(ended.said).toContain(`${shards[1].digest}.sqlite: mismatched digest`);
			expect(await completionsIn(redis)).toEqual(Array.from({ length: 2 * (shards.length - 1) }, () => 1));

			// mended, only what is missing is computed
			writeFileSync(bad, bytes);
			const again = await run(words);
			expect(again.exit).toBe(0);
			expect(again.out).toBe((await run(['sweep', file, '--json', '--over', 'seed=1,2'])).out);
			expect(await completionsIn(redis)).toEqual(Array.from({ length: 2 * shards.length }, () => 1));
			expect(readdirSync(data).filter((name) => name.endsWith('.tmp'))).toEqual([]);
		} finally {
			await crew.dismiss();
			redis.disconnect();
		}
	});
});
