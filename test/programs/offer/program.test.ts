import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import { withValue, type Config } from '#programs/levers.ts';
import { contentOfEvents } from '#programs/offer/content.ts';
import { offer } from '#programs/offer/program.ts';
import { readInstant } from '#programs/offer/time.ts';
import type { StudyResult } from '#programs/program.ts';
import type { Report, ReportTable } from '#programs/report.ts';
import type { ScenarioContent } from '#programs/tables.ts';

interface Vector {
	readonly scenario: { readonly start: string; readonly end: string; readonly rules?: Config; readonly events: readonly unknown[] };
	readonly expected: Readonly<Record<string, unknown>>;
} // prettier-ignore

function vector(name: string): Vector {
	return JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', `${name}.json`), 'utf8')) as Vector;
}

function contentOf({ scenario }: Vector): ScenarioContent {
	const [start, end] = [readInstant(scenario.start)!, readInstant(scenario.end)!];
	return contentOfEvents(scenario.events, { name: 'vector', start, end });
}

function metric(report: Report, id: string): number | null {
	return report.metrics.find((each) => each.id === id)!.value;
}

function tableOf(result: Report | StudyResult, id: string): ReportTable {
	return result.tables.find((table) => table.id === id)!;
}

function column(table: ReportTable, id: string): readonly unknown[] {
	return Array.from(table.columns.find((each) => each.id === id)!.values as ArrayLike<unknown>);
}

const growing: Config = { mode: 'grow', plan: [{ offer: 'ten', inviteeCents: 1000, inviteeDurationDays: 30, awardCents: 1000, awardDurationDays: 180 }] }; // prettier-ignore

describe('a recorded timeline as a scenario', () => {
	it('gives the metrics of the vector it came from', () => {
		const source = vector('08-metrics');
		const report = offer.open(contentOf(source)).run({ rules: source.scenario.rules });
		const { total } = (source.expected as { metrics: { total: Record<string, number | null> } }).metrics;
		for (const id of ['signups', 'paidAccounts', 'costPerPaidAccount', 'viralK', 'breakageRate', 'netCents', 'earnedCents', 'cashCents']) {
			expect(metric(report, id), id).toBe(total[id]);
		}
		expect(column(tableOf(report, 'rejections'), 'index')).toEqual((source.expected.rejections as { index: number }[]).map((each) => each.index));
		expect(report.checks.map((check) => check.state)).toEqual(report.checks.map((check) => (check.id.startsWith('cap.') ? check.state : 'fine')));
	}); // prettier-ignore

	it('names every one of its tables with columns of equal length', () => {
		const report = offer.open(contentOf(vector('04-lifecycle'))).run({});
		const ids = [
			'offers',
			'rates',
			'users',
			'credits',
			'draws',
			'invoices',
			'payback',
			'rejections',
			'probes',
			'statement',
		];
		expect(report.tables.map((table) => table.id)).toEqual(ids);
		for (const table of report.tables)
			expect(new Set(table.columns.map((each) => each.values.length)).size).toBe(1);
		for (const { x, lines } of report.series) for (const { y } of lines) expect(y).toHaveLength(x.length);
		for (const { ids: members, labels, columns } of report.groups) {
			expect(labels).toHaveLength(members.length);
			for (const { values } of columns) expect(values).toHaveLength(members.length);
		}
	});

	it('is the same to the last bit when it is opened again, and another when a rule is', () => {
		const content = contentOf(vector('10-award-rules'));
		const once = offer.open(content).run({});
		expect(offer.open(content).run({})).toEqual(once);
		expect(offer.open(content).run({ rules: { awardAfterInvoices: 3 } }).outcomeHash).not.toBe(
			once.outcomeHash,
		);
	});

	it('counts every credit as an item of its owner', () => {
		const { participants } = offer.open(contentOf(vector('02-referral-award'))).run({});
		const rita = participants!.ids.indexOf('rita');
		const held = [
			...participants!.item.subarray(participants!.itemStart[rita], participants!.itemStart[rita + 1]),
		];
		expect(held.map((item) => participants!.itemKinds[participants!.itemKind[item]])).toEqual([
			'sign-up credit',
			'award',
		]);
		expect(participants!.value[rita]).toBe(1300);
	});

	it('stops at a bad end, and at two starts', () => {
		const content = contentOf(vector('01-free-tier'));
		expect(() => offer.open({ ...content, now: '2019-10-01' })).toThrow(InputError);
		const period = { rowCount: 2, columns: new Map([['startsAt', Float64Array.of(0, 1)]]) };
		expect(() =>
			offer.open({ ...content, tables: new Map([...content.tables, ['period', period]]) }),
		).toThrow('duplicate period');
	});
});

