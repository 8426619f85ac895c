import type { Config } from '../../levers.ts';
import type { Report } from '../../report.ts';
import type { ScenarioContent } from '../../tables.ts';
import { readAffinities } from '../affinities.ts';
import { readAsOf, type AsOf } from '../as-of.ts';
import { buildDataset } from '../dataset.ts';
import { readDropConfig } from '../read-config.ts';
import { choiceOf, reportDrop } from '../report-drop.ts';
import { StageCache } from '../stage-cache.ts';
import { supply } from '../stages/supply.ts';
import { cutComponents } from './cut-components.ts';
import { mergeParts } from './merge-parts.ts';
import { openPart, type ContractCounts, type PartResult } from './part.ts';

/** The whole scenario's side of a Drop in parts: what the parts need to know, and the report of what they decided. */
export interface WholeScenario {
	/** by contract, in order of contract id */
	readonly counts: ContractCounts;
	/** The report of a run, from the results of all parts in any order: the one of `OpenScenario.run`, to the last bit. */
	report(config: Config, results: readonly PartResult[]): Report;
}

/** Opens a scenario to put runs of its parts together; eligibility, scores and matching are theirs. */
export function openWhole(content: ScenarioContent): WholeScenario {
	const dataset = buildDataset(content);
	const asOf = readAsOf(dataset, dataset.now);
	const cache = new StageCache();
	const { conversions, outstanding, matureAssignments, matureSelections, settledSelections, settledConversions } = asOf; // prettier-ignore
	return {
		counts: { conversions, outstanding, matureAssignments, matureSelections, settledSelections, settledConversions }, // prettier-ignore
		report(document, results) {
			const { config, notices } = readDropConfig(document);
			const affinities = cache.reuse('affinities', [dataset, asOf], () =>
				readAffinities(dataset, dataset.affinity, asOf.run, asOf.time),
			);
			const allowed = cache.reuse('supply', [config.supply], () => supply(dataset.contracts, asOf, config.supply)); // prettier-ignore
			const { outcome, ranks, cities } = mergeParts(dataset, asOf, allowed, config, results);
			const facts = { dataset, config, week: 0, asOf, affinities, supply: allowed, cities };
			return reportDrop(facts, outcome, ranks, choiceOf(facts, cache).weights, notices);
		},
	};
}

/** Opens a part that `splitContent` gave, with the counts of the whole; gives a run of it for a configuration. */
export function openContentPart(
	content: ScenarioContent,
	cityIds: readonly string[],
	counts: ContractCounts,
): (config: Config) => PartResult {
	const dataset = buildDataset(content);
	const own = new Set(cityIds);
	const cities = Uint32Array.from(dataset.cityIds.keys()).filter((y) => own.has(dataset.cityIds[y]));
	const asOf: AsOf = { ...readAsOf(dataset, dataset.now), ...counts };
	const part = openPart({ dataset, cities, time: dataset.now, counts });
	return (document) => {
		const { config } = readDropConfig(document);
		const allowed = supply(dataset.contracts, asOf, config.supply);
		part.start({ config, supply: allowed, week: 0 });
		for (const component of cutComponents(dataset, asOf, allowed, config)) {
			const left = component.seats.slice();
			for (const y of component.cities) {
				// a city of another part stands empty here, in a component of its own
				if (!own.has(dataset.cityIds[y])) continue;
				const taken = part.decide(y, left.slice());
				for (let c = 0; c < left.length; c++) left[c] -= taken[c];
			}
		}
		return part.finish();
	};
}
