import { splitByLargestRemainder } from '#engine/share.ts';
import type { OnStage } from '../program.ts';
import type { Affinities, BrandRanking } from './affinities.ts';
import { readAsOf, type AsOf } from './as-of.ts';
import { runCity, type CityRun } from './city-run.ts';
import type { DropDataset } from './dataset.ts';
import type { Baselines } from './distances.ts';
import { cityRatio, type DropConfig } from './levers.ts';
import { prepare } from './prepare.ts';
import type { StageCache } from './stage-cache.ts';
import type { Pairs } from './stages/eligibility.ts';
import type { Factors } from './stages/factors.ts';
import type { Scores } from './stages/score.ts';
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
	readonly scores: Scores;
	/** scores by which contracts rank users; the same object when one serves both */
	readonly brandScores: Scores;
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
	onStage('supply', 0.1);
	const allowed = cache.reuse('supply', [dataset, asOf, config.supply], () =>
		supply(dataset.contracts, asOf, config.supply),
	);
	const run = prepare(dataset, asOf, allowed, config, cache, week, onStage);
	return { ...run, ...runCities(run, cache, onStage) };
}

/** What the cities of a run share. */
export type CityInput = Omit<DropRun, 'isAbove' | 'cityOrder' | 'cities'>;

/** Runs the cities of a Drop whose pairs are scored, largest first. */
export function runCities(
	run: CityInput,
	cache: StageCache,
	onStage: OnStage,
): Pick<DropRun, 'isAbove' | 'cityOrder' | 'cities'> {
	const { dataset, asOf, config } = run;
	const cityOrder = orderCities(asOf.cityUserCount);
	const seatsOfCity = config.supply.split === 'proportional' ? proportionalSeats(dataset, run.supply, asOf.cityUserCount) : null; // prettier-ignore
	const left = Float64Array.from(run.supply.seats);

	const cities: CityRun[] = [];
	let done = 0;
	for (const y of cityOrder) {
		onStage(`matching ${dataset.cityNames[y]}`, 0.55 + (0.4 * done) / run.pairs.contract.length || 0.55);
		const seats = seatsOfCity === null ? left.slice() : seatsOfCity[y];
		cities[y] = runCity(run, y, cityRatio(config, dataset.cityIds[y]), seats, cache);
		if (seatsOfCity === null) {
			for (let c = 0; c < left.length; c++) left[c] -= cities[y].taken[c];
		}
		done += run.pairs.start[dataset.cityUserStart[y + 1]] - run.pairs.start[dataset.cityUserStart[y]];
	}
	return { isAbove: joinMasks(run, cities, cache), cityOrder, cities };
}

/** One mask over all pairs out of those of the cities. */
function joinMasks({ dataset, pairs }: CityInput, cities: readonly CityRun[], cache: StageCache): Uint8Array {
	const masks = cities.map((city) => city.isAbove);
	return cache.reuse('above', [dataset, pairs, ...masks], () => {
		const isAbove = new Uint8Array(pairs.contract.length);
		masks.forEach((mask, y) => isAbove.set(mask, pairs.start[dataset.cityUserStart[y]]));
		return isAbove;
	});
}

/** Cities in the order they run: most considered users first, ties by id (spec section 6). */
export function orderCities(cityUserCount: Uint32Array): Uint32Array {
	return Uint32Array.from(cityUserCount.keys()).sort((x, y) => cityUserCount[y] - cityUserCount[x] || x - y);
}

/** Seats by city and contract, split in advance by considered users, largest remainder, ties by city id. */
export function proportionalSeats(
	dataset: DropDataset,
	allowed: Supply,
	cityUserCount: Uint32Array,
): Float64Array[] {
	const { cityStart, city } = dataset.contracts;
	const seats = dataset.cityIds.map(() => new Float64Array(allowed.seats.length));
	for (let c = 0; c < allowed.seats.length; c++) {
		const served = city.subarray(cityStart[c], cityStart[c + 1]);
		const weights = Array.from(served, (y) => cityUserCount[y]);
		const parts = splitByLargestRemainder(allowed.seats[c], weights);
		for (let i = 0; i < served.length; i++) seats[served[i]][c] = parts[i];
	}
	return seats;
}
