import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '#engine/stats/interval.ts';
import { InputError } from '#programs/input-error.ts';
import type { Config } from '#programs/levers.ts';
import { contentOfEvents } from '#programs/offer/content.ts';
import { spread } from '#programs/offer/model/spread.ts';
import { timelineOfOriginal } from '#programs/offer/original-schema.ts';
import { offer } from '#programs/offer/program.ts';
import { ceilBps, floorBps } from '#programs/offer/segments.ts';
import { instantText, readInstant } from '#programs/offer/time.ts';
import type { OpenScenario, StudyResult } from '#programs/program.ts';

function open(name: string): OpenScenario {
	const text = readFileSync(join(import.meta.dirname, 'vectors', `${name}.json`), 'utf8');
	const { scenario } = JSON.parse(text) as { scenario: { start: string; end: string; events: unknown[] } };
	const [start, end] = [readInstant(scenario.start)!, readInstant(scenario.end)!];
	return offer.open(contentOfEvents(scenario.events, { name, start, end, doNotTrack: ['dana', 'g1'] }));
}

function rows(result: StudyResult, id: string): Record<string, unknown>[] {
	const table = result.tables.find((each) => each.id === id)!;
	const count = table.columns[0].values.length;
	return Array.from({ length: count }, (_, r) =>
		Object.fromEntries(table.columns.map((column) => [column.id, column.values[r]])),
	);
}

const plan = [
	{ offer: 'both', inviteeCents: 1000, inviteeDurationDays: 30, awardCents: 1000, awardDurationDays: 180 },
	{ offer: 'invitee', inviteeCents: 2000, inviteeDurationDays: 30 },
];
const growing: Config = { mode: 'grow', plan, referral: { isOffered: false } };
/** Four months, as in spec section 18, example 9. */
const fourMonths = offer.open(offer.generator!.generate({ days: 123 }, 1));

describe('the rounding of spec section 18, example 7', () => {
	it('takes contribution down and cost up, also past 2^53', () => {
		expect(floorBps(12_345, 3550)).toBe(4382);
		expect(ceilBps(12_345, 6667)).toBe(8231);
		expect(floorBps(1_000_000_000_000_000, 9999)).toBe(999_900_000_000_000);
	});

	it('spreads a total over a month', () => {
		const parts = spread(1003, readInstant('2019-07-01T00:00:00Z')!, readInstant('2019-08-01T00:00:00Z')!, 4);
		expect(parts.map((part) => part.cents)).toEqual([250, 251, 251, 251]);
		expect(parts.map((part) => instantText(part.at))).toEqual([
			'2019-07-04T21:00:00.000Z', '2019-07-12T15:00:00.000Z', '2019-07-20T09:00:00.000Z', '2019-07-28T03:00:00.000Z',
		]); // prettier-ignore
	});

	it('bounds 48 of 250 by Wilson', () => {
		const { low, high } = wilsonInterval(48, 250, 0.95);
		expect(low).toBeCloseTo(0.14798411102572986, 14);
		expect(high).toBeCloseTo(0.245338001463464, 14);
	});
});

describe('the offer timeline', () => {
	it('draws the life of each offer, and says why it ended', () => {
		const { spans } = open('03-cap').run({});
		const two = spans!.rows.find(({ label }) => label === 'two')!;
		expect(two).toMatchObject({ isOpen: false, isQuiet: false, note: '2 of 2 redeemed, cap reached' });
		expect(instantText(two.to)).toBe('2019-07-03T12:00:00.000Z');
		for (const { from, to, isOpen } of spans!.rows) {
			expect(from).toBeLessThan(to);
			if (isOpen) expect(to).toBe(spans!.end);
		}
	});
});

