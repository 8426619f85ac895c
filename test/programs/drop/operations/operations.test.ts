import { describe, expect, it } from 'vitest';
import {
	alerts,
	ringing,
	type AlertCondition,
} from '../../../../src/programs/drop/operations/alert-conditions.ts';
import { checkConditions } from '../../../../src/programs/drop/operations/check-conditions.ts';
import { healthGauge } from '../../../../src/programs/drop/operations/health-gauge.ts';
import { rehearsals } from '../../../../src/programs/drop/operations/rehearsals.ts';
import { drop } from '../../../../src/programs/drop/program.ts';
import type { ScenarioContent } from '../../../../src/programs/tables.ts';

const gaugeOf = (content: ScenarioContent) =>
	healthGauge(content, drop.open(content).run(drop.readConfig({}).config));

describe('the alerts of the Drop', () => {
	it.each(rehearsals())(
		'$alert rings for its rehearsal and for nothing nearest to it',
		({ alert, trips, quiet }) => {
			expect(ringing(gaugeOf(trips))).toEqual([alert]);
			expect(ringing(gaugeOf(quiet))).toEqual([]);
		},
	);

	it('have a rehearsal each, and ring for the gauge itself when it is lost', () => {
		const rehearsed: string[] = rehearsals().map(({ alert }) => alert);
		expect([...rehearsed, 'gauge-lost']).toEqual(alerts().map(({ id }) => id));
		expect(ringing(null)).toEqual(['gauge-lost']);
	});

	it('rest where the live system keeps their limits, and ring where a lever makes them tighter', () => {
		const quiet = rehearsals()[4].quiet;
		expect(ringing(gaugeOf(quiet), { maxAgeDays: 0.5, graceHours: 6, longestMinutes: 120 })).toEqual([
			'not-retrained',
		]);
	});

	it('watch a number of the gauge by name, and pass the static check', () => {
		for (const { gauge, condition } of alerts())
			if (gauge) expect(condition.nrql.query).toContain(`latest(${gauge})`);
		expect(checkConditions(alerts().map(({ condition }) => condition))).toEqual([]);
	});
});

describe('checkConditions', () => {
	const [{ condition }] = alerts();
	const changed = (changes: Partial<AlertCondition>) => checkConditions([{ ...condition, ...changes }]);

	it('refuses what would never ring: expiry over 48 hours, windows over 6 hours', () => {
		const { expiration, signal } = condition;
		expect(changed({ expiration: { ...expiration, expirationDuration: 172_800 } })).toEqual([]);
		expect(changed({ expiration: { ...expiration, expirationDuration: 172_801 } })[0]).toContain(
			'invalid expiration: 172801 s',
		);
		expect(changed({ signal: { ...signal, aggregationWindow: 21_601 } })[0]).toContain(
			'invalid aggregation window',
		);
	});

	it('refuses durations beside the window, missing terms, time ranges and twins', () => {
		const [term] = condition.terms;
		expect(changed({ terms: [{ ...term, thresholdDuration: 301 }] })[0]).toContain('multiple of the window');
		expect(changed({ terms: [] })).toEqual([`${condition.name}: missing term`]);
		expect(changed({ nrql: { query: 'SELECT count(*) FROM X SINCE 1 week ago' } })[0]).toContain(
			'invalid query',
		);
		expect(checkConditions([condition, condition])[0]).toContain('duplicate name');
	});
});
