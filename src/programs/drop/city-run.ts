import { checkStable } from '#engine/match/check-stable.ts';
import { cityBottomShare } from './levers.ts';
import { LUCK_PURPOSE } from './pair-order.ts';
import type { CityInput } from './simulate.ts';
import type { StageCache } from './stage-cache.ts';
import { cutoff } from './stages/cutoff.ts';
import { growthFill, type GrowthFill } from './stages/growth-fill.ts';
import { gatherCity, type CityMatch } from './stages/gather-city.ts';
import { match, type MatchResult } from './stages/match.ts';
import { objectiveWeights } from './stages/objective-weights.ts';

/** Sponsored matching of one city: who got what, and how good the matching is. */
export interface SponsoredRun {
	readonly matching: CityMatch;
	readonly result: MatchResult;
	/** objective weight of each pair of the input */
	readonly weights: Float64Array;
	/** pairs that block, before any user is put out by `skip-user` */
	readonly blockingCount: number;
}

/** One city's part of a run. */
export interface CityRun {
	/** pairs above the cutoff, from the city's first pair */
	readonly isAbove: Uint8Array;
	readonly sponsored: SponsoredRun;
	/** seats it started from and took, by contract; seats freed by `skip-user` stay taken */
	readonly seats: Float64Array;
	readonly taken: Float64Array;
	/** sponsored pairs that stay, ascending */
	readonly sponsoredPair: Uint32Array;
	/** users put out by `skip-user`, by place in the city */
	readonly isOut: Uint8Array;
	/** growth rewards in the order given */
	readonly growth: GrowthFill;
}

/** What a city decided, without how: what outcome and report read. */
export type CityDecision = Pick<CityRun, 'seats' | 'taken' | 'sponsoredPair' | 'isOut' | 'growth'> & {
	readonly sponsored: Pick<SponsoredRun, 'blockingCount'>;
};

/** Runs cutoff, matching, the `skip-user` rule and the growth fill of city y on the seats given. */
export function runCity(
	run: CityInput,
	y: number,
	ratio: number,
	seats: Float64Array,
	cache: StageCache,
): CityRun {
	const { dataset, config, pairs, ranking, affinities } = run;
	const cityCount = dataset.cityIds.length;
	const isSkipUser = config.cutoff.mode === 'skip-user';
	const local = citySeats(run, y, seats);
	const isAbove = cache.reuse(
		'cutoff',
		[dataset, y, pairs, affinities, ranking, config.cutoff, config.scoring.floor, cityBottomShare(config, dataset.cityIds[y]), ...(config.cutoff.basis === 'eligible' ? [local] : [])], // prettier-ignore
		() => cutoff(dataset, y, pairs, seats, affinities, ranking, config),
		cityCount,
	);
	const shared = [dataset, pairs, run.points, run.brandPoints, isAbove, isSkipUser, config.slotsPerUser, config.growth.reservedSlots, config.seed, run.week, y]; // prettier-ignore

	const sponsored = cache.reuse(
		'matching',
		[
			...shared,
			local.sponsored,
			config.matching,
			...(config.matching.objective === 'points' ? [] : [run.supply]),
		],
		() => matchSponsored(run, y, seats, isSkipUser ? null : isAbove),
		cityCount,
	);
	return cache.reuse(
		'growth fill',
		[...shared, sponsored.weights, config.growth, ratio, local.growth],
		() => fillCity(run, y, ratio, seats, sponsored, isAbove, isSkipUser),
		cityCount,
	);
}

/** The seats that matter to a city, for cache keys: of the contracts that serve it, by kind. */
function citySeats(
	run: CityInput,
	y: number,
	seats: Float64Array,
): { sponsored: number[]; growth: number[] } {
	const { city, cityStart, isSponsored } = run.dataset.contracts;
	const found: { sponsored: number[]; growth: number[] } = { sponsored: [], growth: [] };
	for (let c = 0; c < seats.length; c++) {
		for (let i = cityStart[c]; i < cityStart[c + 1]; i++) {
			if (city[i] === y) (isSponsored[c] ? found.sponsored : found.growth).push(seats[c]);
		}
	}
	return found;
}

/** With `skip-user` all eligible pairs take part, `isOpen` is null, and the cutoff comes after. */
function matchSponsored(
	run: CityInput,
	y: number,
	seats: Float64Array,
	isOpen: Uint8Array | null,
): SponsoredRun {
	const { dataset, config, pairs, supply } = run;
	const stream = LUCK_PURPOSE + 256 * run.week;
	const matching = gatherCity(dataset, y, pairs, isOpen, run.points, run.brandPoints, seats, config, stream);
	const brandCount = dataset.brandIds.length;
	const { value } = run.affinities;
	const weights = objectiveWeights(
		dataset,
		matching,
		pairs,
		config.matching.objective,
		(u, b) => {
			const a = value[u * brandCount + b];
			return Number.isNaN(a) ? config.scoring.floor : a;
		},
		supply.selectionRate,
		supply.conversionRate,
	);
	const result = match(matching.input, config.matching.method, weights);
	return {
		matching,
		result,
		weights,
		blockingCount: checkStable(matching.input, result.isGiven).blockingCount,
	};
}

function fillCity(
	run: CityInput,
	y: number,
	ratio: number,
	seats: Float64Array,
	sponsored: SponsoredRun,
	isAbove: Uint8Array,
	isSkipUser: boolean,
): CityRun {
	const { dataset, config, pairs } = run;
	const { matching, result } = sponsored;
	const taken = new Float64Array(seats.length);
	const firstPair = pairs.start[matching.firstUser];
	const isOut = new Uint8Array(matching.input.userCount);
	const isGiven = new Uint8Array(pairs.start[matching.firstUser + isOut.length] - firstPair);
	const kept: number[] = [];

	for (let i = 0; i < matching.input.userCount; i++) {
		const given: number[] = [];
		let isAnyAbove = false;
		for (let p = matching.input.start[i]; p < matching.input.start[i + 1]; p++) {
			if (!result.isGiven[p]) continue;
			const pair = matching.pair[p];
			given.push(pair);
			taken[pairs.contract[pair]]++;
			if (isAbove[pair - firstPair]) isAnyAbove = true;
		}
		// all of hers below the cutoff: she loses them, and nobody else gets them
		if (isSkipUser && given.length > 0 && !isAnyAbove) {
			isOut[i] = 1;
			continue;
		}
		for (const pair of given) {
			isGiven[pair - firstPair] = 1;
			kept.push(pair);
		}
	}

	const growthSeats = Float64Array.from(seats);
	const growth = growthFill({
		dataset,
		y,
		pairs,
		isAbove,
		points: run.points,
		isGiven,
		isOut: isOut.map((out, i) => (out || !run.asOf.isConsidered[matching.firstUser + i] ? 1 : 0)),
		seats: growthSeats,
		ratio,
		config,
		weekStream: 256 * run.week,
	});
	for (let i = 0; i < growth.pair.length; i++) taken[pairs.contract[growth.pair[i]]]++;
	return {
		isAbove,
		sponsored,
		seats,
		taken,
		sponsoredPair: Uint32Array.from(kept),
		isOut,
		growth,
	};
}
