import { z } from 'zod';
import {
	scoreForecast,
	storedForecastSchema,
	type ForecastRow,
	type ScoredRow,
} from '../../forecast-ledger.ts';
import type { OnStage, StudyResult } from '../../program.ts';
import type { Metric, ReportTable, Unit } from '../../report.ts';
import type { DropDataset } from '../dataset.ts';
import { forecastRows, LEDGER_LEVEL } from '../ledger/forecast-rows.ts';
import { matchForecasts } from '../ledger/match-forecasts.ts';
import { observedRows } from '../ledger/observed-rows.ts';
import { reproduce } from '../replay/past-drop.ts';
import { StageCache } from '../stage-cache.ts';

/** Options of the ledger: the forecasts that exports stored, oldest first. */
export const ledgerOptions = z.looseObject({ forecasts: z.array(storedForecastSchema).default([]) });

/** A forecast of a past Drop, scored. */
interface Entry {
	readonly drop: number;
	/** stored by an export, or rebuilt as of the Drop's own time */
	readonly isExported: boolean;
	readonly rows: readonly ScoredRow[];
}

const GROUPS: readonly (readonly [string, string])[] = [
	['', 'Whole Drop'],
	['city', 'Cities'],
	['brand', 'Brands'],
];

/**
 * The forecast ledger: every completed Drop that is a week old, its forecast held against what happened. A Drop that
 * an export foretold is scored by that forecast; any other by the one rebuilt as of its own time, from its own
 * configuration and nothing dated later. One forecast per Drop, so that none counts twice. Cost: a run and 400 draws
 * per Drop.
 */
export function ledgerStudy(
	dataset: DropDataset,
	{ forecasts }: z.infer<typeof ledgerOptions>,
	onStage: OnStage = () => {},
): StudyResult {
	const matched = matchForecasts(dataset, forecasts);
	const order = Array.from(dataset.drops.keys())
		.filter((d) => dataset.drops[d].status === 'completed')
		.sort((d, e) => dataset.drops[e].scheduledAt - dataset.drops[d].scheduledAt);
	const young: string[] = [];
	const entries = order.flatMap((d, i): Entry[] => {
		onStage(`Drop ${dataset.drops[d].id}`, i / order.length);
		const observed = observedRows(dataset, d);
		const stored = matched.find(({ drop }) => drop === d)?.stored;
		if (!observed.isMature) {
			young.push(dataset.drops[d].id);
			return [];
		}
		if (!dataset.history.drop.includes(d)) return [];
		const rows: readonly ForecastRow[] = stored?.rows ?? forecastRows(reproduce(dataset, d, new StageCache(1)).run);
		return [{ drop: d, isExported: stored !== undefined, rows: scoreForecast(rows, observed.rows) }];
	});
	const all = entries.flatMap(({ rows }) => rows);
	const held = all.filter(({ isHeld }) => isHeld).length;
	const above = all.filter(({ residual }) => residual > 0).length;
	return {
		metrics: [
			metric('ledger.share', 'Intervals that held', 'ratio', `Share of the ${100 * LEDGER_LEVEL}% intervals in which the outcome lay; near ${100 * LEDGER_LEVEL}% when forecasts can be believed.`, all.length > 0 ? held / all.length : null),
			metric('ledger.held', 'Intervals held', 'count', 'Intervals in which the outcome lay.', held),
			metric('ledger.intervals', 'Intervals', 'count', 'Intervals with a known outcome.', all.length),
			metric('ledger.above', 'Outcomes above the forecast', 'ratio', 'Near a half when forecasts are neither too low nor too high.', all.length > 0 ? above / all.length : null),
			metric('ledger.drops', 'Drops scored', 'count', 'Drops whose forecast was held against what happened.', entries.length),
			metric('ledger.exports', 'Foretold by an export', 'count', 'Drops scored by the forecast that an export stored.', entries.filter(({ isExported }) => isExported).length),
		],
		tables: [dropTable(dataset, entries), groupTable(entries), ...unitTables(dataset, entries), waitingTable(dataset, matched, entries)],
		series: [],
		notices: [
			{ code: 'ledger.rule', message: 'a Drop that an export foretold is scored by that forecast, any other by one rebuilt from what was known before it' },
			...young.map((id) => ({ code: 'ledger.young', message: `Drop ${id} is not a week old: users may still pick` })),
		],
	};
} // prettier-ignore

function metric(id: string, title: string, unit: Unit, help: string, value: number | null): Metric {
	return { id, title, unit, better: null, help, value };
}

function shareOf(rows: readonly ScoredRow[]): number {
	return rows.length > 0 ? rows.filter(({ isHeld }) => isHeld).length / rows.length : NaN;
}

