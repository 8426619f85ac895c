import { quantiles } from '#engine/stats/quantile.ts';
import type { ForecastRow } from '../../forecast-ledger.ts';
import { gatherOutcome, type DropOutcome } from '../outcome.ts';
import { fitChoice } from '../season/history-rates.ts';
import type { DropRun } from '../simulate.ts';
import { forecast } from '../stages/forecast.ts';
import { playSeeds } from '../studies/monte-carlo.ts';

/** Draws behind every interval of the ledger. */
export const LEDGER_SEEDS = 400;
/** Share of the intervals that should hold. */
export const LEDGER_LEVEL = 0.9;

/**
 * What a run foretells of its own assignments: the Drop's selections, conversions, revenue and sponsorship ratio by
 * selections, and the selections of each city and brand that has assignments. Percentile intervals over draws of
 * users' luck (spec section 9), so that a wrong choice model or wrong rates show as intervals that do not hold.
 */
export function forecastRows(run: DropRun, outcome: DropOutcome = gatherOutcome(run)): ForecastRow[] {
	const { dataset, config } = run;
	const expected = forecast(run, outcome, fitChoice(run).weights);
	const totals = playSeeds(run, outcome, expected, config.seed, LEDGER_SEEDS);
	const ratio = totals.sponsoredSelections.map((sponsored, s) =>
		totals.selections[s] > 0 ? sponsored / totals.selections[s] : 0,
	);
	const rows = [
		makeRow('selections', '', '', 'Selections', 'count', totals.selections),
		makeRow('conversions', '', '', 'Conversions', 'count', totals.conversions),
		makeRow('revenue', '', '', 'Revenue', 'cents', totals.revenueCents),
		makeRow('ratio.selections', '', '', 'Sponsorship ratio by selections', 'ratio', ratio),
	];

	const hasCity = new Uint8Array(dataset.cityIds.length);
	const hasBrand = new Uint8Array(dataset.brandIds.length);
	for (let a = 0; a < outcome.user.length; a++) {
		hasCity[dataset.users.city[outcome.user[a]]] = 1;
		hasBrand[dataset.contracts.brand[outcome.contract[a]]] = 1;
	}
	const drawsOf = (all: Float64Array, m: number) => all.subarray(m * LEDGER_SEEDS, (m + 1) * LEDGER_SEEDS);
	dataset.cityIds.forEach((id, y) => {
		if (hasCity[y]) rows.push(makeRow('selections', 'city', id, dataset.cityNames[y], 'count', drawsOf(totals.citySelections, y))); // prettier-ignore
	});
	dataset.brandIds.forEach((id, b) => {
		if (hasBrand[b]) rows.push(makeRow('selections', 'brand', id, dataset.brandNames[b], 'count', drawsOf(totals.brandSelections, b))); // prettier-ignore
	});
	return rows;
}

function makeRow(
	metric: string,
	group: string,
	member: string,
	title: string,
	unit: string,
	draws: Float64Array,
): ForecastRow {
	const tail = (1 - LEDGER_LEVEL) / 2;
	const [low, high] = quantiles(draws, [tail, 1 - tail]);
	return { metric, group, member, title, unit, mean: draws.reduce((sum, draw) => sum + draw, 0) / draws.length, low, high }; // prettier-ignore
}
