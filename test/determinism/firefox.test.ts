import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runFirefox } from './run-firefox.ts';

const path = process.env.FIREFOX_PATH;
const rows = JSON.parse(readFileSync(new URL('hashes.json', import.meta.url), 'utf8')) as unknown[];

// `npm test` installs Firefox where it can, and sets its path
describe.skipIf(!path)('the table of outcome hashes', () => {
	it('holds in a worker of Firefox', { timeout: 240_000 }, async () => {
		const root = new URL('../..', import.meta.url).pathname;
		const { userAgent, tried, different } = await runFirefox(path ?? '', root);
		expect(userAgent).toContain('Firefox/');
		expect(different).toEqual([]);
		expect(tried).toBe(rows.length);
	});
});
