import { describe, expect, it } from 'vitest';
import { playSeeds } from '#programs/drop/studies/monte-carlo.ts';
import { buildDataset } from '#programs/drop/dataset.ts';
import { forecastRows } from '#programs/drop/ledger/forecast-rows.ts';
import { observedRows } from '#programs/drop/ledger/observed-rows.ts';
import { gatherOutcome } from '#programs/drop/outcome.ts';
import { drop } from '#programs/drop/program.ts';
import { fitChoice } from '#programs/drop/season/history-rates.ts';
import { simulate } from '#programs/drop/simulate.ts';
import { StageCache } from '#programs/drop/stage-cache.ts';
import { forecast } from '#programs/drop/stages/forecast.ts';
import { readDropConfig } from '#programs/drop/read-config.ts';
import type { StoredForecast } from '#programs/forecast-ledger.ts';
import type { StudyResult } from '#programs/program.ts';
import { numbers, tableOf } from '#programs/tables.ts';
import { withColumns } from '../filter-rows.ts';

const options = { cities: 2, users: 500, brands: 12, contracts: 20, historyWeeks: 4, supplyPerUser: 1.2 };
const market = drop.generator!.generate({ ...options }, 5);
const dataset = buildDataset(market);
const open = drop.open(market);
const last = dataset.drops.length - 1;
const scheduled = '2026-03-10T15:00:00Z';

const valueOf = ({ metrics }: StudyResult, id: string) => metrics.find((metric) => metric.id === id)?.value;
const cells = ({ tables }: StudyResult, table: string, column: string) => [...(tables.find(({ id }) => id === table)?.columns.find(({ id }) => id === column)?.values ?? [])]; // prettier-ignore

/** A forecast of the last Drop that is right in the first `held` of what was observed, and wrong in the rest. */
function foretold(held: number, more: Partial<StoredForecast> = {}): StoredForecast {
	const { rows } = observedRows(dataset, last);
	return {
		id: 'e'.repeat(64),
		at: scheduled,
		level: 0.9,
		configuration: readDropConfig(JSON.parse(dataset.drops[last].config ?? '{}')).config,
		rows: rows.slice(0, 10).map(({ metric, group, member, value }, i) => ({ metric, group, member, title: member, unit: 'count', mean: value, low: value + (i < held ? 0 : 0.5), high: value + 1 })), // prettier-ignore
		...more,
	};
}

