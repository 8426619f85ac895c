import { describe, expect, it } from 'vitest';
import { pledge } from '#programs/pledge/program.ts';
import { readExpected, readShipped, SCENARIOS } from './open-scenario.ts';

describe('the shipped pledge scenarios', () => {
	it.each(SCENARIOS)(
		'%s comes to what its expected.json says, with every light fine or explained',
		(name) => {
			const { content, config } = readShipped(name);
			const report = pledge.open(content).run(pledge.readConfig(config).config);
			const metrics = Object.fromEntries(report.metrics.map(({ id, value }) => [id, value]));
			const expected = readExpected(name);
			expect(Object.keys(expected.metrics).length).toBeGreaterThan(0);
			expect(report.outcomeHash).toBe(expected.outcomeHash);
			expect(metrics).toMatchObject(expected.metrics);
			expect(report.checks.filter(({ state }) => state === 'over')).toEqual([]);
		},
	);

	it('twenty patrons: each policy does what the specification tables', () => {
		const { content, config } = readShipped('twenty-patrons');
		const open = pledge.open(content);
		const rows = [
			['drop-random', 1, 0, 2, 240],
			['drop-newest', 1, 0, 2, 240],
			['drop-oldest', 1, 0, 2, 240],
			['suspend', 1, 0, 2, 240],
			['over-budget', 1, 0, 2, 240],
			['favour-bigger', 20, 0, 21, 250.5],
			['drop-random-any', 20, 19, 21, 230.5],
			['manual-flag', 0, 0, 1, 260.5],
			['manual-refuse', 0, 0, 1, 240],
		] as const;
		for (const [policy, ...row] of rows) {
			const { metrics } = open.run(pledge.readConfig({ ...config, policy }).config);
			const value = (id: string) => metrics.find((metric) => metric.id === id)?.value;
			const found = [
				value('losses'),
				value('needlessLosses'),
				value('roundsMax'),
				Number(value('income')) / 1e6,
			];
			expect([policy, ...found]).toEqual([policy, ...row]);
		}
	});

	it('flapping: each policy does what the specification tables', () => {
		const { content, config } = readShipped('flapping');
		const open = pledge.open(content);
		const rows = [
			['drop-random', 1, 0, 28, 81],
			['drop-newest', 1, 0, 28, 81],
			['drop-oldest', 1, 0, 28, 81],
			['favour-bigger', 1, 0, 28, 81],
			['suspend', 1, 0, 28, 81],
			['over-budget', 3, 3, 10, 100],
			['manual-flag', 0, 0, 10, 100],
			['manual-refuse', 0, 0, 10, 100],
		] as const;
		for (const [policy, ...row] of rows) {
			const { metrics } = open.run(pledge.readConfig({ ...config, policy }).config);
			const value = (id: string) => metrics.find((metric) => metric.id === id)?.value;
			const found = [value('losses'), value('flaps'), value('warnings'), Number(value('matched')) / 1e6];
			expect([policy, ...found]).toEqual([policy, ...row]);
		}
	});
});
