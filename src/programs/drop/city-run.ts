import type { Weights } from '#engine/match/contenders.ts';
import { checkStable } from '#engine/match/check-stable.ts';
import { mostOthers } from '#engine/share.ts';
import { cityBottomShare } from './levers.ts';
import { LUCK_PURPOSE } from './pair-order.ts';
import type { CityInput } from './simulate.ts';
import type { StageCache } from './stage-cache.ts';
import { keepAssigned, type Assigned } from './stages/assign.ts';
import { cutoff } from './stages/cutoff.ts';
import { growthFill } from './stages/growth-fill.ts';
import type { GrowthInput } from './stages/growth-input.ts';
import type { GrowthFill } from './stages/growth-list.ts';
import { startGrowth } from './stages/growth-run.ts';
import { gatherCity, type CityMatch, type OpenPoints } from './stages/gather-city.ts';
import { match, type MatchResult } from './stages/match.ts';
import { objectiveWeights } from './stages/objective-weights.ts';
import { listOpenPairs, offeredContracts, type OpenPairs } from './stages/open-pairs.ts';
import { pointsOfOpen } from './stages/open-points.ts';

/** Sponsored matching of one city: who got what, and how good the matching is. */
export interface SponsoredRun {
	readonly matching: CityMatch;
	readonly result: MatchResult;
	/** objective weight of each pair of the input */
	readonly weights: Weights;
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
	/** sponsored assignments */
	readonly assigned: Assigned;
	/** growth rewards in the order given */
	readonly growth: GrowthFill;
}

/** What a city decided, without how: what outcome and report read. */
export type CityDecision = Pick<CityRun, 'seats' | 'taken' | 'assigned' | 'growth'> & {
	/** no matching where a city was not decided here */
	readonly sponsored: { readonly matching: CityMatch | null; readonly blockingCount: number };
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
	const openOf = (isSponsored: boolean, isOpen: Uint8Array | null) => {
		const isOffered = offeredContracts(dataset, isSponsored, seats);
		// other cities' picks change the seats left, seldom whether there are any
		const served = (isSponsored ? local.sponsored : local.growth).map((count) => count > 0);
		return cache.reuse(
			'open pairs',
			[dataset, y, pairs, isOpen, isSponsored, served],
			() => listOpenPairs(dataset, y, pairs, isOpen, isOffered),
			2 * cityCount,
		);
	};
	const open = openOf(true, isSkipUser ? null : isAbove);
	const points = cache.reuse(
		'points',
		[open, run.scores, run.brandScores],
		() => bothSides(run, open),
		cityCount,
	);
	const rules = [isSkipUser, config.slotsPerUser, config.growth.reservedSlots, config.seed, run.week];
	const sponsored = cache.reuse(
		'matching',
		[
			points,
			...rules,
			local.sponsored,
			config.matching,
			...(config.matching.objective === 'points' ? [] : [run.supply]),
		],
		() => matchSponsored(run, open, points, seats),
		cityCount,
	);
	const assigned = cache.reuse(
		'assign',
		[sponsored.result, isSkipUser ? isAbove : null],
		() => {
			const { matching, result } = sponsored;
			return keepAssigned(dataset, pairs, matching, result.given, isSkipUser ? isAbove : null);
		},
		cityCount,
	);
	const filling = cache.reuse(
		'growth fill',
		[run.scores, isAbove, assigned, ...rules, config.growth, local.growth],
		() => {
			const growth = openOf(false, isAbove);
			const growthPoints = cache.reuse(
				'growth points',
				[growth, run.scores],
				() => pointsOfOpen(run.scores, growth),
				cityCount,
			);
			return startGrowth(growthInput(run, y, seats, assigned), growth, growthPoints);
		},
		cityCount,
	);
	// the ratio only says how far the fill goes
	const growth = growthFill(filling, mostOthers(assigned.pair.length, ratio));
	const taken = assigned.taken.slice();
	for (const c of growth.contract) taken[c]++;
	return { isAbove, sponsored, seats, taken, assigned, growth };
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

function bothSides({ scores, brandScores }: CityInput, open: OpenPairs): OpenPoints {
	const points = pointsOfOpen(scores, open);
	return { points, brandPoints: brandScores === scores ? points : pointsOfOpen(brandScores, open) };
}

function matchSponsored(
	run: CityInput,
	open: OpenPairs,
	points: OpenPoints,
	seats: Float64Array,
): SponsoredRun {
	const { dataset, config, pairs, supply } = run;
	const stream = LUCK_PURPOSE + 256 * run.week;
	const matching = gatherCity(dataset, open, points, seats, config, stream);
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

function growthInput(run: CityInput, y: number, seats: Float64Array, assigned: Assigned): GrowthInput {
	const { dataset, config, pairs } = run;
	const firstUser = dataset.cityUserStart[y];
	const isOut = assigned.isOut.map((out, i) => (out || !run.asOf.isConsidered[firstUser + i] ? 1 : 0));
	return { dataset, y, pairs, assigned, isOut, seats: seats.slice(), config, weekStream: 256 * run.week };
}
