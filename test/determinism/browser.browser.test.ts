import { describe, expect, it } from 'vitest';
import { differences, rows } from './in-browser.ts';

describe('the table of outcome hashes', () => {
	const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];

	it.each(scenarios)('holds for %s in a browser’s worker', { timeout: 120_000 }, async (scenario) => {
		const own = rows.filter((row) => row.scenario === scenario);
		expect(await differences(scenario, own)).toEqual([]);
	});

	it('holds with two workers at once, each for every other row', { timeout: 120_000 }, async () => {
		const own = rows.filter(({ scenario }) => scenario === 'drop/two-cities');
		const parts = [0, 1].map((part) => own.filter((_, i) => i % 2 === part));
		const found = await Promise.all(parts.map((part) => differences('drop/two-cities', part)));
		expect(found.flat()).toEqual([]);
	});
});
