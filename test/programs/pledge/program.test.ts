import { describe, expect, it } from 'vitest';
import { InputError } from '#programs/input-error.ts';
import { withValue, type Config } from '#programs/levers.ts';
import { planBetween } from '#programs/plan.ts';
import { pledge } from '#programs/pledge/program.ts';
import type { ScenarioContent } from '#programs/tables.ts';
import { contentFromDocument } from '#data/read-json.ts';
import { readShipped } from './open-scenario.ts';
import type { SlowEvent } from './slow-pledge.ts';

function contentOf(events: SlowEvent[], projects = ['P', 'Q'], draws: number[] = []): ScenarioContent {
	const event = events.map(({ limit, ...fields }, seq) => ({ seq, ...fields, limit_micros: limit ?? null }));
	const tables = {
		project: projects.map((id, position) => ({ id, position })),
		event,
		draw: draws.map((value, position) => ({ position, value })),
	};
	const document = {
		format: 'dropbench-scenario',
		version: 1,
		program: 'pledge',
		name: 'Test',
		now: '',
		tables,
	};
	return contentFromDocument(document, () => pledge).content;
}

const read = (document: object): Config => pledge.readConfig(document).config;

/** Limits from tight to wide on two projects, with everything a lever can bite on. */
const busy: SlowEvent[] = [
	...Array.from({ length: 8 }, (_, i) => ({ day: 0, type: 'join', patron: `p${i}`, limit: i < 6 ? 4_000_000 + 100_000 * i : null })),
	...Array.from({ length: 8 }, (_, i) => ({ day: 1, type: 'pledge', patron: `p${i}`, project: 'P' })),
	...Array.from({ length: 4 }, (_, i) => ({ day: 2, type: 'pledge', patron: `p${i}`, project: 'Q' })),
	{ day: 3, type: 'join', patron: 'n', limit: 20_000_000 },
	{ day: 3, type: 'pledge', patron: 'n', project: 'P' },
	{ day: 4, type: 'unpledge', patron: 'n', project: 'P', keep: true },
	{ day: 5, type: 'unpledge', patron: 'p7', project: 'P' },
	{ day: 6, type: 'wish', patron: 'p7', project: 'P' },
	{ day: 9, type: 'pledge', patron: 'n', project: 'P' },
	{ day: 10, type: 'unpledge', patron: 'n', project: 'P' },
	{ day: 30, type: 'monthEnd' },
	{ day: 45, type: 'pledge', patron: 'p0', project: 'P' },
	{ day: 60, type: 'monthEnd' },
]; // prettier-ignore
const busyConfig = {
	baseRate: 500_000,
	policy: 'suspend',
	limitDefault: 4_000_000,
	buffer: { bp: 0, patrons: 0 },
};

