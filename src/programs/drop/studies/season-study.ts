import { z } from 'zod';
import { quantiles } from '#engine/stats/quantile.ts';
import { DAY_MS, formatInstant } from '../../instant.ts';
import { lever } from '../../levers.ts';
import { grouped } from '../../number-text.ts';
import type { OnStage, StudyResult } from '../../program.ts';
import type { Series, Unit } from '../../report.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { type DropOutcome } from '../outcome.ts';
import { fitChoice, readHistoryRates } from '../season/history-rates.ts';
import { playWeek, startSeason, type PlayedWeek } from '../season/play-week.ts';
import type { DropRun } from '../simulate.ts';
import { StageCache } from '../stage-cache.ts';
import { forecast } from '../stages/forecast.ts';

export const seasonOptions = z.looseObject({
	/** what the other configuration is called */
	againstName: z.string().default('Production'),
	weeks: lever(z.int().min(1).max(52).default(8), {
		title: 'Weeks',
		help: 'Weekly Drops to play.',
		unit: 'weeks',
	}),
	seeds: lever(z.int().min(1).max(200).default(5), {
		title: 'Seeds',
		help: 'How often the season is played with other luck.',
		unit: 'count',
	}),
});

const WEEK_MS = 7 * DAY_MS;

/** A number read off each week, for the whole Drop or a city. */
interface WeekMetric {
	readonly id: string;
	readonly title: string;
	readonly unit: Unit;
	readonly read: (week: PlayedWeek, y: number) => number;
}

const inCity = (week: PlayedWeek, y: number) => (u: number) => y < 0 || week.run.dataset.users.city[u] === y;

const WEEK_METRICS: readonly WeekMetric[] = [
	{ id: 'served', title: 'Users served', unit: 'count', read: (week, y) => sumCities(week, y, (city) => city.served) },
	{ id: 'withoutShare', title: 'Without assignments', unit: 'ratio', read: (week, y) => 1 - sumCities(week, y, (city) => city.served) / Math.max(1, sumCities(week, y, (city) => city.considered)) },
	{ id: 'sponsored', title: 'Sponsored assignments', unit: 'count', read: (week, y) => sumCities(week, y, (city) => city.sponsored) },
	{ id: 'growth', title: 'Growth assignments', unit: 'count', read: (week, y) => sumCities(week, y, (city) => city.growth) },
	{ id: 'conversions', title: 'Expected conversions', unit: 'count', read: (week, y) => sumAssignments(week, y, (a) => week.behaviour.expected.conversion[a]) },
	{ id: 'revenue', title: 'Expected revenue', unit: 'cents', read: (week, y) => sumAssignments(week, y, (a) => week.behaviour.expected.conversion[a] * week.run.dataset.contracts.priceCents[week.outcome.contract[a]]) },
]; // prettier-ignore

function sumCities(
	week: PlayedWeek,
	y: number,
	read: (city: DropOutcome['cities'][number]) => number,
): number {
	let sum = 0;
	week.outcome.cities.forEach((city, i) => (sum += y < 0 || y === i ? read(city) : 0));
	return sum;
}

function sumAssignments(week: PlayedWeek, y: number, read: (a: number) => number): number {
	const isHere = inCity(week, y);
	let sum = 0;
	for (let a = 0; a < week.outcome.user.length; a++) if (isHere(week.outcome.user[a])) sum += read(a);
	return sum;
}

/**
 * Plays a season of weekly Drops from the scenario's date under one configuration, or two on the same luck
 * (spec section 10): medians with a band from 5 % to 95 % of the seeds, month ends ruled.
 */
