import type { OnStage } from '../program.ts';
import { rankBrands, readAffinities } from './affinities.ts';
import type { AsOf } from './as-of.ts';
import { readBaselines, readDistances, type Baselines } from './distances.ts';
import type { Affinities } from './affinities.ts';
import type { DropDataset } from './dataset.ts';
import { cityTakeRate, type DropConfig } from './levers.ts';
import type { CityInput } from './simulate.ts';
import type { StageCache } from './stage-cache.ts';
import { eligibility, type Pairs } from './stages/eligibility.ts';
import { affinityFactors, distanceFactors, recencyFactors, type Factors } from './stages/factors.ts';
import { rejectionFactors } from './stages/rejection-factors.ts';
import { rewardFactors } from './stages/reward-factor.ts';
import { score, type Scores } from './stages/score.ts';
import type { Supply } from './stages/supply.ts';

/**
 * The stages before the matching, each of which looks at one user or one city at a time: eligibility → score →
 * brand ranking. What they read of the rest of the scenario is in `asOf` (counts by contract) and `allowed`, so
 * that a dataset of some of the cities gives just what the whole one gives for them.
 */
export function prepare(
	dataset: DropDataset,
	asOf: AsOf,
	allowed: Supply,
	config: DropConfig,
	cache: StageCache,
	week: number,
	onStage: OnStage,
): CityInput {
	const affinities = cache.reuse('affinities', [dataset, asOf], () =>
		readAffinities(dataset, dataset.affinity, asOf.run, asOf.time),
	);
	const distance = cache.reuse('distances', [dataset.users.x, dataset.locationStart], () =>
		readDistances(dataset),
	);
	const baselines = cache.reuse('baselines', [dataset, asOf], () => readBaselines(dataset, asOf, distance));

	onStage('eligibility', 0.15);
	const pairs = cache.reuse('eligibility', [dataset, asOf], () => eligibility(dataset, asOf));

	onStage('score', 0.3);
	const factors = readFactors(dataset, asOf, pairs, affinities, distance, baselines, config, cache);
	const { combine, weights } = config.scoring;
	const scores = cache.reuse(
		'score',
		[
			dataset,
			pairs,
			factors.affinity,
			factors.distance,
			factors.rejections,
			factors.recency,
			factors.reward,
			combine,
			weights,
		],
		() => score(dataset, pairs, factors, combine, weights),
	);
	const brandScores =
		config.matching.brandScore === 'shared'
			? scores
			: brandSideScores(dataset, asOf, pairs, factors, config, cache);

	onStage('brand ranking', 0.5);
	const { basis } = config.cutoff;
	const ranking = cache.reuse(
		'brand ranking',
		[affinities, basis, basis === 'catalog' ? null : config.scoring.floor],
		() => rankBrands(affinities, dataset.brandIds.length, basis === 'catalog', config.scoring.floor),
	);
	return { dataset, config, week, asOf, affinities, ranking, distance, baselines, supply: allowed, pairs, factors, scores, brandScores }; // prettier-ignore
}

function readFactors(
	dataset: DropDataset,
	asOf: AsOf,
	pairs: Pairs,
	affinities: Affinities,
	distance: Float64Array,
	baselines: Baselines,
	config: DropConfig,
	cache: StageCache,
): Factors {
	const { combine, floor, distanceBaseline, rejectionDecay, recencyDecay, rewardScaleCents } = config.scoring;
	const takeRates = dataset.cityIds.map((id) => cityTakeRate(config, id));
	return {
		affinity: cache.reuse('affinity factor', [pairs, affinities, floor, combine], () =>
			affinityFactors(dataset, pairs, affinities, floor, combine === 'geometric'),
		),
		distance: cache.reuse(
			'distance factor',
			[pairs, distance, baselines, floor, combine, distanceBaseline],
			() => distanceFactors(dataset, pairs, distance, baselines, config.scoring),
		),
		rejections: cache.reuse('rejections factor', [pairs, asOf, floor, combine, rejectionDecay], () =>
			rejectionFactors(dataset, asOf, pairs, config.scoring),
		),
		recency: cache.reuse('recency factor', [asOf, floor, combine, recencyDecay], () =>
			recencyFactors(asOf, config.scoring),
		),
		reward: cache.reuse('reward factor', [dataset, floor, combine, rewardScaleCents, takeRates], () =>
			rewardFactors(dataset, config),
		),
	};
}

/** Scores with the chance of returning without a reward in affinity's place (spec section 4). */
function brandSideScores(
	dataset: DropDataset,
	asOf: AsOf,
	pairs: Pairs,
	factors: Factors,
	config: DropConfig,
	cache: StageCache,
): Scores {
	const { combine, weights, floor } = config.scoring;
	const best = cache.reuse('best customers', [dataset, asOf], () =>
		readAffinities(dataset, dataset.bestCustomer, asOf.run, asOf.time),
	);
	const affinity = cache.reuse('best customer factor', [pairs, best, floor, combine], () =>
		affinityFactors(dataset, pairs, best, floor, combine === 'geometric'),
	);
	return cache.reuse(
		'brand score',
		[
			dataset,
			pairs,
			affinity,
			factors.distance,
			factors.rejections,
			factors.recency,
			factors.reward,
			combine,
			weights,
		],
		() => score(dataset, pairs, { ...factors, affinity }, combine, weights),
	);
}
