import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import type { Config } from '#programs/levers.ts';
import { withValue } from '#programs/levers.ts';
import type { OpenScenario } from '#programs/program.ts';
import type { Report, ReportTable } from '#programs/report.ts';
import { referral } from '#programs/referral/program.ts';
import { readEditionsText } from '#programs/referral/read-editions.ts';
import { openSession, runChoice, runnableOrThrow } from '#programs/referral/session.ts';
import { sweepPools } from '#programs/referral/studies/pool-sweep.ts';
import type { Column, ScenarioContent, TableData } from '#programs/tables.ts';

const defaults = Object.fromEntries(
	referral.generator?.options.map((option) => [option.path, option.default]) ?? [],
);

function make(options: Config = {}, seed = 7): ScenarioContent {
	if (!referral.generator) throw new Error('no generator');
	return referral.generator.generate(
		{ ...defaults, events: 600, referrers: 60, poolUsd: 2000, barUsd: 100, ...options },
		seed,
	);
}

/** A scenario whose set is written by hand, over the events of the generator. */
function withEditions(documents: readonly string[], content = make({ edition: 'both' })): ScenarioContent {
	const columns = new Map<string, Column>([
		['position', Float64Array.from(documents.keys())],
		['document', documents],
	]);
	return withTable(content, 'edition', { rowCount: documents.length, columns });
}

function withTable(content: ScenarioContent, name: string, data: TableData): ScenarioContent {
	return { ...content, tables: new Map([...content.tables, [name, data]]) };
}

function documentsOf(content: ScenarioContent): readonly string[] {
	return content.tables.get('edition')?.columns.get('document') as readonly string[];
}

function value(report: Report, id: string): number | null | undefined {
	return report.metrics.find((metric) => metric.id === id)?.value;
}

function table(tables: readonly ReportTable[], id: string): ReportTable {
	const found = tables.find((one) => one.id === id);
	if (!found) throw new Error(`no table ${id}`);
	return found;
}

function column(of: ReportTable, id: string): (string | number | null)[] {
	return [...(of.columns.find((one) => one.id === id)?.values ?? [])];
}

/** The referrer at a place of the leaderboard whose standing is as wanted. */
function referrerWith(report: Report, standing: string): string {
	const board = table(report.tables, 'leaderboard');
	return String(column(board, 'referrer')[column(board, 'standing').indexOf(standing)]);
}

const ADDRESS = '0x3333333333333333333333333333333333333333';

const UNKNOWN =
	'{"slug":"constructor","displayName":"Later","rules":{"dataModelType":"__proto__","startTime":1800000000,"endTime":1800000001,"subregistryId":{"chainId":1,"address":"0x57f1887a8bf19b14fc0df6fd9b2acc9af147ea85"},"rulesUrl":"https://example.com","areAwardsDistributed":false,"z":1e400, "a":0.10}}';