describe('the forecast ledger', () => {
	it('scores every past Drop that is a week old, rebuilt as of its own time', () => {
		const ledger = open.study('ledger', {}, {});
		expect(cells(ledger, 'ledger.drops', 'drop')).toEqual(['d04', 'd03', 'd02', 'd01']);
		expect(new Set(cells(ledger, 'ledger.drops', 'source'))).toEqual(new Set(['rebuilt as of the Drop']));
		const [held, all] = [cells(ledger, 'ledger.drops', 'held'), cells(ledger, 'ledger.drops', 'intervals')] as number[][]; // prettier-ignore
		const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
		expect(valueOf(ledger, 'ledger.intervals')).toBe(sum(all));
		expect(valueOf(ledger, 'ledger.share')).toBe(sum(held) / sum(all));
		const rows = ['ledger.count', 'ledger.ratio', 'ledger.cents'].flatMap((id) => cells(ledger, id, 'held'));
		expect(rows.filter((word) => word === 'yes')).toHaveLength(sum(held));
		expect(rows).toHaveLength(sum(all));
	});

	it('gives the known share of a stored forecast that is right in 7 of 10', () => {
		const ledger = open.study('ledger', {}, { forecasts: [foretold(7)] });
		expect(cells(ledger, 'ledger.drops', 'source')[0]).toBe('stored by an export');
		expect(cells(ledger, 'ledger.drops', 'intervals')[0]).toBe(10);
		expect(cells(ledger, 'ledger.drops', 'share')[0]).toBe(0.7);
		expect(valueOf(ledger, 'ledger.exports')).toBe(1);
		expect(cells(ledger, 'ledger.waiting', 'why')).toEqual([]);
	});

	it('says why a stored forecast is not scored: no Drop yet, another configuration, a later export', () => {
		const forecasts = [
			foretold(10, { at: '2026-03-17T15:00:00Z' }),
			foretold(10, { configuration: { sponsorship: { ratio: 0.31 } } }),
			foretold(3),
			foretold(10),
			foretold(10, { at: 'soon' }),
		];
		const ledger = open.study('ledger', {}, { forecasts });
		expect(cells(ledger, 'ledger.waiting', 'why')).toEqual([
			'no Drop of that week is in this scenario yet',
			'Drop d04 ran another configuration',
			'a later export foretold Drop d04 too',
			'its time "soon" cannot be read',
		]);
		expect(cells(ledger, 'ledger.drops', 'share')[0]).toBe(1);
	});

	it('waits until a Drop is a week old, and for its tokens before it counts conversions', () => {
		const early = drop.open({ ...market, now: '2026-03-17T14:59:59Z' }).study('ledger', {}, {});
		expect(early.notices.map(({ message }) => message)).toContain('Drop d04 is not a week old: users may still pick');
		expect(cells(early, 'ledger.drops', 'drop')).not.toContain('d04');
		expect(observedRows(dataset, last)).toMatchObject({ isMature: true, isSettled: false });
		expect(observedRows(buildDataset({ ...market, now: '2026-05-17T15:00:00Z' }), last).isSettled).toBe(true);
	}); // prettier-ignore

	it('counts what users did by hand', () => {
		const { rows } = observedRows(dataset, last);
		const table = tableOf(market, 'assignment');
		const [selectedAt, assignedAt] = [numbers(table, 'selected_at'), numbers(table, 'assigned_at')];
		const at = dataset.drops[last].scheduledAt;
		const selected = selectedAt.filter((time, i) => assignedAt[i] === at && time <= dataset.now).length;
		expect(rows[0]).toEqual({ metric: 'selections', group: '', member: '', value: selected });
		for (const group of ['city', 'brand']) {
			const parts = rows.filter((row) => row.group === group).map(({ value }) => value);
			expect(parts.reduce((sum, value) => sum + value, 0)).toBe(selected);
		}
	});

	it('is what an export stores: the same intervals, bit by bit, every time', () => {
		const [once, again] = [open, drop.open(market)].map((each) => each.study('export-forecast', { seed: 9 }, {}));
		expect(again).toEqual(once);
		const rows = forecastRows(simulate(dataset, dataset.now, readDropConfig({ seed: 9 }).config, new StageCache(1)));
		expect(cells(once, 'forecast', 'mean')).toEqual(rows.map(({ mean }) => mean));
		expect(rows.map(({ group }) => group)).toContain('brand');
	}); // prettier-ignore

	it('of a Drop does not know what was dated after it', () => {
		const table = tableOf(market, 'assignment');
		const selected = numbers(table, 'selected_at').map((time) => (time > dataset.drops[last].scheduledAt ? NaN : time));
		const silent = buildDataset(withColumns(market, 'assignment', { selected_at: selected, converted_at: selected.map(() => NaN) }));
		const config = readDropConfig({}).config;
		const at = dataset.drops[1].scheduledAt;
		expect(forecastRows(simulate(silent, at, config, new StageCache(1))).length).toBeGreaterThan(5);
		const before = numbers(table, 'assigned_at').map((time, i) => (time <= at ? numbers(table, 'selected_at')[i] : NaN));
		const cut = buildDataset(withColumns(market, 'assignment', { selected_at: before.map((time) => (time <= at ? time : NaN)) }));
		expect(forecastRows(simulate(cut, at, config, new StageCache(1)))).toEqual(forecastRows(simulate(dataset, at, config, new StageCache(1))));
	}); // prettier-ignore

	it('holds in nine of ten draws when users do what the model says', () => {
		const run = simulate(dataset, dataset.now, readDropConfig({ seed: 3 }).config, new StageCache(1));
		const outcome = gatherOutcome(run);
		const [whole] = forecastRows(run, outcome);
		const { selections } = playSeeds(run, outcome, forecast(run, outcome, fitChoice(run).weights), 100_000, 2000);
		const held = selections.filter((value) => value >= whole.low && value <= whole.high).length / 2000;
		expect(held).toBeGreaterThan(0.86);
		expect(held).toBeLessThan(0.94);
	}); // prettier-ignore
});
