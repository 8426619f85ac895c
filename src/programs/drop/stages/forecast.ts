import { exp, log, tanh } from '#engine/math.ts';
import type { Decision, RunFacts } from '../outcome.ts';
import { clampFactor } from './factors.ts';
import { rewardCents } from './reward-factor.ts';

/** What users will do, in expectation. Columns by assignment of the outcome. */
export interface Forecast {
	/** P(this assignment is the one the user selects) */
	readonly selection: Float64Array;
	/** P(selected and converted) */
	readonly conversion: Float64Array;
}

/** Weights of the choice model (spec section 9). */
export interface ChoiceWeights {
	readonly affinity: number;
	readonly reward: number;
}

/** Weights where there is too little history to fit them. */
export const DEFAULT_CHOICE_WEIGHTS: ChoiceWeights = { affinity: 0.5, reward: 0.5 };

/** ln(p / (1 − p)), p clamped to [0.001, 0.999]. */
export function logit(p: number): number {
	const q = p > 0.001 ? (p < 0.999 ? p : 0.999) : 0.001;
	return log(q / (1 - q));
}

/**
 * Utilities of the offers: `logit(σ) + β_a (logit(a) − mean over the contract's assigned users) + β_r (reward
 * factor − mean over the user's offers)`, against an outside option of utility 0.
 */
export function offerUtilities(run: RunFacts, outcome: Decision, weights: ChoiceWeights): Float64Array {
	const { dataset, affinities, supply } = run;
	const brandCount = dataset.brandIds.length;
	const count = outcome.user.length;
	const affinity = new Float64Array(count);
	const sum = new Float64Array(dataset.contracts.ids.length);
	const held = new Uint32Array(sum.length);
	for (let a = 0; a < count; a++) {
		const c = outcome.contract[a];
		const value = affinities.value[outcome.user[a] * brandCount + dataset.contracts.brand[c]];
		affinity[a] = logit(Number.isNaN(value) ? run.config.scoring.floor : value);
		sum[c] += affinity[a];
		held[c]++;
	}

	const base = supply.selectionRate.map(logit);
	const reward = rewardFactorColumn(run);
	const contractCount = dataset.contracts.ids.length;
	const utility = new Float64Array(count);
	forEachUser(outcome, (first, end) => {
		const row = dataset.users.city[outcome.user[first]] * contractCount;
		let rewardSum = 0;
		for (let a = first; a < end; a++) rewardSum += reward[row + outcome.contract[a]];
		const mean = rewardSum / (end - first);
		for (let a = first; a < end; a++) {
			const c = outcome.contract[a];
			utility[a] =
				base[c] +
				weights.affinity * (affinity[a] - sum[c] / held[c]) +
				weights.reward * (reward[row + c] - mean);
		}
	});
	return utility;
}

/** Stage 7. Expected selections and conversions of every assignment: multinomial logit, in closed form. */
export function forecast(run: RunFacts, outcome: Decision, weights: ChoiceWeights): Forecast {
	const utility = offerUtilities(run, outcome, weights);
	const selection = new Float64Array(utility.length);
	const conversion = new Float64Array(utility.length);
	forEachUser(outcome, (first, end) => {
		let total = 1;
		for (let a = first; a < end; a++) total += selection[a] = exp(utility[a]);
		for (let a = first; a < end; a++) {
			selection[a] /= total;
			conversion[a] = selection[a] * run.supply.conversionRate[outcome.contract[a]];
		}
	});
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

/** Reward factor by city and contract, as a factor whatever the combination. */
export function rewardFactorColumn(run: Pick<RunFacts, 'dataset' | 'config'>): Float64Array {
	const { dataset, config } = run;
	const contractCount = dataset.contracts.ids.length;
	return Float64Array.from({ length: dataset.cityIds.length * contractCount }, (_, i) => {
		const cents = rewardCents(dataset, config, Math.floor(i / contractCount), i % contractCount);
		return clampFactor(tanh(cents / config.scoring.rewardScaleCents), config.scoring.floor);
	});
}
