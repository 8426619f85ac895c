import { exp } from '#engine/math.ts';
import type { Affinities } from '../affinities.ts';
import type { Decision, RunFacts } from '../outcome.ts';
import { findRowsBefore, keepRows, type RowsBefore } from '../rows-before.ts';
import { affinityLogits, offerUtilities, type ChoiceWeights } from './offer-utilities.ts';

/** What users will do, in expectation. Columns by assignment of the outcome. */
export interface Forecast {
	/** P(this assignment is the one the user selects) */
	readonly selection: Float64Array;
	/** P(selected and converted) */
	readonly conversion: Float64Array;
}

/** Logits and odds of the outcome foretold last, by its rows. */
interface ForecastBefore {
	readonly floor: number;
	readonly rows: RowsBefore;
	readonly affinity: Float64Array;
	readonly utility: Float64Array;
	/** e^utility */
	readonly odds: Float64Array;
}

const lastForecast = new WeakMap<Affinities, ForecastBefore>();

/** Stage 7. Expected selections and conversions of every assignment: multinomial logit, in closed form. */
export function forecast(run: RunFacts, outcome: Decision, weights: ChoiceWeights): Forecast {
	const { floor } = run.config.scoring;
	const last = lastForecast.get(run.affinities);
	const before = last?.floor === floor ? last : undefined;
	const found = before && findRowsBefore(before.rows, outcome);
	const affinity = affinityLogits(run, outcome, found, before?.affinity);
	const utility = offerUtilities(run, outcome, weights, affinity);

	const { user } = outcome;
	const odds = new Float64Array(utility.length);
	const selection = new Float64Array(utility.length);
	const conversion = new Float64Array(utility.length);
	for (let first = 0, end = 0; first < user.length; first = end) {
		let total = 1;
		for (; end < user.length && user[end] === user[first]; end++) {
			const row = found ? found[end] : -1;
			odds[end] =
				before && row >= 0 && before.utility[row] === utility[end] ? before.odds[row] : exp(utility[end]);
			total += odds[end];
		}
		for (let a = first; a < end; a++) {
			selection[a] = odds[a] / total;
			conversion[a] = selection[a] * run.supply.conversionRate[outcome.contract[a]];
		}
	}
	lastForecast.set(run.affinities, { floor, rows: keepRows(outcome), affinity, utility, odds });
	return { selection, conversion };
}

/** Calls `visit` with the range of assignments of each user who has any; these lie side by side. */
export function forEachUser(outcome: Decision, visit: (first: number, end: number) => void): void {
	const { user } = outcome;
	for (let first = 0, end = 0; first < user.length; first = end) {
		while (end < user.length && user[end] === user[first]) end++;
		visit(first, end);
	}
}
