import { powInteger } from '#engine/math.ts';
import {
	choiceProbabilities,
	fitChoiceModel,
	type ChoiceFit,
	type Offers,
} from '#engine/stats/choice-model.ts';
import { DAY_MS } from '../../instant.ts';
import type { AsOf } from '../as-of.ts';
import type { DropDataset } from '../dataset.ts';
import type { RunFacts } from '../outcome.ts';
import {
	DEFAULT_CHOICE_WEIGHTS,
	logit,
	rewardFactorColumn,
	type ChoiceWeights,
} from '../stages/offer-utilities.ts';

/** Rates of what users do besides selecting, pooled from what is known at a time (spec section 9). */
export interface HistoryRates {
	/** chance that what was offered and not selected is rejected */
	readonly rejection: number;
	/** chance of an app open in a week, for a user who opened it the week before */
	readonly appOpen: number;
}

const DEFAULT_REJECTION = 0.05;
const DEFAULT_APP_OPEN = 0.6;
const WEEK_MS = 7 * DAY_MS;
/** Fewest mature assignments to fit the choice model on. */
const LEAST_TO_FIT = 1000;

/** What of a run the choice model reads. */
export type ChoiceInput = Pick<RunFacts, 'dataset' | 'config' | 'asOf' | 'affinities' | 'supply'>;

/** Pooled rates at the time of `asOf`; the defaults where nothing is known. */
export function readHistoryRates(dataset: DropDataset, asOf: AsOf): HistoryRates {
	const { history, users } = dataset;
	let unselected = 0;
	let rejected = 0;
	for (let a = 0; a < history.user.length; a++) {
		if (asOf.time - history.assignedAt[a] < WEEK_MS || history.selectedAt[a] <= asOf.time) continue;
		unselected++;
		if (history.rejectedAt[a] <= asOf.time) rejected++;
	}

	// the last whole week: who opened, against who could by the decay of weeks away
	let expected = 0;
	let opened = 0;
	const weekStart = asOf.time - WEEK_MS;
	for (let u = 0; u < users.ids.length; u++) {
		if (!asOf.isConsidered[u] || users.createdAt[u] > weekStart) continue;
		let last = users.createdAt[u];
		let isOpened = false;
		for (let i = users.openStart[u]; i < users.openStart[u + 1]; i++) {
			if (users.openedAt[i] <= weekStart) last = users.openedAt[i];
			else if (users.openedAt[i] <= asOf.time) isOpened = true;
		}
		expected += powInteger(0.85, Math.floor((weekStart - last) / WEEK_MS));
		if (isOpened) opened++;
	}
	return {
		rejection: unselected > 0 ? rejected / unselected : DEFAULT_REJECTION,
		appOpen: expected > 0 && opened > 0 ? Math.min(1, opened / expected) : DEFAULT_APP_OPEN,
	};
}

/** The choice model as fitted to history, or its defaults. */
export interface FittedChoice {
	readonly weights: ChoiceWeights;
	/** null where there are too few mature assignments */
	readonly fit: ChoiceFit | null;
	readonly observations: number;
	/** fitted chance and outcome of each mature assignment, for calibration */
	readonly chance: Float64Array;
	readonly isSelected: Uint8Array;
}

/**
 * Fits β to mature assignments by maximum likelihood: the offers of a user in a Drop are one choice. Affinities
 * and rates are those of `run`, whose as-of time bounds what is used.
 */
export function fitChoice(run: ChoiceInput): FittedChoice {
	const { asOf } = run;
	const { history } = run.dataset;
	const mature: number[] = [];
	for (let a = 0; a < history.user.length; a++) {
		if (asOf.time - history.assignedAt[a] >= WEEK_MS) mature.push(a);
	}
	const none = {
		weights: DEFAULT_CHOICE_WEIGHTS,
		fit: null,
		observations: mature.length,
		chance: new Float64Array(0),
		isSelected: new Uint8Array(0),
	};
	if (mature.length < LEAST_TO_FIT) return none;

	const { offers, chosen, isSelected } = offersOf(run, mature);
	const fit = fitChoiceModel(offers, chosen);
	if (fit.state !== 'converged') return { ...none, fit };
	return {
		weights: { affinity: fit.beta[0], reward: fit.beta[1] },
		fit,
		observations: mature.length,
		chance: choiceProbabilities(offers, fit.beta),
		isSelected,
	};
}

/** Logged assignments as choices: the rows of a user in a Drop, which must lie side by side, are one choice. */
export function offersOf(
	run: ChoiceInput,
	rows: readonly number[],
): { offers: Offers; chosen: Int32Array; isSelected: Uint8Array } {
	const { dataset, asOf, affinities, supply } = run;
	const { history } = dataset;
	const brandCount = dataset.brandIds.length;
	const contractCount = dataset.contracts.ids.length;
	const reward = rewardFactorColumn(run);
	const affinity = new Float64Array(rows.length);
	const rewardFactor = new Float64Array(rows.length);
	const base = new Float64Array(rows.length);
	const selected = new Uint8Array(rows.length);
	const sum = new Float64Array(contractCount);
	const count = new Uint32Array(contractCount);
	const start: number[] = [0];
	const picks: number[] = [];
	rows.forEach((a, k) => {
		const [u, c] = [history.user[a], history.contract[a]];
		const value = affinities.value[u * brandCount + dataset.contracts.brand[c]];
		affinity[k] = logit(Number.isNaN(value) ? run.config.scoring.floor : value);
		rewardFactor[k] = reward[dataset.users.city[u] * contractCount + c];
		base[k] = logit(supply.selectionRate[c]);
		sum[c] += affinity[k];
		count[c]++;
		const isNew = k === 0 || u !== history.user[rows[k - 1]] || history.drop[a] !== history.drop[rows[k - 1]];
		if (isNew) {
			if (k > 0) start.push(k);
			picks.push(-1);
		}
		if (history.selectedAt[a] <= asOf.time) {
			selected[k] = 1;
			picks[picks.length - 1] = k;
		}
	});
	start.push(rows.length);
	// centred as in the forecast: affinity over the contract's users, reward over the user's offers
	for (let k = 0; k < rows.length; k++)
		affinity[k] -= sum[history.contract[rows[k]]] / count[history.contract[rows[k]]];
	for (let e = 0; e + 1 < start.length; e++) {
		let total = 0;
		for (let k = start[e]; k < start[e + 1]; k++) total += rewardFactor[k];
		for (let k = start[e]; k < start[e + 1]; k++) rewardFactor[k] -= total / (start[e + 1] - start[e]);
	}
	return {
		offers: { start: Uint32Array.from(start), base, features: [affinity, rewardFactor] },
		chosen: Int32Array.from(picks),
		isSelected: selected,
	};
}
