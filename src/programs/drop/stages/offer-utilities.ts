import { log, tanh } from '#engine/math.ts';
import type { Decision, RunFacts } from '../outcome.ts';
import { clampFactor } from './factors.ts';
import { rewardCents } from './reward-factor.ts';

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

/** Logit of each assignment's affinity: as it was where row a is `found` among those before. */
export function affinityLogits(
	{ dataset, affinities, config }: RunFacts,
	outcome: Decision,
	found?: Int32Array,
	before?: Float64Array,
): Float64Array {
	const brandCount = dataset.brandIds.length;
	const affinity = new Float64Array(outcome.user.length);
	for (let a = 0; a < affinity.length; a++) {
		if (found && before && found[a] >= 0) {
			affinity[a] = before[found[a]];
			continue;
		}
		const value =
			affinities.value[outcome.user[a] * brandCount + dataset.contracts.brand[outcome.contract[a]]];
		affinity[a] = logit(Number.isNaN(value) ? config.scoring.floor : value);
	}
	return affinity;
}

/**
 * Utilities of the offers: `logit(σ) + β_a (logit(a) − mean over the contract's assigned users) + β_r (reward
 * factor − mean over the user's offers)`, against an outside option of utility 0.
 */
export function offerUtilities(
	run: RunFacts,
	{ user, contract }: Decision,
	weights: ChoiceWeights,
	affinity: Float64Array,
): Float64Array {
	const { dataset, supply } = run;
	const contractCount = dataset.contracts.ids.length;
	const mean = new Float64Array(contractCount);
	const held = new Uint32Array(contractCount);
	for (let a = 0; a < user.length; a++) {
		mean[contract[a]] += affinity[a];
		held[contract[a]]++;
	}
	for (let c = 0; c < contractCount; c++) mean[c] /= held[c];

	const base = supply.selectionRate.map(logit);
	const reward = rewardFactorColumn(run);
	const utility = new Float64Array(user.length);
	for (let first = 0, end = 0; first < user.length; first = end) {
		const row = dataset.users.city[user[first]] * contractCount;
		let rewardSum = 0;
		for (; end < user.length && user[end] === user[first]; end++) rewardSum += reward[row + contract[end]];
		const rewardMean = rewardSum / (end - first);
		for (let a = first; a < end; a++) {
			const c = contract[a];
			utility[a] =
				base[c] +
				weights.affinity * (affinity[a] - mean[c]) +
				weights.reward * (reward[row + c] - rewardMean);
		}
	}
	return utility;
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
