import { runCities, simulate, type DropRun } from '../simulate.ts';
import { StageCache } from '../stage-cache.ts';
import { supply } from '../stages/supply.ts';

/**
 * The run as it would be with `more` further units of contract c's supply. Pairs and scores are kept, since
 * supply does not enter them; only where the contract was used up before does everything run anew.
 */
export function rerunWithSupply(run: DropRun, c: number, more: number, cache: StageCache): DropRun {
	const { dataset, asOf, config, week } = run;
	const units = dataset.contracts.supply.slice();
	const wasOver = asOf.conversions[c] >= units[c];
	units[c] += more;
	const contracts = { ...dataset.contracts, supply: units };
	if (wasOver) return simulate({ ...dataset, contracts }, asOf.time, config, new StageCache(1), week);
	const changed = { ...run, supply: supply(contracts, asOf, config.supply) };
	return { ...changed, ...runCities(changed, cache, () => {}) };
}

/** The run as it would be with other numbers of assignments allowed. */
export function rerunWithSeats(run: DropRun, seats: Float64Array, cache: StageCache): DropRun {
	const changed = { ...run, supply: { ...run.supply, seats } };
	return { ...changed, ...runCities(changed, cache, () => {}) };
}
