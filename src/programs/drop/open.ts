import type { Config } from '../levers.ts';
import type { OnStage, OpenScenario } from '../program.ts';
import type { Explanation, Notice, Report } from '../report.ts';
import type { ScenarioContent } from '../tables.ts';
import { explainDrop } from './explain/explain.ts';
import { dropQuality } from './data-quality.ts';
import { supplyThatBinds } from './explain/what-binds.ts';
import { editUser } from './explain/edit-user.ts';
import { userFacts } from './explain/user-facts.ts';
import { buildDataset, type DropDataset } from './dataset.ts';
import { gatherOutcome } from './outcome.ts';
import { proveGrowthApart, sponsoredPairs } from './prove.ts';
import { cutScenario } from './parts/cut-scenario.ts';
import { CityPreviews } from './parts/preview-city.ts';
import { rankOfGiven } from './quality.ts';
import { readDropConfig } from './read-config.ts';
import { choiceOf, measurePoint, reportDrop } from './report-drop.ts';
import { simulate } from './simulate.ts';
import { StageCache } from './stage-cache.ts';
import { runStudy } from './studies/run-study.ts';

/** A Drop scenario, checked and indexed, with the stages of its last runs kept. */
export function openDrop(content: ScenarioContent): OpenScenario {
	const dataset = buildDataset(content);
	const cache = new StageCache();
	const previews = new CityPreviews(dataset);
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
		quality: (document) => dropQuality(content, dataset, readDropConfig(document).config, cache),
		point: (document) => {
			const { config } = readDropConfig(document);
			const run = simulate(dataset, dataset.now, config, cache);
			const outcome = gatherOutcome(run);
			return measurePoint(run, outcome, rankOfGiven(run, outcome), cache);
		},
		run: (config, onStage) => runDrop(dataset, config, cache, previews, onStage),
		cut: cutScenario(dataset, cache, previews),
		preview: (document, path) => previews.of(readDropConfig(document).config, path, cache),
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
		whatBinds: (before, after, path) => {
			const [was, is] = [before, after].map((document) => readDropConfig(document).config);
			return supplyThatBinds(dataset, was, is, path, cache);
		},
		facts: (subject) => userFacts(content, dataset, subject, cache),
		withFacts: (subject, values) => openDrop(editUser(content, subject.user, values)),
	};
}

function runDrop(
	dataset: DropDataset,
	document: Config,
	cache: StageCache,
	previews: CityPreviews,
	onStage?: OnStage,
): Report {
	const read = readDropConfig(document);
	const run = simulate(dataset, dataset.now, read.config, cache, 0, onStage);
	onStage?.('outcome', 0.95);
	const outcome = gatherOutcome(run);
	const { weights } = choiceOf(run, cache);
	previews.remember(run);
	return reportDrop(run, outcome, rankOfGiven(run, outcome), weights, read.notices);
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