describe('parallel worlds', () => {
	it('find the paired difference of spec section 18, example 9', () => {
		const result = fourMonths.study('replicates', growing, { hasControl: false });
		const paid = rows(result, 'comparison').find((row) => row.metric === 'Paid accounts')!;
		expect(paid).toMatchObject({ candidate: 'invitee', against: 'both', count: 20, verdict: 'worse' });
		expect(paid.difference).toBeCloseTo(-7.55, 10);
		expect(Number(paid.high) - Number(paid.difference)).toBeCloseTo(1.99, 2);
		expect(paid.sd).toBeCloseTo(4.26, 2);
	});

	it('show no difference between an offer and itself', () => {
		const candidates = [plan[0], { ...plan[0], offer: 'twin' }];
		const result = fourMonths.study('replicates', growing, { candidates, hasControl: false, replicates: 4 });
		for (const row of rows(result, 'comparison')) {
			expect(row).toMatchObject({ difference: 0, low: 0, high: 0, verdict: 'no difference shown' });
		}
	});

	it('say in words that no difference is shown, and name no best offer', () => {
		const candidates = [plan[0], { ...plan[0], offer: 'twin' }];
		const { answer } = fourMonths.study('replicates', growing, {
			candidates,
			hasControl: false,
			replicates: 4,
		});
		expect(answer!.sentences[0]).toMatch(/^No best offer is shown/);
		expect(answer!.sentences[0]).toContain('no difference shown from twin');
		expect(answer!.sentences[1]).toBe(
			'both against twin: no difference shown in paid accounts, cost per paid account, invitees per account, credit expired unused, net, registrations.',
		);
	});

	it('name the best offer where every interval leaves 0 out, with money in dollars', () => {
		const { answer, tables } = fourMonths.study('replicates', growing, { hasControl: false });
		expect(answer!.sentences[0]).toMatch(/^both performs best: most paid accounts, [\d.]+ on average/);
		expect(answer!.sentences[1]).toContain('paid accounts +7.5 (+5.6 to +9.5), better');
		const { units } = tables
			.find(({ id }) => id === 'comparison')!
			.columns.find(({ id }) => id === 'difference')!;
		expect(units!.slice(0, 5)).toEqual(['count', 'cents', 'number', 'ratioChange', 'cents']);
	});

	it('give payback for every month of registration, against the first candidate', () => {
		const result = fourMonths.study('replicates', growing, { hasControl: false, replicates: 5 });
		const cohorts = rows(result, 'cohorts');
		expect([...new Set(cohorts.map((row) => row.cohort))]).toEqual(['2019-07', '2019-08', '2019-09', '2019-10']);
		const july = cohorts.filter((row) => row.cohort === '2019-07');
		expect(july.map((row) => [row.candidate, row.worlds])).toEqual([['both', 5], ['invitee', 5]]);
		expect(july[0].verdict).toBeNull();
		expect(july[1].verdict).toMatch(/^(no difference shown|better|worse|no common world)$/);
	}); // prettier-ignore

	it('say when a cap was full, and that it was too early for a test', () => {
		const candidates = [{ ...plan[0], redeemableCap: 3 }];
		const result = fourMonths.study('replicates', growing, { candidates, replicates: 5 });
		const capped = rows(result, 'caps')[1];
		expect(capped).toMatchObject({ candidate: 'both', full: 5, count: 5 });
		expect(instantText(Math.round(Number(capped.date)))).toMatch(/^2019-07-/);
		expect(Number(capped.dateLow)).toBeLessThanOrEqual(Number(capped.date));
		expect(result.notices.map((notice) => notice.code)).toContain('cap-early');
	});

	it('tell of progress, once per world', () => {
		const told: number[] = [];
		fourMonths.study('replicates', growing, { replicates: 3 }, (_, done) => told.push(done));
		expect(told).toHaveLength(9);
		expect(told).toEqual([...told].sort((a, b) => a - b));
	});

	it('need a candidate', () => {
		expect(() => fourMonths.study('replicates', { mode: 'grow' }, { hasControl: false })).toThrow(
			'missing candidates',
		);
	});
});