function dropTable(dataset: DropDataset, entries: readonly Entry[]): ReportTable {
	return {
		id: 'ledger.drops',
		title: 'Forecasts of past Drops, scored',
		columns: [
			{ id: 'drop', title: 'Drop', unit: 'id', values: entries.map(({ drop }) => dataset.drops[drop].id) },
			{ id: 'scheduled', title: 'Scheduled', unit: 'time', values: Float64Array.from(entries, ({ drop }) => dataset.drops[drop].scheduledAt) },
			{ id: 'source', title: 'Forecast', unit: 'text', values: entries.map(({ isExported }) => (isExported ? 'stored by an export' : 'rebuilt as of the Drop')) },
			{ id: 'intervals', title: 'Intervals', unit: 'count', values: Float64Array.from(entries, ({ rows }) => rows.length) },
			{ id: 'held', title: 'Held', unit: 'count', values: Float64Array.from(entries, ({ rows }) => rows.filter(({ isHeld }) => isHeld).length) },
			{ id: 'share', title: 'Share', unit: 'ratio', values: Float64Array.from(entries, ({ rows }) => shareOf(rows)) },
		],
	};
} // prettier-ignore

function groupTable(entries: readonly Entry[]): ReportTable {
	const rowsOf = (group: string) => entries.flatMap(({ rows }) => rows.filter(({ forecast }) => forecast.group === group)); // prettier-ignore
	const parts = GROUPS.map(([group, title]) => ({ title, rows: rowsOf(group) })).filter(({ rows }) => rows.length > 0); // prettier-ignore
	return {
		id: 'ledger.groups',
		title: 'Intervals that held, by what they are of',
		columns: [
			{ id: 'group', title: 'Of', unit: 'text', values: parts.map(({ title }) => title) },
			{ id: 'intervals', title: 'Intervals', unit: 'count', values: Float64Array.from(parts, ({ rows }) => rows.length) }, // prettier-ignore
			{ id: 'share', title: 'Held', unit: 'ratio', values: Float64Array.from(parts, ({ rows }) => shareOf(rows)) }, // prettier-ignore
		],
	};
}

/** All rows, a table for each unit, since a column has one. */
function unitTables(dataset: DropDataset, entries: readonly Entry[]): ReportTable[] {
	const units: readonly (readonly [Unit, string])[] = [
		['count', 'Counts foretold and found'],
		['ratio', 'Ratios foretold and found'],
		['cents', 'Money foretold and found'],
	];
	return units.map(([unit, title]): ReportTable => {
		const rows = entries.flatMap(({ drop, rows: own }) =>
			own.filter(({ forecast }) => forecast.unit === unit).map((row) => ({ id: dataset.drops[drop].id, row })),
		);
		const column = (id: string, name: string, read: (row: ScoredRow) => number) => ({ id, title: name, unit, values: Float64Array.from(rows, ({ row }) => read(row)) });
		return {
			id: `ledger.${unit}`,
			title,
			columns: [
				{ id: 'drop', title: 'Drop', unit: 'id', values: rows.map(({ id }) => id) },
				{ id: 'group', title: 'Of', unit: 'text', values: rows.map(({ row }) => row.forecast.group || 'Drop') },
				{ id: 'member', title: 'Name', unit: 'text', values: rows.map(({ row: { forecast } }) => (forecast.group === '' ? forecast.title : `${forecast.title}: ${forecast.metric}`)) },
				column('forecast', 'Forecast', ({ forecast }) => forecast.mean),
				column('low', 'Low', ({ forecast }) => forecast.low),
				column('high', 'High', ({ forecast }) => forecast.high),
				column('observed', 'Observed', ({ observed }) => observed),
				column('residual', 'Residual', ({ residual }) => residual),
				{ id: 'held', title: 'Held', unit: 'text', values: rows.map(({ row }) => (row.isHeld ? 'yes' : 'no')) },
			],
		};
	}).filter(({ columns }) => columns[0].values.length > 0);
} // prettier-ignore

/** Stored forecasts that could not be scored, with the reason. */
function waitingTable(
	dataset: DropDataset,
	matched: ReturnType<typeof matchForecasts>,
	entries: readonly Entry[],
): ReportTable {
	const rows = matched.filter(({ drop }) => !entries.some((entry) => entry.drop === drop));
	const whyOf = ({ drop, why }: (typeof rows)[number]) => why || `Drop ${dataset.drops[drop].id} is not a week old or has no assignments`; // prettier-ignore
	return {
		id: 'ledger.waiting',
		title: `${rows.length} stored forecasts wait for their Drop`,
		columns: [
			{ id: 'at', title: 'Made as of', unit: 'text', values: rows.map(({ stored }) => stored.at) },
			{ id: 'id', title: 'Export', unit: 'id', values: rows.map(({ stored }) => stored.id.slice(0, 12)) },
			{ id: 'why', title: 'Not scored because', unit: 'text', values: rows.map(whyOf) },
		],
	};
}
