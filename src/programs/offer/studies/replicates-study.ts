import { meanInterval, pairedDifference } from '#engine/stats/interval.ts';
import type { z } from 'zod';
import { DAY_MS } from '../../instant.ts';
import type { OnStage, StudyResult } from '../../program.ts';
import type { Notice, Series } from '../../report.ts';
import type { OfferDataset } from '../dataset.ts';
import type { OfferConfig } from '../levers.ts';
import { wordsOf } from '../metric-specs.ts';
import { replicate, type Candidate, type Setting } from '../model/replicates.ts';
import { candidatesOf, offersUnderTest } from './candidates.ts';
import type { replicatesOptions } from './options.ts';
import { CAP_DAY, capsTable, comparisonTable, meansTable, PAYBACK, readWorld, verdictOf, WORLD_METRICS, WORLD_WIDTH } from './world-metrics.ts'; // prettier-ignore

const LEVEL = 0.95;

/**
 * Which offer performs best: every candidate alone, in parallel worlds on common luck. Means and paired
 * differences with 95 % intervals; "no difference shown" where an interval holds 0 (spec section 15.4).
 */
export function replicatesStudy(
	dataset: OfferDataset,
	config: OfferConfig,
	options: z.infer<typeof replicatesOptions>,
	onStage?: OnStage,
): StudyResult {
	// prettier-ignore
	const { start, end } = dataset;
	const offers = offersUnderTest(options.candidates, config, dataset);
	const candidates = candidatesOf(offers, config, start, end, options.hasControl);
	const setting = settingOf(dataset, config, options.replicates);
	const payback = paybackReader(setting, candidates.length);
	const columns = replicate(setting, candidates, WORLD_WIDTH, payback.read, onStage);
	const names = candidates.map(({ name }) => name);
	return {
		metrics: bestMetrics(names, columns),
		tables: [meansTable(names, columns), comparisonTable(names, columns), capsTable(names, columns)],
		series: [paidSeries(setting, names, columns), payback.series(names)],
		notices: [...verdicts(names, columns), ...capNotices(candidates, columns, setting)],
	};
}

/** The world that a configuration asks for, apart from its offers. */
export function settingOf({ start, end }: OfferDataset, config: OfferConfig, replicates: number): Setting {
	return { start, end, rules: config.rules, inputs: config.model, seed: config.seed, replicates };
}

/** Means of the candidate with most paid accounts; ties go to the earlier one. */
function bestMetrics(
	names: readonly string[],
	columns: readonly (readonly Float64Array[])[],
): StudyResult['metrics'] {
	let best = 0;
	for (let k = 1; k < names.length; k++) {
		if (meanInterval(columns[k][0], LEVEL).mean > meanInterval(columns[best][0], LEVEL).mean) best = k;
	}
	return WORLD_METRICS.map((metric, m) => {
		const { mean } = meanInterval(columns[best][m].filter(Number.isFinite), LEVEL);
		return {
			...wordsOf(metric),
			title: `${metric.title}, ${names[best]}`,
			value: Number.isNaN(mean) ? null : mean,
		};
	});
}

function paidSeries(
	setting: Setting,
	names: readonly string[],
	columns: readonly (readonly Float64Array[])[],
): Series {
	return {
		id: 'paid-by-seed',
		title: 'Paid accounts by seed',
		unit: 'count',
		xTitle: 'Seed',
		x: Float64Array.from({ length: setting.replicates }, (_, r) => (setting.seed + r) >>> 0),
		lines: names.map((label, k) => ({ label, y: columns[k][0] })),
	};
}

/** Reads worlds while it adds up their payback: cumulative net per account by months since registration. */
function paybackReader(setting: Setting, candidateCount: number) {
	const months = Math.floor((setting.end - setting.start) / (28 * DAY_MS)) + 2;
	const net = Array.from({ length: candidateCount }, () => new Float64Array(months));
	const accounts = Array.from({ length: candidateCount }, () => new Float64Array(months));
	let worlds = 0;
	return {
		read: (...[outcome, metrics]: Parameters<typeof readWorld>) => {
			const k = worlds++ % candidateCount;
			for (const cohort of metrics.byCohort) {
				for (const each of cohort.payback) {
					net[k][each.k] += each.netCents;
					accounts[k][each.k] += cohort.signups;
				}
			}
			return readWorld(outcome, metrics);
		},
		series: (names: readonly string[]): Series => ({
			id: 'payback',
			title: 'Net per account by months since registration',
			unit: 'cents',
			xTitle: 'Months since registration',
			x: Float64Array.from({ length: months }, (_, k) => k),
			lines: names.map((label, k) => ({ label, y: net[k].map((sum, m) => sum / accounts[k][m]) })),
		}),
	};
}

/** What may be said of each candidate against the first. */
function verdicts(names: readonly string[], columns: readonly (readonly Float64Array[])[]): Notice[] {
	const notices: Notice[] = [];
	for (let k = 1; k < names.length; k++) {
		const said = WORLD_METRICS.filter(({ isHeadline }) => isHeadline).map((metric) => {
			const m = WORLD_METRICS.indexOf(metric);
			const both = columns[k][m].map((_, r) => r).filter((r) => Number.isFinite(columns[k][m][r] + columns[0][m][r]));
			const of = (column: Float64Array) => Float64Array.from(both, (r) => column[r]);
			const { low, high } = pairedDifference(of(columns[0][m]), of(columns[k][m]), LEVEL);
			return `${metric.title}: ${verdictOf(low, high, metric.better)}`;
		});
		notices.push({ code: 'verdict', message: `${names[k]} against ${names[0]}. ${said.join('; ')}` });
	} // prettier-ignore
	const unpaid = names.filter((_, k) => columns[k][PAYBACK].every((value) => Number.isNaN(value)));
	if (unpaid.length > 0) {
		notices.push({
			code: 'no-payback',
			message: `the first cohort never pays back under ${unpaid.join(', ')}`,
		});
	}
	return notices;
}

/** An offer that fills its cap before half of its time was not tested for that time. */
function capNotices(
	candidates: readonly Candidate[],
	columns: readonly (readonly Float64Array[])[],
	{ start, end }: Setting,
): Notice[] {
	// prettier-ignore
	return candidates.flatMap(({ name, offers }, k) => {
		const full = columns[k][CAP_DAY].filter(Number.isFinite);
		const { mean } = meanInterval(full, LEVEL);
		const ends = offers.map((event) => (event.kind === 'OFFER_CREATE' && event.expiresAt >= 0 ? event.expiresAt : end));
		const days = (Math.min(...ends, end) - start) / DAY_MS;
		if (full.length === 0 || mean * 2 > days) return [];
		const message = `${name} filled its cap on day ${mean.toFixed(1)} of ${days.toFixed(0)} on average: it was not tested for its whole time`;
		return [{ code: 'cap-early', message }];
	});
}