describe('the configuration', () => {
	it('is read with defaults, keeps what it does not know, and names it', () => {
		const { config, notices } = offer.readConfig({ rules: { awardAfterInvoice: 3 } });
		expect(config).toMatchObject({ mode: 'replay', rules: { awardAfterInvoices: 2, awardAfterInvoice: 3 } });
		expect(notices.map((notice) => notice.message)).toEqual([
			expect.stringContaining('did you mean rules.awardAfterInvoices?'),
		]);
	});

	it('is refused with a path for every wrong value', () => {
		const wrong = { rules: { awardAfterInvoices: 0 }, model: { inviteSend: [[5, 0.1], [5, 0.2]] } }; // prettier-ignore
		let issues: readonly string[] = [];
		try {
			offer.readConfig(wrong);
		} catch (error) {
			issues = (error as InputError).issues.map((issue) => issue.at);
		}
		expect(issues).toEqual(['config.rules.awardAfterInvoices', 'config.model.inviteSend']);
	});

	it('is exported as the plan with its rules, and reads back', () => {
		const { config } = offer.readConfig({ ...growing, rules: { qualifyingInvoice: 'ANY' } });
		const exported = offer.exportConfig(config);
		expect(Object.keys(exported)).toEqual(['program', 'version', 'rules', 'freeTier', 'referral', 'plan']);
		expect(offer.exportConfig(offer.readConfig(exported).config)).toEqual(exported);
	});

	it('is refused where an offer of the plan has terms that do not fit', () => {
		const opened = offer.open(contentOf(vector('01-free-tier')));
		const plan = [
			{ offer: 'a', inviteeCents: 100 },
			{
				offer: 'b',
				type: 'FREE_CREDIT',
				inviteeCents: 100,
				inviteeDurationDays: 5,
				awardCents: 5,
				awardDurationDays: 5,
			},
			{ offer: 'c', inviteeCents: 0, startsAt: '2018-01-01T00:00:00Z' },
		];
		let codes: readonly string[] = [];
		try {
			opened.run({ mode: 'grow', plan });
		} catch (error) {
			codes = (error as InputError).issues.map((issue) => `${issue.at} ${issue.code}`);
		}
		expect(codes).toEqual([
			'config.plan.0.inviteeDurationDays INVALID_DURATION',
			'config.plan.1.awardCents AWARD_NOT_ALLOWED',
			'config.plan.2.startsAt OUT_OF_RANGE',
		]);
	});
});

/** A value of each lever that should show, beside the defaults of a grown or rehearsed run. */
const TURNED: Readonly<Record<string, unknown>> = {
	mode: 'rehearse', seed: 2,
	'rules.awardAfterInvoices': 1, 'rules.qualifyingInvoice': 'ANY', 'rules.contributionMarginBps': 5000, 'rules.creditCostBps': 5000,
	'freeTier.isOffered': false, 'freeTier.inviteeCents': 500, 'freeTier.durationDays': 30,
	'referral.isOffered': false, 'referral.inviteeCents': 900, 'referral.inviteeDurationDays': 30, 'referral.awardCents': 900, 'referral.awardDurationDays': 10,
	plan: [{ offer: 'x', inviteeCents: 2000, inviteeDurationDays: 30 }],
	'model.organicPerDay': [1, 6], 'model.visitToSignup': [[0, 0.9]], 'model.inviteSlots': 6, 'model.inviteSend': [[0, 1]], 'model.inviteAccept': [[0, 1]],
	'model.inviteDelayDays': [[0, 0], [1, 1]], 'model.acceptDelayDays': [[0, 20], [1, 21]], 'model.toPaidOrganic': [[0, 1]], 'model.toPaidReferred': [[0, 1]],
	'model.usageMonthlyCents': [[0, 100], [1, 200]], 'model.usagePerMonth': 9, 'model.monthlyChurn': 0.5, 'model.paymentSuccess': 0.3, 'model.paymentDelayDays': 9,
}; // prettier-ignore

describe('every lever', () => {
	const opened = offer.open(offer.generator!.generate({ days: 150 }, 3));
	const base = { mode: 'grow', referral: { inviteeCents: 3000, inviteeDurationDays: 90 } };
	const before = opened.run(base);

	it('has a turned value here', () => {
		expect(offer.levers.map((lever) => lever.path).sort()).toEqual(Object.keys(TURNED).sort());
	});

	for (const lever of offer.levers) {
		it(`${lever.path} changes some outcome`, () => {
			const { config } = offer.readConfig(withValue(base, lever.path, TURNED[lever.path]));
			const after = opened.run(config);
			expect(after.metrics.map((each) => each.value)).not.toEqual(before.metrics.map((each) => each.value));
		});
	}
});

describe('the modes', () => {
	const source = offer.generator!.generate({ days: 150, plan: growing.plan }, 1);

	it('replay a generated timeline to the outcome that grew it', () => {
		const opened = offer.open(source);
		const replayed = opened.run({});
		const grown = opened.run(growing);
		expect(replayed.metrics).toEqual(grown.metrics);
		expect(tableOf(replayed, 'credits')).toEqual(tableOf(grown, 'credits'));
		expect(column(tableOf(replayed, 'rejections'), 'index')).toEqual([]);
	});

	it('rehearse keeps accounts and usage, and changes what they got', () => {
		const opened = offer.open(source);
		const before = opened.run({});
		const after = opened.run({ mode: 'rehearse' });
		expect(metric(after, 'signups')).toBe(metric(before, 'signups'));
		expect(metric(after, 'earnedCents')).toBeLessThan(metric(before, 'earnedCents')!);
		expect(after.notices.map((notice) => notice.code)).toContain('behaviour-recorded');
	});
});
