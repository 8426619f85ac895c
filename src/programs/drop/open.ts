import type { Config } from '../levers.ts';
import type { OnStage, OpenScenario } from '../program.ts';
import type { Explanation, Notice, Report } from '../report.ts';
import type { ScenarioContent } from '../tables.ts';
import { checkOutcome } from './check-outcome.ts';
import { explainDrop } from './explain/explain.ts';
import { buildDataset, type DropDataset } from './dataset.ts';
import type { DropConfig } from './levers.ts';
import { measure } from './measure.ts';
import { participantsOf } from './participants.ts';
import { runNotices } from './notices.ts';
import { gatherOutcome, hashOutcome } from './outcome.ts';
import { proveGrowthApart, sponsoredPairs } from './prove.ts';
import { readDropConfig } from './read-config.ts';
import { simulate } from './simulate.ts';
import { StageCache } from './stage-cache.ts';
import { runStudy } from './studies/run-study.ts';
import { fitChoice } from './season/history-rates.ts';
import { forecast } from './stages/forecast.ts';

/** A Drop scenario, checked and indexed, with the stages of its last runs kept. */
export function openDrop(content: ScenarioContent): OpenScenario {
	const dataset = buildDataset(content);
	const cache = new StageCache();
	return {
		notices: datasetNotices(dataset),
		subjects: [
			{ kind: 'city', title: 'Cities', ids: dataset.cityIds, labels: dataset.cityNames },
			{ kind: 'brand', title: 'Brands', ids: dataset.brandIds, labels: dataset.brandNames },
			{
				kind: 'contract',
				title: 'Contracts',
				ids: dataset.contracts.ids,
				labels: dataset.contracts.ids.map(
					(id, c) => `${dataset.brandNames[dataset.contracts.brand[c]]} (${id})`,
				),
			},
			{ kind: 'user', title: 'Users', ids: dataset.users.ids, labels: dataset.users.ids },
		],
		run: (config, onStage) => runDrop(dataset, config, cache, onStage),
		explain: (document, subject): Explanation => {
			const { config } = readDropConfig(document);
			const run = simulate(dataset, dataset.now, config, cache);
			return explainDrop(run, gatherOutcome(run), subject, cache);
		},
		prove: (document) => {
			const { config } = readDropConfig(document);
			return [proveGrowthApart(dataset, config, sponsoredPairs(dataset, config, cache))];
		},
		study: (id, document, options, onStage) => runStudy(dataset, id, document, options, cache, onStage),
	};
}

function runDrop(dataset: DropDataset, document: Config, cache: StageCache, onStage?: OnStage): Report {
	const { config, notices } = readDropConfig(document);
	const run = simulate(dataset, dataset.now, config, cache, 0, onStage);
	onStage?.('outcome', 0.95);
	const outcome = gatherOutcome(run);
	const { rewardScaleCents, floor } = config.scoring;
	const choice = cache.reuse('choice model', [dataset, run.asOf, run.affinities, run.supply, rewardScaleCents, floor, config.pricing, config.cities], () => fitChoice(run)); // prettier-ignore
	const { metrics, groups } = measure(run, outcome, forecast(run, outcome, choice.weights));
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

/** Overrides for cities that the scenario does not have are kept, and named. */
function unknownCities(dataset: DropDataset, config: DropConfig): Notice[] {
	return Object.keys(config.cities)
		.filter((id) => !dataset.cityIds.includes(id))
		.map((id) => ({
			code: 'config-city',
			message: `cities.${id} changes nothing here: the scenario has no such city`,
		}));
}

function datasetNotices(dataset: DropDataset): Notice[] {
	const { locationStart, contracts, brandIds } = dataset;
	const placeless = contracts.ids.filter((_, c) => {
		for (let i = contracts.cityStart[c]; i < contracts.cityStart[c + 1]; i++) {
			const cell = contracts.city[i] * brandIds.length + contracts.brand[c];
			if (locationStart[cell + 1] > locationStart[cell]) return false;
		}
		return true;
	});
	return placeless.length === 0
		? []
		: [
				{
					code: 'contract-without-place',
					message: `contracts without a location in any of their cities: ${placeless.join(', ')}`,
				},
			];
}
