import { describe, expect, it } from 'vitest';
import { isInClear, readRedisAddress } from '../../../src/cli/distributed/redis-address.ts';
import { InputError } from '../../../src/programs/input-error.ts';

const SECRET = 'hunter2';

function refusal(text: string): string {
	try {
		readRedisAddress(text, {});
	} catch (error) {
		if (error instanceof InputError) return error.message;
		throw error;
	}
	return 'taken';
}

describe('the address of a Redis', () => {
	it('has a port, a database, a user and a password, and is shown without the last two', () => {
		const address = readRedisAddress(`rediss://team:${SECRET}@redis.example.com:6390/3`, {});
		expect(address).toEqual({
			host: 'redis.example.com',
			port: 6390,
			database: 3,
			user: 'team',
			password: SECRET,
			isTls: true,
			shown: 'rediss://redis.example.com:6390/3',
		});
		expect(readRedisAddress('redis://[::1]', {})).toMatchObject({ host: '::1', port: 6379, database: 0 });
		expect(readRedisAddress('redis://:a%2Fb@127.0.0.1', {}).password).toBe('a/b');
	});

	it('needs no password on this machine only', () => {
		for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]']) {
			expect(readRedisAddress(`redis://${host}`, {}).password).toBe(null);
		}
		for (const host of [
			'10.0.0.1',
			'redis.example.com',
			'127.0.0.1.example.com',
			'127example.com',
			'0.0.0.0',
		]) {
			expect(refusal(`redis://${host}`)).toContain('missing password');
			expect(refusal(`redis://user@${host}`)).toContain('missing password');
			expect(refusal(`redis://:${SECRET}@${host}`)).toBe('taken');
			expect(refusal(`rediss://${host}`)).toBe('taken');
		}
	});

	it('takes a password from the environment, where no list of processes shows it', () => {
		const env = { DROPBENCH_REDIS_PASSWORD: SECRET };
		expect(readRedisAddress('redis://redis.example.com', env).password).toBe(SECRET);
		expect(readRedisAddress('redis://:other@redis.example.com', env).password).toBe('other');
	});

	it('knows when a password crosses a network in clear', () => {
		const inClear = (text: string) => isInClear(readRedisAddress(text, {}));
		expect(inClear(`redis://:${SECRET}@10.0.0.1`)).toBe(true);
		expect(inClear(`rediss://:${SECRET}@10.0.0.1`)).toBe(false);
		expect(inClear(`redis://:${SECRET}@localhost`)).toBe(false);
	});

	it('is refused without repeating a word of it', () => {
		const wrong = [
			`http://:${SECRET}@host`,
			`${SECRET}`,
			`redis://:${SECRET}@`,
			`redis://:${SECRET}@host:99999`,
			`redis://:${SECRET}@host/x`,
			`redis://:${SECRET}@host/0?y`,
			`redis://:%E0%A4%A${SECRET}@host`,
		];
		for (const text of wrong) {
			expect(refusal(text)).toMatch(/^--redis: (invalid|missing|unknown) /);
			expect(refusal(text)).not.toContain(SECRET);
		}
	});
});
