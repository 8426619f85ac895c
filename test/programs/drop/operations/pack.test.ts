import { describe, expect, it } from 'vitest';
import { alerts } from '#programs/drop/operations/alert-conditions.ts';
import { newestTraining } from '#programs/drop/operations/newest-training.ts';
import { dropOperations } from '#programs/drop/operations/pack.ts';
import { checkSlackMessage, recommenderRetrained } from '#programs/drop/operations/slack-messages.ts';
import { drop } from '#programs/drop/program.ts';
import { withColumns, withRows } from '../filter-rows.ts';

const market = drop.generator!.generate(
	{ cities: 2, users: 120, brands: 8, contracts: 12, historyWeeks: 2 },
	3,
);
const report = drop.open(market).run({});

describe('the operations pack', () => {
	it('holds both messages, every alert with its query and code, and three pings', () => {
		const { messages, alerts: listed, pings, problems } = dropOperations.pack(market, report);
		expect(messages.map(({ title }) => title)).toEqual(['Drop completed', 'Recommender retrained']);
		expect(listed.map(({ id }) => id)).toEqual(alerts().map(({ id }) => id));
		for (const { query } of listed) expect(query).toMatch(/^SELECT .* FROM DropbenchHealth$/);
		expect(listed.find(({ id }) => id === 'not-retrained')?.rule).toBe('above 168 for 5 minutes');
		expect(listed.find(({ id }) => id === 'gauge-lost')?.rule).toBe('no signal for 30 minutes');
		expect(pings.map(({ id }) => id)).toEqual(['start', 'success', 'failure']);
		expect(problems).toEqual([]);
	});

	it('takes the age that the configuration allows the recommender', () => {
		const config = { recommender: { maxAgeDays: 3 } };
		const { alerts: listed } = dropOperations.pack(market, { ...report, config });
		expect(listed.find(({ id }) => id === 'not-retrained')?.rule).toBe('above 72 for 5 minutes');
	});

	it('has no message of a retraining where nothing was trained', () => {
		const none = withRows(market, 'recommender_run', () => false);
		expect(dropOperations.pack(none, report).messages.map(({ id }) => id)).toEqual(['drop-completed']);
		expect(() => newestTraining(none)).toThrow('no training has completed');
	});

	it.each([0.5, 7, 30])('rehearses every alert under a recommender of at most %d days', (maxAgeDays) => {
		const stages: string[] = [];
		const results = dropOperations.rehearse({ recommender: { maxAgeDays } }, (stage) => stages.push(stage));
		expect(results.filter(({ isPassed }) => !isPassed)).toEqual([]);
		expect(results.map(({ alert }) => alert)).toEqual(alerts().map(({ id }) => id));
		expect(stages).toHaveLength(results.length - 1);
	});

	it('gives the rehearsal data as scenarios that open', () => {
		const data = dropOperations.rehearsalData({});
		expect(data.map(({ name }) => name).slice(0, 2)).toEqual(['interrupted-trips', 'interrupted-quiet']);
		expect(data).toHaveLength(10);
		for (const { content } of data) expect(drop.open(content).run({}).seed).toBe(1);
	});
});

describe('the message of a retraining', () => {
	it('counts the users and brands that the newest completed training has values for', () => {
		const training = newestTraining(market);
		expect(training).toMatchObject({ userCount: 120, brandCount: 8, model: 'taste' });
		expect(recommenderRetrained(training).text).toContain(`run ${training.runId}`);
	});

	it('stays within the limits in the longest realistic case, a model name and run id of 1 000 characters', () => {
		const runs = market.tables.get('recommender_run')!;
		const long = Array.from({ length: runs.rowCount }, () => 'collaborative-filtering-'.repeat(42));
		const { text, blocks } = recommenderRetrained({ ...newestTraining(withColumns(market, 'recommender_run', { model: long })), runId: long[0] }); // prettier-ignore
		expect(checkSlackMessage({ text, blocks })).toEqual([]);
		expect(JSON.stringify(blocks)).toContain(long[0]);
	});
});
