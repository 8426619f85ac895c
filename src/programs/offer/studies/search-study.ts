import { meanInterval } from '#engine/stats/interval.ts';
import type { z } from 'zod';
import type { OnStage, StudyResult } from '../../program.ts';
import type { OfferDataset } from '../dataset.ts';
import type { OfferConfig, PlannedOffer } from '../levers.ts';
import { segmentMetric, wordsOf } from '../metric-specs.ts';
import { replicate } from '../model/replicates.ts';
import { dollars } from '../money.ts';
import { numberColumn, textColumn } from '../report-tables.ts';
import { valueText } from '../value-text.ts';
import { candidatesOf } from './candidates.ts';
import type { searchOptions } from './options.ts';
import { settingOf } from './replicates-study.ts';

const LEVEL = 0.95;
const QUESTION = 'Which of the offers tried is best within the limits?';

/**
 * Tries a grid of offers and chooses the one with most of the objective within the limits, on one set of seeds;
 * reports what it does on another, since the best of many on its own seeds flatters itself (spec section 15.4).
 */
export function searchStudy(
	dataset: OfferDataset,
	config: OfferConfig,
	options: z.infer<typeof searchOptions>,
	onStage: OnStage = () => {},
): StudyResult {
	// prettier-ignore
	const { start, end } = dataset;
	const objective = segmentMetric(options.objective);
	const offers = options.inviteeCents.flatMap((give) =>
		options.awardCents.map((get) => offerOf(give, get, options)),
	);
	const candidates = candidatesOf(offers, config, start, end, false);
	const chosen = settingOf(dataset, config, options.replicates);
	const fresh = { ...chosen, seed: (chosen.seed + chosen.replicates) >>> 0 };
	const metrics = [objective, segmentMetric('costPerPaidAccount'), segmentMetric('earnedCents')];
	const read: Parameters<typeof replicate>[3] = (_, { total }) => metrics.map(({ of }) => of(total) ?? NaN);

	const tried = replicate(chosen, candidates, metrics.length, read, (stage, done) =>
		onStage(stage, done * 0.9),
	);
	const means = tried.map((columns) =>
		columns.map((column) => meanInterval(column.filter(Number.isFinite), LEVEL)),
	);
	const isWithin = means.map(
		([, cost, earned]) =>
			(options.costPerPaidAccountLimit === null || cost.mean <= options.costPerPaidAccountLimit) &&
			(options.earnedLimit === null || earned.mean <= options.earnedLimit),
	);
	let best = -1;
	for (let k = 0; k < candidates.length; k++) {
		if (isWithin[k] && (best < 0 || means[k][0].mean > means[best][0].mean)) best = k;
	}
	const table = {
		id: 'grid',
		title: 'Offers tried',
		columns: [
			textColumn('candidate', 'Offer', 'text', candidates.map(({ name }) => name)),
			numberColumn('objective', objective.title, objective.unit, means.map(([each]) => each.mean)),
			numberColumn('low', '95% from', objective.unit, means.map(([each]) => each.low)),
			numberColumn('high', '95% to', objective.unit, means.map(([each]) => each.high)),
			numberColumn('cost', 'Cost per paid account', 'cents', means.map(([, cost]) => cost.mean)),
			numberColumn('earned', 'Credit given', 'cents', means.map(([, , earned]) => earned.mean)),
			textColumn('within', 'Within the limits', 'text', isWithin.map((is) => (is ? 'yes' : 'no'))),
		],
	}; // prettier-ignore
	if (best < 0) {
		const message = 'raise the limits, or try smaller credits';
		return {
			answer: { question: QUESTION, sentences: ['No offer tried keeps the limits.'] },
			metrics: [],
			tables: [table],
			series: [],
			notices: [{ code: 'no-candidate', message }],
		};
	}

	const [again] = replicate(fresh, [candidates[best]], metrics.length, read, (stage, done) =>
		onStage(stage, 0.9 + done / 10),
	);
	const result = again.map((column) => meanInterval(column.filter(Number.isFinite), LEVEL));
	const said = (value: number) => valueText(value, objective.unit);
	const noun = objective.title.toLowerCase();
	const seeds = `seeds ${chosen.seed} to ${chosen.seed + chosen.replicates - 1}`;
	const sentences = [
		`${inTitle(candidates[best].name)} is best of ${candidates.length} on ${seeds}: ${noun} ${said(means[best][0].mean)} on average.`,
		`On seeds it was not chosen by: ${said(result[0].mean)}, 95% interval ${said(result[0].low)} to ${said(result[0].high)}.`,
	];
	return {
		answer: { question: QUESTION, sentences },
		metrics: metrics.map((metric, m) => ({
			...wordsOf(metric),
			title: `${metric.title}, fresh seeds`,
			value: Number.isNaN(result[m].mean) ? null : result[m].mean,
		})),
		tables: [table],
		series: [],
		notices: [],
	};
}

function offerOf(give: number, get: number, options: z.infer<typeof searchOptions>): PlannedOffer {
	return {
		offer: `give ${dollars(give)}, get ${dollars(get)}`,
		type: 'REFERRAL',
		startsAt: null,
		stopsAt: null,
		expiresAt: null,
		inviteeCents: give,
		inviteeDurationDays: options.inviteeDurationDays,
		awardCents: get,
		awardDurationDays: options.awardDurationDays,
		redeemableCap: null,
	};
}

function inTitle(name: string): string {
	return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
