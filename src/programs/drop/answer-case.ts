import { inputError } from '../input-error.ts';
import type { CaseReader } from '../program.ts';
import { buildDataset } from './dataset.ts';
import { gatherOutcome, SKIP_REASONS } from './outcome.ts';
import { readDropConfig } from './read-config.ts';
import { runNotices } from './notices.ts';
import { simulate } from './simulate.ts';
import { StageCache } from './stage-cache.ts';

/** Answers a case `{ scenario, config }` of the line protocol with the Drop's outcome as plain JSON. */
export function answerCase(input: unknown, reader: CaseReader): unknown {
	if (typeof input !== 'object' || input === null || !('scenario' in input)) {
		throw inputError('input', 'missing scenario; must be { "scenario": …, "config": … }', 'case.input');
	}
	const { config } = readDropConfig('config' in input ? input.config : {});
	const dataset = buildDataset(reader(input.scenario));
	const run = simulate(dataset, dataset.now, config, new StageCache(1));
	const outcome = gatherOutcome(run);
	const { users, contracts } = dataset;

	const supply: [string, number][] = contracts.ids.map((id, c) => [id, run.supply.seats[c]]);
	const skipped: [string, string][] = [];
	for (let u = 0; u < users.ids.length; u++) {
		if (outcome.skipReason[u] >= 0) skipped.push([users.ids[u], SKIP_REASONS[outcome.skipReason[u]]]);
	}
	const cities = outcome.cities.map((city, y): [string, object] => [
		dataset.cityIds[y],
		{
			users: city.considered,
			served: city.served,
			sponsored: city.sponsored,
			growth: city.growth,
			medianDistanceKm: Number.isNaN(city.medianDistanceKm) ? null : city.medianDistanceKm,
			eligiblePairs: city.eligiblePairs,
			blockingPairs: city.blockingPairs,
			totalSponsoredPoints: city.totalSponsoredPoints,
		},
	]);
	const assignments = Array.from(outcome.user, (u, a) => ({
		user_id: users.ids[u],
		contract_id: contracts.ids[outcome.contract[a]],
		slot: outcome.slot[a],
		points: outcome.points[a],
		propensity: Number.isNaN(outcome.propensity[a]) ? null : outcome.propensity[a],
	}));
	// entries, not assignments: `__proto__` is an id like any other
	return {
		supply: Object.fromEntries(supply),
		assignments,
		skipped: Object.fromEntries(skipped),
		cities: Object.fromEntries(cities),
		warnings: runNotices(run).map((notice) => notice.code),
	};
}