describe('the schedule', () => {
	it('shows A then B beside each alone, and warns of the difference in age', () => {
		const result = fourMonths.study('schedule', growing, { replicates: 4 });
		const names = new Set(rows(result, 'means').map((row) => row.candidate));
		expect([...names]).toEqual(['both, then invitee', 'both alone', 'invitee alone']);
		expect(new Set(rows(result, 'parts').map((row) => row.candidate)).size).toBe(2);
		expect(result.notices.map(({ code }) => code)).toContain('offers-of-different-age');
	});

	it('refuses an offer that is not there and a switch after the end', () => {
		expect(() => fourMonths.study('schedule', growing, { first: 'nope' })).toThrow('unknown offer: nope');
		expect(() => fourMonths.study('schedule', growing, { switchAfterDays: 200 })).toThrow('invalid switch');
	});
});

describe('the search', () => {
	it('reports the chosen offer on seeds it was not chosen by, and keeps limits', () => {
		const options = { inviteeCents: [0, 1000], awardCents: [0, 1000], replicates: 3 };
		const free = fourMonths.study('search', growing, options);
		expect(free.answer!.sentences[0]).toContain('Give $10.00, get $10.00 is best of 4 on seeds 1 to 3');
		expect(free.answer!.sentences[1]).toContain('On seeds it was not chosen by');
		const tight = fourMonths.study('search', growing, { ...options, costPerPaidAccountLimit: 1 });
		expect(tight.notices[0].code).toBe('no-candidate');
	});
});

describe('the statement of an account', () => {
	it('promises free usage until the last end, within the credit', () => {
		const result = open('01-free-tier').study('statement', {}, { user: 'ann', at: '2019-07-12T00:00:00Z' });
		expect(result.letter!.lines[0]).toBe(
			'You will not be charged until 24 July 2019, 09:30 UTC, as long as your usage stays within your credit of $1.80.',
		);
		expect(rows(result, 'accountCredits')).toMatchObject([
			{ kind: 'free tier', earnedCents: 300, usedCents: 120, availableCents: 180 },
		]);
	});

	it('says so when nothing is left, gives the link and counts invitees', () => {
		const result = open('02-referral-award').study(
			'statement',
			{},
			{ user: 'rita', at: '2019-09-04T15:00:00Z' },
		);
		const { lines } = result.letter!;
		expect(lines[0]).toContain('within your credit of $5.50');
		expect(lines.some((line) => line.endsWith('referral=rita'))).toBe(true);
		expect(lines.at(-1)).toContain('Registered: 1. Qualified: 1. Earned: $10.00.');
		expect(rows(result, 'accountReferrals')).toMatchObject([{ user: 'ivo', missing: 0 }]);
	});

	it('refuses an account that was not there yet', () => {
		expect(() =>
			open('01-free-tier').study('statement', {}, { user: 'ann', at: '2019-07-02T00:00:00Z' }),
		).toThrow('unknown account: ann');
	});
});

describe('the event feed', () => {
	it('follows a credit from its grant to its end', () => {
		const result = open('01-free-tier').study('feed', {}, {});
		const told = rows(result, 'feed').map((row) => `${instantText(Number(row.at))} ${String(row.event)}`);
		expect(told.slice(0, 4)).toEqual([
			'2019-07-10T09:30:00.000Z ',
			'2019-07-10T09:30:00.000Z Account Created',
			'2019-07-10T09:30:00.000Z Credits Granted',
			'2019-07-21T09:30:00.000Z Credits Expiring Soon',
		]);
		expect(told).toContain('2019-07-24T09:30:00.000Z Credits Expired');
		expect(told.filter((line) => line.endsWith('Payment Failed'))).toHaveLength(1);
	});

	it('is JSON Lines with a number for each call', () => {
		const lines = rows(open('02-referral-award').study('feed', {}, {}), 'feed').map(
			(row) => JSON.parse(String(row.line)) as Record<string, unknown>,
		);
		expect(new Set(lines.map((line) => line.messageId)).size).toBe(lines.length);
		expect(lines.filter((line) => line.type === 'identify').every((line) => 'traits' in line)).toBe(true);
		expect(lines.find((line) => line.event === 'Award Granted')).toMatchObject({
			userId: 'rita',
			properties: { cents: 1000, invitee: 'ivo' },
		});
	});

	it('comes as a file, one line per call', () => {
		const result = open('02-referral-award').study('feed', {}, {});
		expect(result.file!.name).toBe('event-feed.jsonl');
		expect(result.file!.text.endsWith('\n')).toBe(true);
		const lines = result.file!.text.trimEnd().split('\n');
		expect(lines).toEqual(rows(result, 'feed').map((row) => row.line));
	});

	it('leaves out who asked not to be tracked, also by name', () => {
		const result = open('03-cap').study('feed', {}, {});
		const text = rows(result, 'feed').map((row) => String(row.line)).join('\n');
		expect(text).toContain('"g0"');
		expect(text).not.toContain('"g1"');
		expect(result.metrics.find((each) => each.id === 'leftOut')!.value).toBe(1);
	}); // prettier-ignore
});

