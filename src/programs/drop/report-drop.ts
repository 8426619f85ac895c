import type { Notice, Report } from '../report.ts';
import { checkOutcome } from './check-outcome.ts';
import type { DropDataset } from './dataset.ts';
import { hashOutcome } from './hash-outcome.ts';
import { cityTakeRate, type DropConfig } from './levers.ts';
import { measure } from './measure.ts';
import { runNotices } from './notices.ts';
import type { Decision, RunFacts } from './outcome.ts';
import { participantsOf } from './participants.ts';
import type { GivenRanks } from './quality.ts';
import { fitChoice, type ChoiceInput, type FittedChoice } from './season/history-rates.ts';
import type { StageCache } from './stage-cache.ts';
import { forecast } from './stages/forecast.ts';
import type { ChoiceWeights } from './stages/offer-utilities.ts';

/**
 * The report of a run: forecast, metrics, participants, checks and hash. `weights` are those of the choice model,
 * `notices` those of its configuration.
 * The same for an outcome of one machine and for one merged from many.
 */
export function reportDrop(
	run: RunFacts,
	outcome: Decision,
	ranks: GivenRanks,
	weights: ChoiceWeights,
	notices: readonly Notice[],
): Report {
	const { dataset, config } = run;
	const { metrics, groups } = measure(run, outcome, ranks, forecast(run, outcome, weights));
	return {
		program: 'drop',
		config,
		seed: config.seed,
		outcomeHash: hashOutcome(run, outcome, config),
		metrics,
		groups,
		tables: [],
		series: [],
		participants: participantsOf(run, outcome),
		checks: checkOutcome(run, outcome),
		notices: [...notices, ...unknownCities(dataset, config), ...runNotices(run)],
	};
}

/** Metrics and checks of a run alone, for a point of a sweep. */
export function measurePoint(
	run: RunFacts,
	outcome: Decision,
	ranks: GivenRanks,
	cache: StageCache,
): Pick<Report, 'metrics' | 'checks'> {
	const expected = forecast(run, outcome, choiceOf(run, cache).weights);
	return { metrics: measure(run, outcome, ranks, expected).metrics, checks: checkOutcome(run, outcome) };
}

/** The choice model, fitted anew only when something changes that it reads: supply counts by its rates alone. */
export function choiceOf(run: ChoiceInput, cache: StageCache): FittedChoice {
	const { dataset, config } = run;
	const { rewardScaleCents, floor } = config.scoring;
	const { estimate, pseudoObservations, selectionRate, conversionRate } = config.supply;
	const takeRates = dataset.cityIds.map((id) => cityTakeRate(config, id));
	return cache.reuse(
		'choice model',
		[dataset, run.asOf, run.affinities, estimate, pseudoObservations, selectionRate, conversionRate, rewardScaleCents, floor, takeRates], // prettier-ignore
		() => fitChoice(run),
	);
}

/** Overrides for cities that the scenario does not have are kept, and named. */
function unknownCities(dataset: DropDataset, config: DropConfig): Notice[] {
	return Object.keys(config.cities)
		.filter((id) => !dataset.cityIds.includes(id))
		.map((id) => ({
			code: 'config-city',
			message: `cities.${id} changes nothing here: the scenario has no such city`,
		}));
}
