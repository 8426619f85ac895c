import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import { simulateAnswers } from '#programs/pledge/answers.ts';
import { checkOutcome } from '#programs/pledge/check-outcome.ts';
import { generateHistory } from '#programs/pledge/generator/generate.ts';
import { defaultLevers, POLICIES } from '#programs/pledge/levers.ts';
import { outcomeOf } from '#programs/pledge/outcome.ts';
import { readDataset } from '#programs/pledge/read-dataset.ts';
import { pledgeResult } from '#programs/pledge/result.ts';
import { simulate } from '#programs/pledge/simulate.ts';
import { numbers, tableOf, texts, type ScenarioContent } from '#programs/tables.ts';
import { differences } from './compare.ts';
import { slowPledge, type SlowScenario } from './slow-pledge.ts';

const options = {
	patrons: 60,
	projects: 4,
	days: 95,
	arrivalsPerDay: 0.7,
	unpledgeProbability: 0.01,
	flapperShare: 0.3,
};

function eventsOf(content: ScenarioContent) {
	const table = tableOf(content, 'event');
	return texts(table, 'type').map((type, i) => ({
		day: numbers(table, 'day')[i],
		type: type!,
		patron: texts(table, 'patron')[i] ?? undefined,
		project: texts(table, 'project')[i] ?? undefined,
		limit: Number.isNaN(numbers(table, 'limit_micros')[i]) ? null : numbers(table, 'limit_micros')[i],
	}));
}

describe('the generator of histories', () => {
	it('makes the same history of the same options and seed, and another of another seed', () => {
		expect(generateHistory(options, 5)).toEqual(generateHistory(options, 5));
		expect(eventsOf(generateHistory(options, 5))).not.toEqual(eventsOf(generateHistory(options, 6)));
	});

	it('puts days in order, month ends first in theirs, and names each project of a patron once', () => {
		const events = eventsOf(generateHistory(options, 5));
		const pledges = new Set<string>();
		events.forEach((event, e) => {
			const before = events[e - 1]?.day ?? 0;
			expect(event.day).toBeGreaterThanOrEqual(before);
			if (event.type === 'monthEnd') expect([event.day % 30, event.day > before]).toEqual([0, true]);
			if (event.type !== 'pledge') return;
			const pair = `${event.patron} ${event.project}`;
			expect(pledges.has(pair)).toBe(false);
			pledges.add(pair);
		});
		expect(events.filter(({ type }) => type === 'monthEnd').map(({ day }) => day)).toEqual([30, 60, 90]);
	});

	it('draws arrivals, limits, counts and flappers near their expectations', () => {
		const many = { ...options, patrons: 3000, days: 400, arrivalsPerDay: 2.5, unpledgeProbability: 0 };
		const events = eventsOf(generateHistory(many, 1));
		const joins = events.filter(({ type }) => type === 'join');
		const newcomers = joins.filter(({ day }) => day > 0).length;
		// 1000 expected; 4.5 standard deviations are 142
		expect(Math.abs(newcomers - 1000)).toBeLessThan(142);
		const small = joins.filter(({ limit }) => limit === 5_000_000).length / joins.length;
		expect(Math.abs(small - 0.3)).toBeLessThan(0.035);
		const flappers = new Set(events.filter(({ type }) => type === 'unpledge').map(({ patron }) => patron))
			.size;
		expect(Math.abs(flappers / newcomers - 0.3)).toBeLessThan(0.07);
	});

	it('gives a larger history that the engine runs as the slow obvious version does', () => {
		const content = generateHistory(options, 9);
		const { data } = readDataset(content);
		for (const policy of POLICIES) {
			const config = { policy, baseRate: 300_000, buffer: { bp: 1000, patrons: 1 } };
			const scenario: SlowScenario = { config, projects: [...data.projectIds], events: eventsOf(content) };
			const fast = outcomeOf(simulate(data, { ...defaultLevers(), ...config }));
			expect(differences(slowPledge(scenario), pledgeResult(fast))).toEqual([]);
			expect(checkOutcome(fast)).toEqual([]);
		}
	});

	it('refuses options that make no sense', () => {
		expect(() => generateHistory({ ...options, limits: [{ limit: 'many', weight: 1 }] }, 1)).toThrow(
			InputError,
		);
		expect(() => generateHistory({ ...options, patrons: -1 }, 1)).toThrow(InputError);
	});
});

describe('answers', () => {
	const { data } = readDataset(generateHistory(options, 3));
	const answers = { seed: 1, raiseProbability: 0.5, raiseFactor: 1.5, returnProbability: 0.8, answerDays: 2 };
	const levers = { ...defaultLevers(), baseRate: 300_000 };

	it('of nobody leave the history as it is', () => {
		const silent = simulateAnswers(data, levers, { ...answers, raiseProbability: 0, returnProbability: 0 });
		expect(pledgeResult(outcomeOf(silent))).toEqual(pledgeResult(outcomeOf(simulate(data, levers))));
	});

	it.each(POLICIES)('under %s replay from the events they made', (policy) => {
		const run = simulateAnswers(data, { ...levers, policy }, answers);
		const again = simulate(run.data, { ...levers, policy });
		expect(pledgeResult(outcomeOf(again))).toEqual(pledgeResult(outcomeOf(run)));
		expect(checkOutcome(outcomeOf(run))).toEqual([]);
	});

	it('raise limits and bring pledges back, some days later and after the other events of their day', () => {
		const run = simulateAnswers(data, { ...levers, policy: 'drop-newest' }, answers);
		const { events } = run.data;
		const raises = Array.from(events.type.keys()).filter((e) => events.type[e] === 3);
		expect(raises.length).toBeGreaterThan(5);
		expect(events.type.length).toBeGreaterThan(data.events.type.length + raises.length);
		for (const e of raises) {
			const next = events.type[e + 1];
			// what follows on the same day is another answer: a raise or a return
			if (events.day[e + 1] === events.day[e]) expect([1, 3]).toContain(next);
		}
	});

	it('of a generated history are in its events', () => {
		const answered = eventsOf(
			generateHistory({ ...options, answers: true, baseRate: 300_000, policy: 'drop-newest' }, 3),
		);
		expect(answered.some(({ type }) => type === 'setLimit')).toBe(true);
	});
});