describe('the fit of the model', () => {
	// a failed payment makes an account leave too: churn shows alone only where all payments succeed
	const model = {
		organicPerDay: [20],
		toPaidOrganic: [[0, 0.6]],
		toPaidReferred: [[0, 0.6]],
		inviteAccept: [[0, 0.5]],
		acceptDelayDays: [[0, 0], [1, 0.1]],
		inviteDelayDays: [[0, 0], [1, 0.1]],
		monthlyChurn: 0.1,
		usageMonthlyCents: [[0, 1000], [1, 1000]],
	}; // prettier-ignore
	const fitted = (paymentSuccess: number) =>
		offer
			.open(offer.generator!.generate({ days: 300, model: { ...model, paymentSuccess } }, 2))
			.study('fit', {}, {});
	const contains = (result: StudyResult, setting: string, truth: number) => {
		const row = rows(result, 'points').find((each) => each.setting === setting)!;
		expect(Number(row.count)).toBeGreaterThan(100);
		expect(Number(row.low), setting).toBeLessThan(truth);
		expect(Number(row.high), setting).toBeGreaterThan(truth);
	};

	it('finds the curves that a timeline was grown with, within the intervals', () => {
		const result = fitted(1);
		contains(result, 'Monthly churn', 0.1);
		contains(result, 'Invites accepted', 0.5);
		contains(fitted(0.8), 'Payment success', 0.8);
		const usage = rows(result, 'settings').find((row) => row.path === 'model.usageMonthlyCents')!;
		expect((JSON.parse(String(usage.value)) as number[][])[2]).toEqual([0.5, 1000]);
	});

	it('suggests settings that a configuration takes', () => {
		for (const { path, value } of rows(fitted(0.8), 'settings') as { path: string; value: string }[]) {
			const setting = { [path.slice('model.'.length)]: JSON.parse(value) as unknown };
			expect(() => offer.readConfig({ model: setting })).not.toThrow();
		}
	});
});

describe('explanations', () => {
	it('tell why a registration fell back, and the least cap that would have kept it, by a re-run', () => {
		const answer = open('03-cap').explain({}, { user: 'g3' });
		expect(answer.sentence).toContain('g3 registered with the link of');
		expect(answer.reasons[0]).toMatchObject({ code: 'cap reached' });
		expect(answer.changes.map((change) => change.sentence)).toContain(
			'With a cap of 4 instead of 2, g3 would have got two.',
		);
		expect(answer.rows.find((row) => row.isSubject)).toMatchObject({ status: 'redeemed' });
	});

	it('give a cap of the plan as a setting', () => {
		const opened = open('03-cap');
		const capped = [
			{
				offer: 'two',
				inviteeCents: 100,
				inviteeDurationDays: 5,
				redeemableCap: 2,
				startsAt: '2019-07-03T00:00:00Z',
			},
		];
		const { changes } = opened.explain({ mode: 'rehearse', plan: capped }, { user: 'g3' });
		const change = changes.find((each) => each.path === 'plan')!;
		const again = opened.explain({ mode: 'rehearse', plan: change.value }, { user: 'g3' });
		expect(again.sentence).toContain('got two');
	});

	it('follow one credit to the cent', () => {
		const answer = open('01-free-tier').explain({}, { credit: '1' });
		expect(answer.rows.map((row) => row.status)).toEqual(['+$3.00', '−$1.20', '−$1.00', '−$0.80']);
		expect(answer.ledger!.lines.map(({ amount }) => amount)).toEqual(['+$3.00', '−$2.20', '−$0.80']);
		expect(answer.ledger!.total.amount).toBe('$0.00');
	});

	it('take a credit beside its owner, and the registration beside the credit of someone else', () => {
		const opened = open('02-referral-award');
		expect(opened.explain({}, { user: 'ivo', credit: '2' }).sentence).toContain('Credit 2 of ivo');
		const { sentence, ledger } = opened.explain({}, { user: 'rita', credit: '2' });
		expect(sentence).toContain('rita registered without a link');
		expect(ledger!.lines.map(({ amount }) => amount)).toEqual(['$3.00', '$10.00']);
	});

	it('refuse accounts and credits that are not there', () => {
		expect(() => open('01-free-tier').explain({}, { user: 'nobody' })).toThrow('unknown account');
		expect(() => open('01-free-tier').explain({}, { credit: '2' })).toThrow('unknown credit');
	});
});

