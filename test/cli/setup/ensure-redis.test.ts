import { describe, expect, it } from 'vitest';
import { ensureRedis } from '../../../src/cli/setup/ensure-redis.mjs';

/** A machine with the programs given; installing redis-server adds it where `isThere`. */
function machine(programs: string[], isThere = true, isRoot = true, env: NodeJS.ProcessEnv = {}) {
	const there = new Set(programs);
	const ran: string[] = [];
	const said: string[] = [];
	const effects = {
		env,
		exists: (path: string) => path.startsWith('/bin/'),
		which: (name: string) => (there.has(name) ? `/bin/${name}` : null),
		isRoot,
		run(program: string, args: readonly string[]) {
			ran.push(`${program} ${args.join(' ')}`);
			if (isThere && args.includes('redis-server')) there.add('redis-server');
			return Promise.resolve(0);
		},
		say: (line: string) => void said.push(line),
	};
	return { effects, ran, said };
}

describe('ensureRedis', () => {
	it('takes what REDIS_SERVER names, then one on the search path', async () => {
		const named = machine(['redis-server'], true, true, { REDIS_SERVER: '/bin/other' });
		expect(await ensureRedis(named.effects)).toBe('/bin/other');
		const found = machine(['redis-server']);
		expect(await ensureRedis(found.effects)).toBe('/bin/redis-server');
		expect([...named.ran, ...found.ran]).toEqual([]);
		const wrong = machine([], true, true, { REDIS_SERVER: '/nowhere' });
		await expect(ensureRedis(wrong.effects)).rejects.toThrow('invalid REDIS_SERVER: /nowhere');
	});

	it('installs the one of Debian as root', async () => {
		const { effects, ran } = machine(['apt-get']);
		expect(await ensureRedis(effects)).toBe('/bin/redis-server');
		expect(ran.map((line) => line.replace('-o DPkg::Lock::Timeout=300 ', ''))).toEqual([
			'apt-get update',
			'apt-get install -y redis-server',
		]);
	});

	it('says so where there is none and none can be installed', async () => {
		for (const { effects, said } of [
			machine(['apt-get'], false),
			machine(['apt-get'], true, false),
			machine([]),
		]) {
			expect(await ensureRedis(effects)).toBe(null);
			expect(said.at(-1)).toContain('install Redis, or set REDIS_SERVER');
		}
	});
});
