import { splitByLargestRemainder } from '#engine/share.ts';
import type { OnStage } from '../program.ts';
import { rankBrands, readAffinities, type Affinities, type BrandRanking } from './affinities.ts';
import { readAsOf, type AsOf } from './as-of.ts';
import type { DropDataset } from './dataset.ts';
import { readBaselines, readDistances, type Baselines } from './distances.ts';
import { cityRatio, cityTakeRate, type DropConfig } from './levers.ts';
import type { StageCache } from './stage-cache.ts';
import { runCity, type CityRun } from './city-run.ts';
import { eligibility, type Pairs } from './stages/eligibility.ts';
import {
	affinityFactors,
	distanceFactors,
	recencyFactors,
	rejectionFactors,
	type Factors,
} from './stages/factors.ts';
import { rewardFactors } from './stages/reward-factor.ts';
import { score } from './stages/score.ts';
import { supply, type Supply } from './stages/supply.ts';

/** Everything one run computed, from the as-of state to the assignments of each city. */
export interface DropRun {
	readonly dataset: DropDataset;
	readonly config: DropConfig;
	readonly week: number;
	readonly asOf: AsOf;
	readonly affinities: Affinities;
	readonly ranking: BrandRanking;
	readonly distance: Float64Array;
	readonly baselines: Baselines;
	readonly supply: Supply;
	readonly pairs: Pairs;
	readonly factors: Factors;
	readonly points: Int32Array;
	/** points by which contracts rank users; the same array when one score serves both */
	readonly brandPoints: Int32Array;
	/** mask over pairs: above the cutoff */
	readonly isAbove: Uint8Array;
	/** cities in the order they ran */
	readonly cityOrder: Uint32Array;
	/** by city index */
	readonly cities: readonly CityRun[];
}

/**
 * Runs one Drop at `time`: supply → eligibility → score → cutoff → matching and growth fill city by city.
 * Larger cities first, ties by id; each takes seats that the ones before left (spec section 6). `week` counts
 * Drops of a season from 0 and parts their luck.
 */
export function simulate(
	dataset: DropDataset,
	time: number,
	config: DropConfig,
	cache: StageCache,
	week = 0,
	onStage: OnStage = () => {},
): DropRun {
	onStage('as-of', 0);
	const asOf = cache.reuse('as-of', [dataset, time], () => readAsOf(dataset, time));
	const affinities = cache.reuse('affinities', [dataset.affinity, asOf.run], () =>
		readAffinities(dataset, dataset.affinity, asOf.run),
	);
	const distance = cache.reuse('distances', [dataset.users.x, dataset.locationStart], () =>
		readDistances(dataset),
	);
	const baselines = cache.reuse('baselines', [dataset, asOf], () => readBaselines(dataset, asOf, distance));

	onStage('supply', 0.1);
	const allowed = cache.reuse('supply', [dataset, asOf, config.supply], () =>
		supply(dataset.contracts, asOf, config.supply),
	);
	onStage('eligibility', 0.15);
	const pairs = cache.reuse('eligibility', [dataset, asOf], () => eligibility(dataset, asOf));

	onStage('score', 0.3);
	const factors = readFactors(dataset, asOf, pairs, affinities, distance, baselines, config, cache);
	const { combine, weights } = config.scoring;
	const points = cache.reuse(
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
	const brandPoints =
		config.matching.brandScore === 'shared'
			? points
			: brandSidePoints(dataset, asOf, pairs, factors, config, cache);

	onStage('brand ranking', 0.5);
	const { basis } = config.cutoff;
	const ranking = cache.reuse(
		'brand ranking',
		[affinities, basis, basis === 'catalog' ? null : config.scoring.floor],
		() => rankBrands(affinities, dataset.brandIds.length, basis === 'catalog', config.scoring.floor),
	);
	const run = { dataset, config, week, asOf, affinities, ranking, distance, baselines, supply: allowed, pairs, factors, points, brandPoints }; // prettier-ignore
	return { ...run, ...runCities(run, cache, onStage) };
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

/** Points with the chance of returning without a reward in affinity's place (spec section 4). */
function brandSidePoints(
	dataset: DropDataset,
	asOf: AsOf,
	pairs: Pairs,
	factors: Factors,
	config: DropConfig,
	cache: StageCache,
): Int32Array {
	const { combine, weights, floor } = config.scoring;
	const best = cache.reuse('best customers', [dataset.bestCustomer, asOf.run], () =>
		readAffinities(dataset, dataset.bestCustomer, asOf.run),
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

/** What the cities of a run share. */
export type CityInput = Omit<DropRun, 'isAbove' | 'cityOrder' | 'cities'>;

function runCities(
	run: CityInput,
	cache: StageCache,
	onStage: OnStage,
): Pick<DropRun, 'isAbove' | 'cityOrder' | 'cities'> {
	const { dataset, asOf, config } = run;
	const counts = asOf.cityUserCount;
	const cityOrder = Uint32Array.from(counts.keys()).sort((x, y) => counts[y] - counts[x] || x - y);
	const seatsOfCity = config.supply.split === 'proportional' ? proportionalSeats(run) : null;
	const left = Float64Array.from(run.supply.seats);

	const isAbove = new Uint8Array(run.pairs.contract.length);
	const cities: CityRun[] = [];
	let done = 0;
	for (const y of cityOrder) {
		onStage(`matching ${dataset.cityNames[y]}`, 0.55 + (0.4 * done) / run.pairs.contract.length || 0.55);
		const seats = seatsOfCity === null ? left.slice() : seatsOfCity[y];
		cities[y] = runCity(run, y, cityRatio(config, dataset.cityIds[y]), seats, cache);
		isAbove.set(cities[y].isAbove, run.pairs.start[dataset.cityUserStart[y]]);
		if (seatsOfCity === null) {
			for (let c = 0; c < left.length; c++) left[c] -= cities[y].taken[c];
		}
		done += run.pairs.start[dataset.cityUserStart[y + 1]] - run.pairs.start[dataset.cityUserStart[y]];
	}
	return { isAbove, cityOrder, cities };
}

/** Seats by city and contract, split in advance by considered users, largest remainder, ties by city id. */
function proportionalSeats(run: CityInput): Float64Array[] {
	const { cityStart, city } = run.dataset.contracts;
	const seats = run.dataset.cityIds.map(() => new Float64Array(run.supply.seats.length));
	for (let c = 0; c < run.supply.seats.length; c++) {
		const served = city.subarray(cityStart[c], cityStart[c + 1]);
		const weights = Array.from(served, (y) => run.asOf.cityUserCount[y]);
		const parts = splitByLargestRemainder(run.supply.seats[c], weights);
		for (let i = 0; i < served.length; i++) seats[served[i]][c] = parts[i];
	}
	return seats;
}