describe('tables in the original schema', () => {
	const tables = {
		offers: [
			{ id: 1, status: 1, type: 1, invitee_credit_in_cents: 300, invitee_credit_duration_days: 14, award_credit_in_cents: 0, redeemable_cap: 0, created_at: '2019-06-01T00:00:00Z', expires_at: '2119-06-01T00:00:00Z' },
			{ id: 2, status: 2, type: 2, invitee_credit_in_cents: 600, invitee_credit_duration_days: 30, award_credit_in_cents: 500, award_credit_duration_days: 90, redeemable_cap: 50, created_at: '2019-06-02T00:00:00Z', expires_at: '2019-09-01T00:00:00Z' },
		],
		userCredits: [
			{ user_id: 'a', offer_id: 1, referred_by: null, credits_used_in_cents: 0, created_at: '2019-06-03T00:00:00Z', expires_at: '2019-06-17T00:00:00Z' },
			{ user_id: 'b', offer_id: 2, referred_by: 'a', credits_used_in_cents: 103, created_at: '2019-06-04T00:00:00Z', expires_at: '2019-07-04T00:00:00Z' },
			{ user_id: 'a', offer_id: 2, referred_by: null, credits_used_in_cents: 0, created_at: '2019-06-20T00:00:00Z', expires_at: '2019-09-20T00:00:00Z' },
		],
	}; // prettier-ignore
	const end = readInstant('2019-08-01T00:00:00Z')!;

	it('are not read without a numbering, and the message offers both', () => {
		expect(() => timelineOfOriginal(tables, null, end)).toThrow(/must be design .* or shipped/);
	});

	it('mean something else in each numbering', () => {
		const { events, notices } = timelineOfOriginal(tables, 'shipped', end);
		expect(events.filter((event) => event.kind === 'OFFER_CREATE').map((event) => `${event.type} ${event.status}`)).toEqual(['FREE_CREDIT DEFAULT', 'REFERRAL ACTIVE']);
		expect(notices.map((notice) => notice.code)).toContain('original-awards');
		let issues: readonly string[] = [];
		try {
			timelineOfOriginal(tables, 'design', end);
		} catch (error) {
			issues = (error as InputError).issues.map((issue) => issue.at);
		}
		expect(issues).toEqual(['offers[1].type']);
	}); // prettier-ignore

	it('replay to the credit that was given and used', () => {
		const { events } = timelineOfOriginal(tables, 'shipped', end);
		const content = contentOfEvents(events, {
			name: 'original',
			start: readInstant('2019-06-01T00:00:00Z')!,
			end,
		});
		const report = offer.open(content).run({});
		const credits = report.tables.find((table) => table.id === 'credits')!;
		expect([
			...(credits.columns.find((column) => column.id === 'usedCents')!.values as Float64Array),
		]).toEqual([0, 103]);
		expect(report.tables.find((table) => table.id === 'rejections')!.columns[0].values).toHaveLength(0);
	});
});