describe('the pledge program', () => {
	it('gives the same report for the same scenario and configuration', () => {
		const { content, config } = readShipped('flapping');
		expect(pledge.open(content).run(read(config))).toEqual(pledge.open(content).run(read(config)));
	});

	it('runs whatever order the rows are in', () => {
		const { content, config } = readShipped('flapping');
		const table = content.tables.get('event')!;
		const columns = new Map([...table.columns].map(([name, column]) => [name, Array.isArray(column) ? column.toReversed() : (column as Float64Array).toReversed()])); // prettier-ignore
		const shuffled = { ...content, tables: new Map(content.tables).set('event', { ...table, columns }) };
		expect(pledge.open(shuffled).run(read(config)).outcomeHash).toBe(
			pledge.open(content).run(read(config)).outcomeHash,
		);
	});

	it('names every lever with words, and every lever changes some outcome', () => {
		const open = pledge.open(contentOf(busy));
		const other: Record<string, unknown> = {
			policy: 'over-budget', pick: 'oldest', baseRate: 400_000, limitDefault: 5_000_000, 'warn.mode': 'absolute',
			'warn.bp': 5000, warnRepeat: 'oncePerMonth', 'buffer.bp': 9000, 'buffer.patrons': 5, expiryDays: 1,
			minimumCharge: 3_000_000, 'fee.bp': 500, 'fee.fixedCents': 10, feesWithinLimit: true, flapDays: 0, wishlist: true,
		}; // prettier-ignore
		const settled = (config: Config) => {
			const { metrics, tables } = open.run(config);
			return JSON.stringify([metrics, tables]);
		};
		for (const { path, title, help } of pledge.levers) {
			expect([path, title.length > 0, help.length > 0]).toEqual([path, true, true]);
			const base: Config =
				path === 'warn.micros' ? read({ ...busyConfig, warn: { mode: 'absolute', micros: 0 } })
				: path === 'seed' ? read({ ...busyConfig, policy: 'drop-random' })
				: path === 'feesWithinLimit' ? read({ ...busyConfig, minimumCharge: 3_000_000, baseRate: 560_000 })
				: path === 'warn.bp' ? read({ ...busyConfig, warn: { mode: 'fraction', bp: 0 } })
				: path === 'warnRepeat' ? read({ ...busyConfig, policy: 'drop-newest' })
				: path === 'warn.mode' ? read({ ...busyConfig, warn: { mode: 'fraction', bp: 0, micros: 2_000_000 } })
				: read(busyConfig); // prettier-ignore
			const values =
				path === 'seed' ? [2, 3, 4, 5, 6, 7] : [path === 'warn.micros' ? 3_000_000 : other[path]];
			const changes = values.some((value) => settled(withValue(base, path, value)) !== settled(base));
			expect([path, changes]).toEqual([path, true]);
		}
	});

	it('reads what it exports, and keeps keys it does not know', () => {
		const config = read({
			policy: 'suspend',
			pick: 'oldest',
			warn: { mode: 'absolute', micros: 500_000 },
			colour: 'kept',
		});
		const exported = pledge.exportConfig(config);
		expect(exported).toMatchObject({ schema: 'pledge-config/1', program: 'pledge', version: 1, pick: 'oldest', warn: { mode: 'absolute', micros: 500_000 }, colour: 'kept' }); // prettier-ignore
		const again = pledge.readConfig(exported);
		expect(again.notices.map(({ message }) => message)).toEqual([
			'unknown setting colour is kept and changes nothing',
		]);
		expect(pledge.exportConfig(again.config)).toEqual(exported);
		const scenario = pledge.open(contentOf(busy));
		expect(scenario.run(again.config).metrics).toEqual(scenario.run(config).metrics);
	});

	it('leaves out of the export a pick that the policy has no use for, and says so', () => {
		const { config, notices } = pledge.readConfig({ policy: 'drop-random', pick: 'oldest' });
		expect(notices.map(({ code }) => code)).toEqual(['config-unused']);
		expect(pledge.exportConfig(config)).not.toHaveProperty('pick');
	});

	it.each([
		[{ policy: 'drop-everyone' }, 'config.policy'],
		[{ baseRate: 0.5 }, 'config.baseRate'],
		[{ warn: { bp: 10_001 } }, 'config.warn.bp'],
		[{ limitDefault: 3_789_999 }, 'config.limitDefault'],
		[{ version: 2 }, 'config.version'],
		[[], 'config'],
	])('refuses the configuration %j at %s', (document, at) => {
		expect(issuesOf(() => pledge.readConfig(document)).map((issue) => issue.at)).toEqual([at]);
	});

	it('finds every problem of a history at once, each at its event number', () => {
		const broken = contentOf([
			{ day: 5, type: 'join', patron: 'a' },
			{ day: 4, type: 'pledge', patron: 'a' },
			{ day: 4, type: 'setLimit', patron: 'a' },
			{ day: 4, type: 'leave' },
		]);
		expect(issuesOf(() => pledge.open(broken)).map(({ at, code }) => `${at} ${code}`)).toEqual([
			'event 1 E_EVENT_ORDER',
			'event 1 E_EVENT_FIELD',
			'event 2 E_EVENT_FIELD',
			'event 3 E_EVENT_FIELD',
		]);
		expect(issuesOf(() => pledge.open(contentOf([], []))).map(({ code }) => code)).toEqual(['E_PROJECT']);
	});

	it('survives unknown patrons and projects, and says how many projects were unknown', () => {
		const open = pledge.open(contentOf([{ day: 0, type: 'join', patron: 'a' }, { day: 0, type: 'pledge', patron: 'a', project: 'X' }])); // prettier-ignore
		expect(open.notices.map(({ code }) => code)).toEqual(['unknown-project']);
		const refusals = open.run(read({})).tables.find(({ id }) => id === 'refusals');
		expect(refusals?.columns.find(({ id }) => id === 'code')?.values).toEqual(['unknown-project']);
	});

	it('runs an empty history', () => {
		const report = pledge.open(contentOf([])).run(read({}));
		expect(report.metrics.find(({ id }) => id === 'jain')?.value).toBeNull();
		expect(report.checks.every(({ state }) => state === 'fine')).toBe(true);
	});

	it('takes scripted draws from the table', () => {
		const { content, config } = readShipped('twenty-patrons');
		const draw = {
			rowCount: 1,
			columns: new Map([
				['position', Float64Array.of(0)],
				['value', Float64Array.of(7)],
			]),
		};
		const open = pledge.open({ ...content, tables: new Map(content.tables).set('draw', draw) });
		const losses = open
			.run(read({ ...config, policy: 'drop-random' }))
			.tables.find(({ id }) => id === 'losses');
		expect(losses?.columns.find(({ id }) => id === 'patron')?.values).toEqual(['p08']);
		expect(open.notices.map(({ code }) => code)).toEqual(['scripted']);
	});

	it('reports participants that plans can compare: twenty lose something when the cascade replaces one drop', () => {
		const { content, config } = readShipped('twenty-patrons');
		const open = pledge.open(content);
		const before = open.run(read({ ...config, policy: 'drop-newest' }));
		const plan = planBetween(before, open.run(read({ ...config, policy: 'favour-bigger' })));
		// p20 swaps A for a small project of hers; the other nineteen lose one
		expect(plan?.groups.map(({ lose, swap }) => lose[0] + swap).reduce((a, b) => a + b)).toBe(20);
		expect(planBetween(before, before)?.isUnchanged).toBe(true);
	});

	it('words notices as patrons read them', () => {
		const { content, config } = readShipped('flapping');
		const words = (policy: string) => {
			const notices = pledge
				.open(content)
				.run(read({ ...config, policy }))
				.tables.find(({ id }) => id === 'notices');
			return (notices?.columns.find(({ id }) => id === 'words')?.values as string[]).join('\n');
		};
		expect(words('drop-newest')).toContain('Your pledge to P was dropped');
		expect(words('suspend')).toContain('ends after 30 days');
		expect(words('over-budget')).toContain('ends with the month');
		expect(words('manual-flag')).toContain('more than your monthly limit');
	});
});

function issuesOf(act: () => unknown): InputError['issues'] {
	try {
		act();
	} catch (error) {
		if (error instanceof InputError) return error.issues;
		throw error;
	}
	return [];
}
