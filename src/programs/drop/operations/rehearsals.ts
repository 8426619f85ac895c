import type { Config } from '../../levers.ts';
import { numbers, tableOf, texts, type Column, type ScenarioContent } from '../../tables.ts';
import { generateMarketplace } from '../generator/generate.ts';
import { parseInstant } from '../../instant.ts';
import { USUAL_LIMITS, type Alert, type AlertLimits } from './alert-conditions.ts';

/** Data that an alert must ring for, and data nearest to it that it must not. */
export interface Rehearsal {
	readonly alert: Exclude<Alert['id'], 'gauge-lost'>;
	/** what the first shows, in a sentence */
	readonly help: string;
	readonly trips: ScenarioContent;
	readonly quiet: ScenarioContent;
}

const OPTIONS: Config = { cities: 2, users: 120, brands: 10, contracts: 16, historyWeeks: 2 };
const SEED = 11;
const HOUR_MS = 3_600_000;

/**
 * A rehearsal for each alert on a gauge, made of one small generated marketplace, just beyond each limit and just
 * before it. The same each time.
 */
export function rehearsals({
	maxAgeDays,
	graceHours,
	longestMinutes,
}: AlertLimits = USUAL_LIMITS): Rehearsal[] {
	const generated = generateMarketplace(OPTIONS, SEED);
	const now = parseInstant(generated.now) ?? 0;
	const base = retrained(generated, now - Math.min(24, 12 * maxAgeDays) * HOUR_MS);
	const hours = { age: 24 * maxAgeDays, missed: 168 + graceHours, longest: longestMinutes / 60 };
	const last = tableOf(base, 'drop').rowCount - 1;
	// the Drop before the last still counts as fresh, so that only the alert in question rings
	const fresh = withRow(base, 'drop', last - 1, { completed_at: now - 169 * HOUR_MS });
	const lastDrop = (changes: Readonly<Record<string, string | number>>) =>
		withRow(fresh, 'drop', last, changes);
	const late = (age: number) =>
		withRow(withRow(base, 'drop', last - 1, { completed_at: now - 999 * HOUR_MS }), 'drop', last, {
			completed_at: now - age * HOUR_MS,
		});
	const running = (age: number) => lastDrop({ status: 'running', started_at: now - age * HOUR_MS, completed_at: NaN }); // prettier-ignore
	return [
		{
			alert: 'interrupted',
			help: 'The last Drop was broken off.',
			trips: lastDrop({ status: 'interrupted', completed_at: NaN }),
			quiet: withRow(base, 'drop', 0, { status: 'interrupted', completed_at: NaN }),
		},
		{
			alert: 'running-long',
			help: `A Drop started more than ${longestMinutes} minutes ago and has not finished.`,
			trips: running(hours.longest + 0.1),
			quiet: running(hours.longest - 0.1),
		},
		{
			alert: 'drop-missed',
			help: `The last Drop completed more than a week and ${graceHours} hours ago.`,
			trips: late(hours.missed + 0.1),
			quiet: late(hours.missed - 0.1),
		},
		{
			alert: 'not-retrained',
			help: `The newest training that completed is older than ${maxAgeDays} days.`,
			trips: retrained(base, now - (hours.age + 0.1) * HOUR_MS),
			quiet: retrained(base, now - (hours.age - 0.1) * HOUR_MS),
		},
		{
			alert: 'zero-assignments',
			help: 'In one city every contract has ended.',
			trips: withoutContracts(base, 0),
			quiet: base,
		},
	];
}

function withRow(
	content: ScenarioContent,
	table: string,
	row: number,
	changes: Readonly<Record<string, string | number>>,
): ScenarioContent {
	const { rowCount, columns } = tableOf(content, table);
	const next = new Map<string, Column>(columns);
	for (const [name, value] of Object.entries(changes)) {
		if (typeof value === 'number')
			next.set(
				name,
				numbers({ rowCount, columns }, name).map((cell, r) => (r === row ? value : cell)),
			);
		else
			next.set(
				name,
				texts({ rowCount, columns }, name).map((cell, r) => (r === row ? value : cell)),
			);
	}
	return { ...content, tables: new Map([...content.tables, [table, { rowCount, columns: next }]]) };
}

/** All trainings as they were, save that the newest completed one ended at `at` and none after it. */
function retrained(content: ScenarioContent, at: number): ScenarioContent {
	const { rowCount, columns } = tableOf(content, 'recommender_run');
	const trainedAt = numbers({ rowCount, columns }, 'trained_at');
	const isCompleted = texts({ rowCount, columns }, 'status').map((status) => status === 'completed');
	const newest = trainedAt.reduce(
		(best, time, r) => (isCompleted[r] ? Math.max(best, time) : best),
		-Infinity,
	);
	const moved = trainedAt.map((time, r) => (isCompleted[r] && time === newest ? at : Math.min(time, at)));
	const next = new Map<string, Column>(columns).set('trained_at', moved);
	return {
		...content,
		tables: new Map([...content.tables, ['recommender_run', { rowCount, columns: next }]]),
	};
}

/** No contract is valid in that city any more: its rows of `contract_city` name another one or are gone. */
function withoutContracts(content: ScenarioContent, city: number): ScenarioContent {
	const gone = texts(tableOf(content, 'city'), 'id')[city];
	const table = tableOf(content, 'contract_city');
	const cityIds = texts(table, 'city_id');
	const kept = cityIds.flatMap((id, r) => (id === gone ? [] : [r]));
	const next = new Map<string, Column>();
	for (const name of table.columns.keys())
		next.set(
			name,
			kept.map((r) => texts(table, name)[r]),
		);
	return {
		...content,
		tables: new Map([...content.tables, ['contract_city', { rowCount: kept.length, columns: next }]]),
	};
}
