import type { z } from 'zod';
import { DAY_MS } from '../../instant.ts';
import type { OnStage, StudyResult } from '../../program.ts';
import type { Notice, Series } from '../../report.ts';
import type { OfferDataset } from '../dataset.ts';
import type { OfferConfig } from '../levers.ts';
import { replicate, type Candidate, type Setting } from '../model/replicates.ts';
import { candidatesOf, offersUnderTest } from './candidates.ts';
import type { replicatesOptions } from './options.ts';
import { paybackReader } from './payback-by-cohort.ts';
import { bestByPaid, CAP_DAY, PAYBACK, worldMean, WORLD_METRICS, WORLD_SPECS, WORLD_WIDTH, type WorldColumns } from './world-metrics.ts'; // prettier-ignore
import { capsTable, comparisonTable, meansTable, sideTable } from './world-tables.ts';
import { answerOf } from './world-verdicts.ts';

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
	const candidates = candidatesOf(
		offers,
		config,
		start,
		end,
		options.hasControl,
		options.candidates.length > 0 ? 'options.candidates' : 'config.plan',
	);
	const setting = settingOf(dataset, config, options.replicates);
	const payback = paybackReader(setting, candidates.length);
	const columns = replicate(setting, candidates, WORLD_WIDTH, payback.read, onStage);
	const names = candidates.map(({ name }) => name);
	return {
		...answerOf(names, columns),
		metrics: bestMetrics(names, columns),
		tables: [
			sideTable(names, columns, start),
			comparisonTable(names, columns),
			payback.table(names),
			...capsTable(candidates, columns, start),
			meansTable(names, columns),
		],
		series: [paidSeries(setting, names, columns), payback.series(names)],
		notices: [...noPaybackNotices(names, columns), ...capNotices(candidates, columns, setting)],
	};
}

/** The world that a configuration asks for, apart from its offers. */
export function settingOf({ start, end }: OfferDataset, config: OfferConfig, replicates: number): Setting {
	return { start, end, rules: config.rules, inputs: config.model, seed: config.seed, replicates };
}

/** Means of the candidate with most paid accounts. */
function bestMetrics(names: readonly string[], columns: readonly WorldColumns[]): StudyResult['metrics'] {
	const best = bestByPaid(columns);
	return WORLD_SPECS.slice(0, WORLD_METRICS.length).map((words, m) => {
		const { mean } = worldMean(columns[best][m]);
		return { ...words, title: `${words.title}, ${names[best]}`, value: Number.isNaN(mean) ? null : mean };
	});
}

function paidSeries(setting: Setting, names: readonly string[], columns: readonly WorldColumns[]): Series {
	const best = bestByPaid(columns);
	const wins = columns[best][0].filter((paid, r) => columns.every((other, k) => k === best || other[0][r] < paid)).length; // prettier-ignore
	return {
		id: 'paid-by-seed',
		title: 'Paid accounts by seed',
		unit: 'count',
		xTitle: 'Seed',
		x: Float64Array.from({ length: setting.replicates }, (_, r) => (setting.seed + r) >>> 0),
		lines: names.map((label, k) => ({ label, y: columns[k][0] })),
		finding: `${names[best]} has most paid accounts in ${wins} of ${setting.replicates} worlds`,
	};
}

function noPaybackNotices(names: readonly string[], columns: readonly WorldColumns[]): Notice[] {
	const unpaid = names.filter((_, k) => columns[k][PAYBACK].every((value) => Number.isNaN(value)));
	if (unpaid.length === 0) return [];
	const message = `the first cohort never pays back under ${unpaid.join(', ')}`;
	return [{ code: 'no-payback', message }];
}

/** An offer that fills its cap before half of its time was not tested for that time. */
function capNotices(
	candidates: readonly Candidate[],
	columns: readonly WorldColumns[],
	{ start, end }: Setting,
): Notice[] {
	// prettier-ignore
	return candidates.flatMap(({ name, offers }, k) => {
		const { mean, count } = worldMean(columns[k][CAP_DAY]);
		const ends = offers.map((event) => (event.kind === 'OFFER_CREATE' && event.expiresAt >= 0 ? event.expiresAt : end));
		const days = (Math.min(...ends, end) - start) / DAY_MS;
		if (count === 0 || mean * 2 > days) return [];
		const message = `${name} filled its cap on day ${mean.toFixed(1)} of ${days.toFixed(0)} on average: it was not tested for its whole time`;
		return [{ code: 'cap-early', message }];
	});
}