export function seasonStudy(
	dataset: DropDataset,
	config: DropConfig,
	against: DropConfig | null,
	options: z.infer<typeof seasonOptions>,
	onStage: OnStage = () => {},
): StudyResult {
	const variants = [
		{ label: 'Draft', config },
		...(against === null ? [] : [{ label: options.againstName, config: against }]),
	];
	const cities = [-1, ...dataset.cityIds.keys()];
	const place = (m: number, c: number, w: number) => (m * cities.length + c) * options.weeks + w;
	const values = variants.map(() =>
		Array.from(
			{ length: WEEK_METRICS.length * cities.length * options.weeks },
			() => new Float64Array(options.seeds),
		),
	);
	const marks = new Map<number, string>();
	variants.forEach((variant, v) => {
		const cache = new StageCache(2);
		for (let s = 0; s < options.seeds; s++) {
			const state = startSeason(dataset);
			const seeded = { ...variant.config, seed: (variant.config.seed + s) >>> 0 };
			for (let w = 0; w < options.weeks; w++) {
				onStage(
					`${variant.label}, season ${s + 1}, week ${w + 1}`,
					(v + (s + w / options.weeks) / options.seeds) / variants.length,
				);
				const time = dataset.now + w * WEEK_MS;
				const week = playWeek(
					state,
					time,
					w,
					seeded,
					seeded.seed,
					`season-${w + 1}`,
					expectedBehaviour,
					cache,
				);
				if (week.rolledOver > 0)
					marks.set(w, `${formatInstant(time).slice(0, 7)}: ${week.rolledOver} contracts rolled over`);
				WEEK_METRICS.forEach((metric, m) => {
					cities.forEach((y, c) => (values[v][place(m, c, w)][s] = metric.read(week, y)));
				});
			}
		}
	});

	const x = Float64Array.from({ length: options.weeks }, (_, w) => w + 1);
	// the whole Drop first, then city by city
	const series = cities.flatMap((y, c) =>
		WEEK_METRICS.map((metric, m): Series => {
			const title = y < 0 ? metric.title : `${metric.title}, ${dataset.cityNames[y]}`;
			const lines = variants.map((variant, v) => {
				const bands = Array.from(x.keys(), (w) => quantiles(values[v][place(m, c, w)], [0.05, 0.5, 0.95]));
				const column = (i: number) => Float64Array.from(bands, (band) => band[i]);
				return { label: variant.label, low: column(0), y: column(1), high: column(2) };
			});
			return {
				id: y < 0 ? metric.id : `${metric.id}.${dataset.cityIds[y]}`,
				title,
				finding: findingOf(title, metric.unit, lines),
				unit: metric.unit,
				xTitle: 'Week',
				x,
				marks: [...marks].map(([w, label]) => ({ x: w + 1, label })),
				lines,
				...bandNote(options.seeds),
			};
		}),
	);
	return { metrics: [], tables: [], series, notices: [] };
}

/** What line and band are, where there is luck to tell of. */
export function bandNote(seedCount: number): { readonly note?: string } {
	return seedCount > 1
		? { note: `Line: the middle of ${seedCount} seasons; band: nine in ten of them.` }
		: {};
}

/** The mean week of each configuration, in a sentence. */
export function findingOf(title: string, unit: Unit, lines: readonly Series['lines'][number][]): string {
	const isSame = lines.length === 2 && lines[0].y.every((value, w) => value === lines[1].y[w]);
	if (isSame) return `${title}: the same every week in both`;
	const means = lines.map(({ label, y }) => {
		const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
		return `${label.toLowerCase()} ${inWords(mean, unit)}`;
	});
	return `${title}, mean week: ${means.join(', ')}`;
}

function inWords(value: number, unit: Unit): string {
	if (unit === 'ratio') return `${(100 * value).toFixed(1)}%`;
	const whole = Math.round(unit === 'cents' ? value / 100 : value);
	return unit === 'cents' ? `$${grouped(whole)}` : grouped(whole);
}

/** What users are expected to do: rates and choice model re-estimated from what is known that week. */
function expectedBehaviour(run: DropRun, outcome: DropOutcome) {
	const rates = readHistoryRates(run.dataset, run.asOf);
	return {
		expected: forecast(run, outcome, fitChoice(run).weights),
		conversionRate: run.supply.conversionRate,
		rejectionRate: rates.rejection,
		openRate: rates.appOpen,
	};
}
