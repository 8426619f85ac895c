import { log, powInteger, tanh } from '#engine/math.ts';
import type { Explanation } from '../../report.ts';
import type { DropRun } from '../simulate.ts';
import { clampFactor, distanceFactor } from '../stages/factors.ts';
import { rewardCents } from '../stages/reward-factor.ts';
import { makeUserMarks, markHistory } from '../user-marks.ts';

/**
 * The five factors of a pair with what each adds to its score: weighted logarithms that sum to ln(score) with
 * the geometric combination, weighted parts that sum to the score with the arithmetic one.
 */
export function factorsOfPair(run: DropRun, u: number, c: number): Explanation['factors'] {
	const { dataset, asOf, config, affinities, distance, baselines } = run;
	const { floor, weights, combine } = config.scoring;
	const b = dataset.contracts.brand[c];
	const cell = u * dataset.brandIds.length + b;
	const y = dataset.users.city[u];
	const marks = makeUserMarks(dataset);
	markHistory(dataset, asOf.time, u, marks);
	const baseline = config.scoring.distanceBaseline === 'city' ? baselines.cityKm[y] : baselines.userKm[u];
	const cents = rewardCents(dataset, config, y, c);
	const away = asOf.weeksAway[u];
	const rejected = marks.rejectionCount[b];

	const weightSum = weights.affinity + weights.distance + weights.reward + weights.rejections + weights.recency;
	const effect = (weight: number, raw: number) => {
		const f = clampFactor(raw, floor);
		return (weight * (combine === 'geometric' ? log(f) : f)) / weightSum;
	};
	const a = affinities.value[cell];
	return [
		{
			label: 'Affinity',
			value: Number.isNaN(a) ? 'unknown, counts as the floor' : affinities.isOwn[cell] ? a.toFixed(3) : `${a.toFixed(3)}, mean of the city`,
			effect: effect(weights.affinity, a),
		},
		{
			label: 'Distance',
			value: Number.isNaN(distance[cell]) ? 'no location in the city' : `${distance[cell].toFixed(1)} km, baseline ${baseline.toFixed(1)} km`,
			effect: effect(weights.distance, distanceFactor(distance[cell], baseline)),
		},
		{
			label: 'Reward',
			value: `$${(cents / 100).toFixed(2)}`,
			effect: effect(weights.reward, tanh(cents / config.scoring.rewardScaleCents)),
		},
		{
			label: 'Rejections',
			value: rejected === 0 ? 'none' : `${rejected} of the brand`,
			effect: effect(weights.rejections, powInteger(1 - config.scoring.rejectionDecay, rejected)),
		},
		{
			label: 'Recency',
			value: away === 0 ? 'opened the app this week' : `${away} ${away === 1 ? 'week' : 'weeks'} since the last app open`,
			effect: effect(weights.recency, powInteger(1 - config.scoring.recencyDecay, away)),
		},
	];
} // prettier-ignore
