import { estimateOffPolicy, type OffPolicyResult } from '#engine/stats/off-policy.ts';
import { policyLogOf } from '#engine/stats/policy-log.ts';
import { exp } from '#engine/math.ts';
import type { DropConfig } from '../levers.ts';
import { compareTiedPairs, LUCK_PURPOSE } from '../pair-order.ts';
import { fitChoice } from '../season/history-rates.ts';
import { simulate, type DropRun } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';
import { userOfPair } from '../stages/eligibility.ts';
import { logit } from '../stages/offer-utilities.ts';
import { pickChances } from '../stages/growth-pick.ts';
import { pointsOfPair } from '../stages/points-of-pairs.ts';
import type { Reproduction } from './past-drop.ts';
import { candidatesOfPicks } from './pick-candidates.ts';

const LEVEL = 0.9;

/**
 * Estimates the share of growth picks that users would have selected had the growth levers and weights of
 * `target` made the picks, in the situations that the past Drop met (spec section 11). Only random growth
 * picks are used: sponsored assignments were not drawn. The reward of a pick is 1 when the log says it was
 * selected. The options of a pick are those the reproduction met; picks that the log does not hold are left out.
 */
export function offPolicy(past: Reproduction, target: DropConfig, cache: StageCache): OffPolicyResult {
	const { run } = past;
	const { dataset, pairs } = run;
	const { history, contracts } = dataset;
	const contractCount = contracts.ids.length;
	const rowOf = new Map(past.logged.map((a) => [history.user[a] * contractCount + history.contract[a], a]));
	// the same moment scored as the target scores: growth levers act on its points
	const targetRun = simulate(dataset, run.asOf.time, { ...target, seed: run.config.seed }, cache);
	const modelOf = lonelyChance(run);

	const optionStart: number[] = [0];
	const action: number[] = [];
	const reward: number[] = [];
	const propensity: number[] = [];
	const optionTarget: number[] = [];
	const optionModel: number[] = [];
	run.cities.forEach(({ growth }, y) => {
		const candidates = candidatesOfPicks(run, y);
		for (let i = 0; i < growth.pair.length; i++) {
			const u = userOfPair(pairs, growth.pair[i]);
			const a = rowOf.get(u * contractCount + pairs.contract[growth.pair[i]]);
			if (a === undefined || Number.isNaN(history.propensity[a])) continue;
			const options = bestFirst(run, u, candidates[i]);
			// the target meets the same candidates, in its own order
			const targetPoints = new Map(options.map((p) => [p, pointsOfPair(targetRun.scores, u, p)]));
			const pointsOf = (p: number) => targetPoints.get(p) ?? 0;
			const ranked = options.toSorted((p, q) => pointsOf(q) - pointsOf(p));
			const chances = pickChances(ranked.map(pointsOf), target.growth);
			const first = optionTarget.length;
			for (const p of options) {
				const place = ranked.indexOf(p);
				optionTarget.push(place < chances.weight.length ? chances.weight[place] / chances.total : 0);
				optionModel.push(modelOf(u, pairs.contract[p]));
			}
			action.push(first + options.indexOf(growth.pair[i]));
			reward.push(Number.isNaN(history.selectedAt[a]) ? 0 : 1);
			propensity.push(history.propensity[a]);
			optionStart.push(optionTarget.length);
		}
	});
	return estimateOffPolicy(
		policyLogOf({
			optionStart: Uint32Array.from(optionStart),
			action: Uint32Array.from(action),
			reward: Float64Array.from(reward),
			propensity: Float64Array.from(propensity),
			optionTarget: Float64Array.from(optionTarget),
			optionModel: Float64Array.from(optionModel),
		}),
		LEVEL,
	);
}

/** Pairs of user u as the run ranks them. */
function bestFirst(run: DropRun, u: number, candidates: readonly number[]): number[] {
	const stream = LUCK_PURPOSE + 256 * run.week;
	return candidates
		.map((p) => ({ p, points: pointsOfPair(run.scores, u, p) }))
		.sort(
			(a, b) =>
				b.points - a.points || compareTiedPairs(run.dataset, run.pairs, run.config.seed, stream, u, a.p, b.p),
		)
		.map(({ p }) => p);
}

/** Chance that a contract would be selected if it were offered alone, by user and contract. */
function lonelyChance(run: DropRun): (u: number, c: number) => number {
	const { dataset, affinities, supply, config } = run;
	const brandCount = dataset.brandIds.length;
	const { weights } = fitChoice(run);
	const valueOf = (u: number, b: number) => {
		const value = affinities.value[u * brandCount + b];
		return Number.isNaN(value) ? config.scoring.floor : value;
	};

	// mean affinity of each brand over the users of each city
	const mean = new Float64Array(dataset.cityIds.length * brandCount);
	for (let y = 0; y < dataset.cityIds.length; y++) {
		const [first, end] = [dataset.cityUserStart[y], dataset.cityUserStart[y + 1]];
		for (let b = 0; b < brandCount; b++) {
			for (let u = first; u < end; u++) mean[y * brandCount + b] += valueOf(u, b) / (end - first);
		}
	}
	return (u, c) => {
		const b = dataset.contracts.brand[c];
		const typical = mean[dataset.users.city[u] * brandCount + b];
		const utility =
			logit(supply.selectionRate[c]) + weights.affinity * (logit(valueOf(u, b)) - logit(typical));
		return 1 / (1 + exp(-utility));
	};
}
