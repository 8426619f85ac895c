import { z } from 'zod';
import { found, inputError, InputError } from '../../input-error.ts';
import { listLevers, type Config } from '../../levers.ts';
import type { OnStage, StudyResult, StudySpec } from '../../program.ts';
import type { DropDataset } from '../dataset.ts';
import { readDropConfig } from '../read-config.ts';
import type { StageCache } from '../stage-cache.ts';
import { exportForecastStudy } from './export-forecast-study.ts';
import { forecastOptions, forecastStudy } from './forecast-study.ts';
import { healthStudy } from './health-study.ts';
import { ledgerOptions, ledgerStudy } from './ledger-study.ts';
import { methodsStudy } from './methods-study.ts';
import { pastDropsStudy } from './past-drops-study.ts';
import { qualityStudy } from './quality-study.ts';
import { replayOptions, replayStudy } from './replay-study.ts';
import { seasonOptions, seasonStudy } from './season-study.ts';

const noOptions = z.looseObject({});

/** Further computations over an open Drop scenario. `against` among the options names a configuration to compare with. */
export const dropStudies: readonly StudySpec[] = [
	{ id: 'forecast', title: 'Forecast', help: 'Intervals of what users do, over many seeds.', options: listLevers(forecastOptions), isPaired: true },
	{ id: 'season', title: 'Season', help: 'Weekly Drops one after the other, with rollover.', options: listLevers(seasonOptions), isPaired: true },
	{ id: 'methods', title: 'Matching methods', help: 'The five methods side by side, and shadow prices.', options: listLevers(noOptions) },
	{ id: 'quality', title: 'Quality', help: 'Ranks, percentiles, inequality, and both supply rules.', options: listLevers(noOptions), screen: 'compare' },
	{ id: 'past-drops', title: 'Past Drops', help: 'Every Drop of the scenario, with the share that a re-run reproduces.', options: listLevers(noOptions), screen: 'replay' },
	{ id: 'replay', title: 'Replay', help: 'One past Drop: reproduced, counterfactual, backtest, off-policy.', options: listLevers(replayOptions), screen: 'replay' },
	{ id: 'ledger', title: 'Forecast ledger', help: 'Forecasts of past Drops, held against what happened.', options: listLevers(noOptions), screen: 'replay' },
	{ id: 'health', title: 'Recommender health', help: 'Freshness, coverage, calibration, agreement of the last two runs, and which run the newest Drop used.', options: listLevers(noOptions), screen: 'replay' },
	{ id: 'export-forecast', title: 'Forecast of an export', help: 'The intervals that an export stores.', options: listLevers(noOptions), screen: 'replay' },
]; // prettier-ignore

/**
 * Runs a study by id. Among the options of past Drops `only` may name the one that is wanted. Throws `InputError` for an unknown one or wrong
 * options.
 */
export function runStudy(
	dataset: DropDataset,
	id: string,
	document: Config,
	options: Config,
	cache: StageCache,
	onStage?: OnStage,
): StudyResult {
	const { config } = readDropConfig(document);
	const against = options.against === undefined ? null : readDropConfig(options.against).config;
	switch (id) {
		case 'forecast':
			return forecastStudy(dataset, config, against, readOptions(forecastOptions, options), cache);
		case 'season':
			return seasonStudy(dataset, config, against, readOptions(seasonOptions, options), onStage);
		case 'methods':
			return methodsStudy(dataset, config, cache, onStage);
		case 'quality':
			return qualityStudy(dataset, config, cache);
		case 'past-drops':
			return pastDropsStudy(dataset, onStage, typeof options.only === 'string' ? options.only : null);
		case 'replay':
			return replayStudy(dataset, config, readOptions(replayOptions, options), cache, onStage);
		case 'ledger':
			return ledgerStudy(dataset, readOptions(ledgerOptions, options), onStage);
		case 'health':
			return healthStudy(dataset, config);
		case 'export-forecast':
			return exportForecastStudy(dataset, config, cache);
		default:
			throw inputError('study', `unknown study: ${found(id)}; must be one of ${dropStudies.map((study) => study.id).join(', ')}`, 'study.unknown'); // prettier-ignore
	}
}

function readOptions<T>(schema: z.ZodType<T>, options: Config): T {
	const result = schema.safeParse(options);
	if (result.success) return result.data;
	throw new InputError(
		result.error.issues.map((issue) => ({
			at: `options.${issue.path.map(String).join('.')}`,
			message: issue.message,
			code: 'study.option',
		})),
	);
}