describe('a referral scenario', () => {
	const content = make({ edition: 'both' });
	const scenario = referral.open(content);
	const race = scenario.run({});

	it('runs the newest edition that can run, with every check fine', () => {
		expect(race.notices.some((notice) => notice.message.includes('(march-2026) is in awards review'))).toBe(
			true,
		);
		expect(race.checks.filter((check) => check.isGuardrail).map((check) => check.state)).toEqual([
			'fine',
			'fine',
			'fine',
			'fine',
		]);
		expect(value(race, 'award.paid')).toBeGreaterThan(0);
		expect(race.outcomeHash).toMatch(/^[0-9a-f]{64}$/);
		expect(scenario.run({}).outcomeHash).toBe(race.outcomeHash);
	});

	it('says of every lever what the edition has, and which the model does not ask for', () => {
		expect(race.settings).toMatchObject({
			edition: { standsFor: 'march-2026' },
			model: { standsFor: 'rev-share-limit' },
			awardPool: { standsFor: 2_000_000_000, range: [0, 8_000_000_000] },
			qualifiedRevenueShare: { standsFor: 0.5 },
			startTime: { standsFor: '2026-03-01T00:00:00Z' },
			maxQualifiedReferrers: { isIdle: true },
		});
		const pie = scenario.run({
			model: 'pie-split',
			awardPool: 5,
			disqualified: { [ADDRESS]: true },
		}).settings;
		expect(pie).toMatchObject({
			awardPool: { standsFor: 2_000_000_000 },
			maxQualifiedReferrers: { standsFor: 10 },
			minQualifiedRevenueContribution: { isIdle: true },
			[`disqualified.${ADDRESS}`]: { standsFor: false },
		});
	});

	it('says how each limit of the rules stands', () => {
		const states = (config: Config) =>
			scenario
				.run(config)
				.checks.filter(({ isLimit }) => isLimit)
				.map(({ id, state }) => [id, state]);
		expect(states({ awardPool: 1 })).toContainEqual(['pool-lasts', 'over']);
		expect(states({ awardPool: 1_000_000_000_000 })).toContainEqual(['pool-lasts', 'fine']);
		expect(states({ minQualifiedRevenueContribution: 9_000_000_000_000 })).toContainEqual([
			'bar-reached',
			'over',
		]);
		const places = (count: number | null) =>
			states({ edition: 'holiday-2025', maxQualifiedReferrers: count });
		expect(places(null)).toContainEqual(['places-used', 'fine']);
		expect(places(500)).toContainEqual(['places-used', 'close']);
		expect(places(0)).toContainEqual(['places-used', 'over']);
	});

	it('adds a ledger up to the award, to the last micro-USDC, for everybody under both models', () => {
		const micros = (text: string) => BigInt(text.replace('−', '-').replace(/[^\d-]/g, ''));
		for (const config of [
			{},
			{ edition: 'holiday-2025' },
			{ awardPool: 500_000_000 },
			{ settlement: 'pro-rata', awardPool: 500_000_000 },
		]) {
			const board = table(scenario.run(config).tables, 'leaderboard');
			column(board, 'referrer').forEach((referrer, row) => {
				const { ledger } = scenario.explain(config, { referrer: String(referrer) });
				const sum = (ledger?.lines ?? []).reduce((total, { amount }) => total + micros(amount), 0n);
				expect(sum).toBe(micros(ledger?.total.amount ?? ''));
				expect(sum).toBe(BigInt(Number(column(board, 'award')[row])));
			});
		}
	});

	it('runs any other by its slug, and refuses one that is not there', () => {
		expect(value(scenario.run({ edition: 'holiday-2025' }), 'board.qualified')).toBe(10);
		expect(() => scenario.run({ edition: 'toString' })).toThrow(InputError);
	});

	it('gives the same outcome for any order of its rows', () => {
		const events = content.tables.get('event');
		if (!events) throw new Error('no events');
		const rows = Array.from({ length: events.rowCount }, (_, i) => (i * 7) % events.rowCount);
		expect(new Set(rows).size).toBe(events.rowCount);
		const columns = new Map(
			[...events.columns].map(([name, cells]): [string, Column] => {
				if (cells instanceof Float64Array) return [name, Float64Array.from(rows, (row) => cells[row])];
				return [name, rows.map((row) => (cells as readonly string[])[row])];
			}),
		);
		const shuffled = referral.open(withTable(content, 'event', { rowCount: events.rowCount, columns }));
		expect(shuffled.run({}).outcomeHash).toBe(race.outcomeHash);
	});

	it('reports participants that a plan can compare', () => {
		const people = race.participants;
		expect(people?.ids.length).toBe(value(race, 'board.count'));
		expect(people?.item.length).toBe(value(race, 'board.paid'));
		expect(people?.value.reduce((sum, award) => sum + award, 0)).toBe(value(race, 'award.paid'));
		expect([...(people?.ids ?? [])].sort()).toEqual(people?.ids);
	});

	it('keeps an accounting whose last pool and award are those of the run', () => {
		const accounting = table(race.tables, 'accounting');
		const [before, award] = [
			column(accounting, 'awardPoolRemainingBefore'),
			column(accounting, 'incrementalAward'),
		].map((list) => list.map(Number));
		expect(award.reduce((sum, one) => sum + one, 0)).toBe(value(race, 'award.paid'));
		before.forEach((pool, k) => k > 0 && expect(pool).toBe(before[k - 1] - award[k - 1]));
		expect(column(accounting, 'extra')[0]).toMatch(/^\{"kind":/);
		expect(column(accounting, 'incrementalAward.decimal')).toEqual(
			award.map((one) => (one / 1e6).toFixed(6)),
		);
		const pie = scenario.run({ edition: 'holiday-2025' });
		expect(pie.tables.map((one) => one.id)).toEqual(['leaderboard', 'editions']);
		expect(pie.notices.map((notice) => notice.code)).toContain('accounting.none');
	});

	it('shows rank and award beside those under the edition’s own rules', () => {
		const own = table(race.tables, 'leaderboard');
		expect(new Set([...column(own, 'rankChange'), ...column(own, 'awardChange')])).toEqual(new Set([0]));
		const board = table(scenario.run({ qualifiedRevenueShare: 0.25 }).tables, 'leaderboard');
		const [rank, before, change] = ['rank', 'rankBefore', 'rankChange'].map((id) =>
			column(board, id).map(Number),
		);
		rank.forEach((place, i) => expect(change[i]).toBe(before[i] - place));
		const [award, awardChange] = ['award', 'awardChange'].map((id) => column(board, id).map(Number));
		const awardBefore = new Map(
			column(own, 'referrer').map((who, i) => [who, Number(column(own, 'award')[i])]),
		);
		column(board, 'referrer').forEach((who, i) =>
			expect(award[i] - awardChange[i]).toBe(awardBefore.get(who)),
		);
	});

	it('draws the pool down to what remains', () => {
		const pool = race.series.find((series) => series.id === 'pool');
		const [remaining, demand] = pool?.lines ?? [];
		expect(remaining?.y[0]).toBe(2_000_000_000);
		expect(remaining?.y.at(-1)).toBe(value(race, 'race.remaining'));
		expect(demand?.y.at(-1)).toBeGreaterThanOrEqual(value(race, 'award.paid') ?? 0);
		expect(race.series.find((series) => series.id === 'qualified')?.lines[0].y.at(-1)).toBe(
			value(race, 'board.qualified'),
		);
	});
});

describe('levers', () => {
	const scenario = referral.open(make({ edition: 'both' }));
	const someone = referrerWith(scenario.run({}), 'paid');

	const tried: readonly (readonly [string, unknown, Config])[] = [
		['edition', 'holiday-2025', {}],
		['model', 'pie-split', {}],
		['accurateAsOf', '2026-03-08T00:00:00Z', {}],
		['awardPool', 1_000_000_000, {}],
		['maxQualifiedReferrers', 3, { edition: 'holiday-2025' }],
		['boostStrength', 0, { edition: 'holiday-2025' }],
		['minQualifiedRevenueContribution', 200_000_000, {}],
		['qualifiedRevenueShare', 0.3, {}],
		['qualifiedRevenuePerYear', 4_000_000, {}],
		['settlement', 'pro-rata', {}],
		['maxAwardPerReferrer', 100_000_000, {}],
		['startTime', '2026-03-05T00:00:00Z', {}],
		['endTime', '2026-03-20T00:00:00Z', {}],
		[`disqualified.${someone}`, true, {}],
	];

	it.each(tried)('%s changes an outcome', (path, setting, config) => {
		const [before, after] = [scenario.run(config), scenario.run(withValue(config, path, setting))];
		expect(after.metrics.map((metric) => metric.value)).not.toEqual(
			before.metrics.map((metric) => metric.value),
		);
		expect(after.checks.filter((check) => check.isGuardrail && check.state !== 'fine')).toEqual([]);
	});

	it('are all tried here', () => {
		const paths = tried.map(([path]) => path.replace(/^disqualified\..*/, 'disqualified.*'));
		expect(paths.sort()).toEqual(referral.levers.map((lever) => lever.path).sort());
	});

	it('let a disqualified referrer back in', () => {
		const out = referrerWith(scenario.run({}), 'disqualified');
		expect(value(scenario.run({ disqualified: { [out]: false } }), 'race.forfeited')).toBe(0);
	});

	it.each([
		[{ qualifiedRevenueShare: 1.01 }, 'config.qualifiedRevenueShare'],
		[{ awardPool: -1 }, 'config.awardPool'],
		[{ startTime: 'yesterday' }, 'config.startTime'],
		[{ startTime: '2026-03-05T00:00:00Z', endTime: '2026-03-04T00:00:00Z' }, 'config.endTime'],
		[{ model: 'tiered' }, 'config.model'],
		[{ disqualified: { me: true } }, 'config.disqualified.me'],
	])('refuse %j', (config, at) => {
		expect(() => scenario.run(config)).toThrow(
			expect.objectContaining({ issues: [expect.objectContaining({ at })] }) as Error,
		);
	});

	it('keep what they do not know, by name', () => {
		const { config, notices } = referral.readConfig({ awardPol: 3, program: 'referral' });
		expect(config).toMatchObject({ awardPol: 3, awardPool: null });
		expect(notices).toMatchObject([
			{ code: 'config-unknown', message: expect.stringContaining('awardPool') as string },
		]);
	});

	it('have presets that run', () => {
		for (const preset of referral.presets ?? []) {
			const config = preset.changes.reduce<Config>(
				(one, change) => withValue(one, change.path, change.value),
				{},
			);
			expect(
				scenario.run(config).checks.filter((check) => check.isGuardrail && check.state !== 'fine'),
			).toEqual([]);
		}
	});
});

describe('a set of editions of all sorts', () => {
	const good = documentsOf(make({ edition: 'both' }));
	const bad = '{"slug":"bad","displayName":"","rules":{"dataModelType":"pie-split"}}';
	const scenario = referral.open(withEditions([UNKNOWN, bad, ...good]));

	it('sets the bad ones aside, keeps the rest, and says both', () => {
		const report = scenario.run({});
		expect(column(table(report.tables, 'editions'), 'state')).toEqual([
			'unrecognized model',
			'set aside',
			'can run',
			'selected',
		]);
		expect(column(table(report.tables, 'editions'), 'status')).toEqual([
			'scheduled',
			null,
			'closed',
			'awards review',
		]);
		expect(scenario.notices.map((notice) => notice.code)).toEqual([
			'edition.set-aside',
			'edition.unrecognized',
		]);
	});

	it('shows an edition of unknown type instead of running it', () => {
		const report = scenario.run({ edition: 'constructor' });
		expect(report.metrics).toEqual([]);
		expect(report.notices).toMatchObject([
			{ code: 'run.unrecognized-model', message: expect.stringContaining('"__proto__"') as string },
		]);
		expect(() => scenario.study('poolSweep', { edition: 'constructor' }, {})).toThrow(InputError);
	});

	it('is empty without editions', () => {
		expect(referral.open(withEditions([])).run({}).notices).toMatchObject([{ code: 'run.no-edition' }]);
	});

	it('exports the chosen edition with its levers, and the unknown one to the last character', () => {
		const text = scenario.exportDocument?.({ awardPool: 123_000_000, disqualified: {} }) ?? '';
		expect(text).toContain(UNKNOWN);
		const set = readEditionsText(text);
		expect(set?.editions.map((edition) => edition.slug)).toEqual([
			'constructor',
			'holiday-2025',
			'march-2026',
		]);
		expect(set?.editions[2]).toMatchObject({ rules: { awardPool: 123_000_000n } });
		expect(set?.editions[1]).toMatchObject({ rules: { awardPool: 2_000_000_000n } });
	});

	it('does not export a set that is not valid', () => {
		const twice = referral.open(withEditions([...good, UNKNOWN, UNKNOWN]));
		expect(() => twice.exportDocument?.({})).toThrow(
			expect.objectContaining({
				issues: [expect.objectContaining({ code: 'edition.slug.duplicate' })],
			}) as Error,
		);
		expect(value(twice.run({}), 'award.paid')).toBeGreaterThan(0);
	});

	it('can lose an edition and repeat one of unknown type', () => {
		const { tables, notices } = scenario.study(
			'editionSet',
			{},
			{ remove: 'holiday-2025', duplicate: 'constructor', slug: 'constructor-2' },
		);
		expect(column(table(tables, 'editions'), 'slug')).toEqual(['constructor', 'march-2026', 'constructor-2']);
		expect(column(table(tables, 'editions'), 'text')[2]).toBe(
			UNKNOWN.replace('"constructor"', '"constructor-2"'),
		);
		// the copy has the window of the original
		expect(notices.map((notice) => notice.code)).toEqual(['rules.window.overlap']);
	});
});

describe('events that are not as they should be', () => {
	it('refuse the whole scenario, by row and code', () => {
		const content = make();
		const events = content.tables.get('event');
		const columns = new Map<string, Column>(events?.columns);
		const referrers = [...(columns.get('referrer') as readonly (string | null)[])];
		referrers[3] = 'nobody';
		const at = (columns.get('at') as Float64Array).slice();
		at[5] += 1;
		columns.set('referrer', referrers).set('at', at);
		const broken = withTable(content, 'event', { rowCount: at.length, columns });
		expect(() => referral.open(broken)).toThrow(
			expect.objectContaining({ issues: [expect.objectContaining({ code: 'event.referrer.invalid' }), expect.objectContaining({ code: 'event.timestamp.invalid' })] }) as Error, // prettier-ignore
		);
	});
});

describe('explain', () => {
	const explained = (scenario: OpenScenario, config: Config, standing: string) => {
		const referrer = referrerWith(scenario.run(config), standing);
		return { referrer, ...scenario.explain(config, { referrer }) };
	};

	/** Does a change do what its sentence says, and give the award it names? */
	function isTrue(
		scenario: OpenScenario,
		config: Config,
		referrer: string,
		change: { path?: string; value?: unknown; sentence: string },
	): boolean {
		const board = table(
			scenario.run(withValue(config, change.path ?? '', change.value)).tables,
			'leaderboard',
		);
		const award = Number(column(board, 'award')[column(board, 'referrer').indexOf(referrer)]);
		if (change.sentence.includes('nothing')) return award === 0;
		return change.sentence.includes(String(award).replace(/\B(?=(?:\d{3})+$)/g, ' '));
	}

	it.each([
		['disqualified', {}, ['disqualified'], 1],
		['below the bar', { minQualifiedRevenueContribution: 900_000_000 }, ['below-bar'], 2],
		['pool empty', { awardPool: 500_000_000 }, ['pool-empty'], 2],
		['cut by the pool', { awardPool: 500_000_000 }, ['cut'], 1],
		['cut by the pool', { awardPool: 500_000_000, settlement: 'pro-rata' }, ['cut'], 1],
		['paid', { awardPool: 9_000_000_000 }, [], 1],
		['outside the places', { edition: 'holiday-2025' }, ['outside-places'], 1],
		['paid', { edition: 'holiday-2025' }, [], 1],
	] as const)(
		'says of one who is %s under %j what would turn it, and is right',
		(standing, config, codes, changeCount) => {
			const scenario = referral.open(make({ edition: 'both' }));
			const { referrer, reasons, changes, trials, factors } = explained(scenario, config, standing);
			expect(reasons.map((reason) => reason.code)).toEqual(codes);
			expect(changes).toHaveLength(changeCount);
			// whoever is still in may be taken out, which is no change of the answer for the unpaid
			expect(trials?.map((trial) => trial.sentence.includes('still get nothing'))).toEqual(
				standing === 'disqualified' ? [] : [standing !== 'paid' && standing !== 'cut by the pool'],
			);
			for (const change of [...changes, ...(trials ?? [])])
				expect([change.sentence, isTrue(scenario, config, referrer, change)]).toEqual([
					change.sentence,
					true,
				]);
			expect(factors.length).toBeGreaterThan(3);
		},
	);

	it('adds up to the award, to the micro-USDC', () => {
		const scenario = referral.open(make({ edition: 'both' }));
		for (const config of [
			{},
			{ edition: 'holiday-2025' },
			{ awardPool: 500_000_000 },
			{ maxAwardPerReferrer: 77_000_000 },
			{ settlement: 'pro-rata' },
		]) {
			const board = table(scenario.run(config).tables, 'leaderboard');
			for (const [i, referrer] of column(board, 'referrer').slice(0, 15).entries()) {
				const { factors } = scenario.explain(config, { referrer: String(referrer) });
				expect(factors.reduce((sum, one) => sum + one.effect, 0)).toBe(column(board, 'award')[i]);
			}
		}
	});

	it('shows the events of a race, the catch-up marked', () => {
		const scenario = referral.open(make());
		const { rows } = explained(scenario, {}, 'paid');
		expect(rows.filter((row) => row.isSubject).map((row) => row.status)).toEqual(['catch-up']);
	});

	it('says so for someone without counted events, and refuses what is no address', () => {
		const scenario = referral.open(make());
		expect(scenario.explain({}, { referrer: `0x${'1'.repeat(40)}` }).reasons).toMatchObject([
			{ code: 'no-events' },
		]);
		expect(() => scenario.explain({}, { user: 'x' })).toThrow(InputError);
	});
});

describe('studies', () => {
	const content = make({ edition: 'both' });
	const scenario = referral.open(content);
	const session = openSession(content);

	it.each([
		[{}],
		[{ edition: 'holiday-2025' }],
		[{ settlement: 'pro-rata' }],
		[{ maxAwardPerReferrer: 50_000_000 }],
	])('sweep pools under %j as runs of each would', (config: Config) => {
		const choice = runnableOrThrow(session, config);
		const pools = Array.from({ length: 30 }, (_, i) => BigInt(i) * 137_000_001n);
		const points = sweepPools(session.dataset, runChoice(session, choice), pools);
		for (const [i, pool] of pools.entries()) {
			const outcome = runChoice(session, { ...choice, rules: { ...choice.rules, awardPool: pool } });
			const awards = outcome.award.filter((award) => award > 0n);
			const top = awards.reduce((best, award) => (award > best ? award : best), 0n);
			const emptiedBy = outcome.dataModelType === 'rev-share-limit' ? outcome.emptiedBy : -1;
			const emptiedAt = emptiedBy < 0 ? NaN : session.dataset.eventTime[outcome.counted.event[emptiedBy]];
			expect(points[i]).toEqual({ pool, paid: outcome.paid, paidCount: awards.length, top, emptiedAt });
		}
	});

	it('give a hundred pools from nothing to twice the pool now', () => {
		const { tables } = scenario.study('poolSweep', {}, {});
		const pools = column(table(tables, 'pools'), 'pool');
		expect([pools.length, pools[0], pools.at(-1)]).toEqual([100, 0, 4_000_000_000]);
	});

	it('show both models on the same events', () => {
		const { tables } = scenario.study('bothModels', {}, {});
		const both = table(tables, 'models');
		const row = column(both, 'metric').indexOf('Paid');
		const paid = (config: Config) => value(scenario.run(config), 'award.paid');
		expect(column(both, 'pieSplit')[row]).toBe(paid({ model: 'pie-split' }));
		expect(column(both, 'revShareLimit')[row]).toBe(paid({}));
		const referrals = column(both, 'metric').indexOf('Referrals');
		expect(column(both, 'pieSplit')[referrals]).toBe(column(both, 'revShareLimit')[referrals]);
	});

	it('find that splitting pays under pie-split, and not under a race with money to spare', () => {
		const gains = (config: Config) =>
			column(table(scenario.study('splitGain', config, { top: 5 }).tables, 'splits'), 'gain').map(Number);
		expect(Math.max(...gains({ edition: 'holiday-2025' }))).toBeGreaterThan(0);
		expect(gains({ edition: 'holiday-2025' })[0]).toBe(
			value(scenario.run({ edition: 'holiday-2025' }), 'pie.splitGain'),
		);
		// rounding of less than two micro-USDC for each event is all that can be won
		expect(Math.max(...gains({ awardPool: 90_000_000_000 }))).toBeLessThan(2 * 600);
	});

	it('travel in time as runs of each time would', () => {
		const { tables, series } = scenario.study('asOf', {}, { points: 5 });
		const last = scenario.run({});
		expect(series.map(({ finding }) => finding)).toEqual([
			expect.stringContaining(`paid to ${value(last, 'board.paid')} referrers, `) as string,
			expect.stringMatching(/^0x....….... leads at [1-5] of 5 times$/) as string,
		]);
		const times = column(table(tables, 'times'), 'time').map(Number);
		const paid = times.map((time) =>
			value(scenario.run({ accurateAsOf: new Date(time).toISOString() }), 'award.paid'),
		);
		expect(column(table(tables, 'times'), 'paid')).toEqual(paid);
	});

	it('give the accounting, or say why there is none', () => {
		expect(scenario.study('accounting', {}, {}).tables).toEqual([
			table(scenario.run({}).tables, 'accounting'),
		]);
		expect(scenario.study('accounting', { edition: 'holiday-2025' }, {})).toMatchObject({
			tables: [],
			notices: [{ code: 'accounting.none' }],
		});
	});

	it('refuse what they do not know', () => {
		expect(() => scenario.study('toString', {}, {})).toThrow(InputError);
		expect(() => scenario.study('poolSweep', {}, { points: 0 })).toThrow(InputError);
		expect(() => scenario.study('poolSweep', {}, { from: 9, to: 8 })).toThrow(InputError);
	});
});

describe('the generator', () => {
	it('gives the same for the same seed and another for another', () => {
		const hash = (seed: number) => referral.open(make({}, seed)).run({}).outcomeHash;
		expect(hash(7)).toBe(hash(7));
		expect(hash(8)).not.toBe(hash(7));
	});

	it('gives events in order of time, with unique ids, within the window', () => {
		const events = make({ events: 3000 }).tables.get('event');
		const at = events?.columns.get('at') as Float64Array;
		const ids = events?.columns.get('id') as readonly string[];
		expect(new Set(ids).size).toBe(3000);
		expect(at.every((time, i) => i === 0 || time >= at[i - 1])).toBe(true);
		expect(at[0]).toBeGreaterThanOrEqual(1_772_323_200_000);
		expect(at[2999]).toBeLessThanOrEqual(1_775_001_599_000);
	});
});
