import { describe, expect, it } from 'vitest';
import { checkMetrics } from '#programs/offer/check-metrics.ts';
import { REFUSAL_CODES } from '#programs/offer/events.ts';
import { measure } from '#programs/offer/measure.ts';
import { checkOutcome } from '#programs/offer/outcome.ts';
import { readScenario } from '#programs/offer/read-scenario.ts';
import { simulate } from '#programs/offer/simulate.ts';
import { runLine } from '../../cli/make-effects.ts';
import { largeTimeline } from './large-timelines.ts';
import { obviousResult } from './obvious.ts';

interface Answer {
	readonly result?: {
		readonly users: readonly unknown[];
		readonly offers: readonly { readonly endReason: string | null }[];
		readonly rejections: readonly { readonly code: string }[];
		readonly metrics: {
			readonly total: { readonly fallbackSignups: number; readonly qualifiedReferrals: number };
		};
	};
	readonly error?: { readonly code: string };
}

/** Asks as `npx dropbench case` is asked: a line of JSON in, a line of JSON out. */
async function ask(scenarios: readonly unknown[]): Promise<Answer[]> {
	const lines = scenarios.map((input, id) => JSON.stringify({ id, program: 'offer', input }));
	const { exit, out } = await runLine('case', { batches: [lines] });
	expect(exit).toBe(0);
	return out
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Answer);
}

/** 5 000 accounts and some 35 000 events. */
const whole = largeTimeline(1, 5000, 260);

describe('a timeline of 5 000 accounts and 35 000 events, made to be hard', () => {
	it('gives what the slow obvious version gives, and reaches all that it is about', async () => {
		expect((whole.events as unknown[]).length).toBeGreaterThan(35_000);
		const [{ result }] = await ask([whole]);
		expect(result).toEqual(JSON.parse(JSON.stringify(obviousResult(whole))));
		expect(result!.users.length).toBeGreaterThan(4000);
		expect(new Set(result!.rejections.map(({ code }) => code))).toEqual(new Set(REFUSAL_CODES));
		const ended = (reason: string) => result!.offers.filter(({ endReason }) => endReason === reason).length;
		for (const reason of ['REPLACED', 'STOPPED', 'EXPIRED', 'CAP_REACHED'])
			expect(ended(reason)).toBeGreaterThan(3);
		expect(result!.metrics.total.fallbackSignups).toBeGreaterThan(500);
		expect(result!.metrics.total.qualifiedReferrals).toBeGreaterThan(100);
	}, 60_000);

	it('keeps every invariant on the way, and adds up', () => {
		const { dataset, rules } = readScenario(whole);
		let steps = 0;
		const outcome = simulate(dataset, rules, undefined, (state) => {
			if (++steps % 3000 === 0) expect(checkOutcome(state)).toEqual([]);
		});
		expect(checkOutcome(outcome.state)).toEqual([]);
		expect(checkMetrics(measure(outcome))).toEqual([]);
		// draws over several credits, at one instant as at different ones
		expect(outcome.state.drawCredit.length).toBeGreaterThan(new Set(outcome.state.drawUsage).size + 50);
	});
});

describe('smaller timelines of that kind', () => {
	it('give what the slow obvious version gives, seed by seed', async () => {
		const scenarios = Array.from({ length: 25 }, (_, n) =>
			largeTimeline(2 + n, 20 + 15 * n, 40 + 10 * (n % 7)),
		);
		const answers = await ask(scenarios);
		answers.forEach(({ result }, n) => {
			expect(result).toEqual(JSON.parse(JSON.stringify(obviousResult(scenarios[n]))));
		});
	}, 60_000);
});

describe('a scenario that must not run', () => {
	it('is refused with its code, whatever its size', async () => {
		const some = largeTimeline(1, 200, 100);
		const broken: readonly (readonly [string, unknown])[] = [
			['BAD_SCENARIO', (some.events as unknown[]).slice(0, 1000)],
			['BAD_SCENARIO', { ...some, events: { ...(some.events as unknown[]).slice(0, 1000) } }],
			['BAD_SCENARIO', { ...some, rules: [] }],
			['BAD_SCENARIO', { ...some, probes: {} }],
			['TOO_MANY_EVENTS', { ...some, start: null, events: new Array(1_000_001).fill(0) }],
			['INVALID_TIME', { ...some, start: '2019-07-01' }],
			['INVALID_TIME', { ...some, end: null }],
			['INVALID_RANGE', { ...some, end: '2019-06-30T23:59:59.999Z', rules: { no: 1 } }],
			['INVALID_RULE', { ...some, rules: { awardAfterInvoices: 13 }, probes: [null] }],
			['INVALID_RULE', { ...some, rules: { creditCostBps: 0.5 } }],
			['INVALID_RULE', { ...some, rules: { awardsAfterInvoices: 2 } }],
			['INVALID_PROBE', { ...some, probes: [{ at: some.start }, { at: some.end, users: [''] }] }],
			['INVALID_PROBE', { ...some, probes: [{ at: '2019-06-30T23:59:59.999Z' }] }],
		];
		const answers = await ask(broken.map(([, scenario]) => scenario));
		expect(answers.map(({ error }) => error?.code)).toEqual(broken.map(([code]) => code));
	});
});
