import { checkStable } from '#engine/match/check-stable.ts';
import { mostOthers } from '#engine/share.ts';
import { cityBottomShare } from './levers.ts';
import { compareUserPairs, LUCK_PURPOSE } from './pair-order.ts';
import type { CityInput } from './simulate.ts';
import type { StageCache } from './stage-cache.ts';
import { cutoff } from './stages/cutoff.ts';
import { growthFill, startGrowth } from './stages/growth-fill.ts';
import type { GrowthInput } from './stages/growth-input.ts';
import type { GrowthFill } from './stages/growth-list.ts';
import { openGrowthPairs } from './stages/growth-pairs.ts';
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
	/** the same by user, each user's best first */
	readonly bestPair: Uint32Array;
	/** users put out by `skip-user`, by place in the city */
	readonly isOut: Uint8Array;
	/** growth rewards in the order given */
	readonly growth: GrowthFill;
}

/** What a city decided, without how: what outcome and report read. */
export type CityDecision = Pick<
	CityRun,
	'seats' | 'taken' | 'sponsoredPair' | 'bestPair' | 'isOut' | 'growth'
> & {
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
	const kept = cache.reuse(
		'assign',
		[...shared, sponsored.weights],
		() => keepAssigned(run, y, sponsored, isAbove, isSkipUser),
		cityCount,
	);
	const filling = cache.reuse(
		'growth fill',
		[...shared, kept.pair, config.growth, local.growth],
		() => {
			const input = growthInput(run, y, seats, kept, isAbove);
			// other cities' picks change the seats left, seldom whether there are any
			const isLeft = local.growth.map((count) => count > 0);
			const growthPairs = cache.reuse(
				'growth pairs',
				[...shared, isLeft],
				() => openGrowthPairs(input),
				cityCount,
			);
			return startGrowth(input, growthPairs);
		},
		cityCount,
	);
	// the ratio only says how far the fill goes
	const growth = growthFill(filling, mostOthers(kept.pair.length, ratio));
	const taken = kept.taken.slice();
	for (const p of growth.pair) taken[pairs.contract[p]]++;
	return {
		isAbove,
		sponsored,
		seats,
		taken,
		sponsoredPair: kept.pair,
		bestPair: kept.bestPair,
		isOut: kept.isOut,
		growth,
	};
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

/** Sponsored assignments that stay, and those that `skip-user` takes back. */
interface KeptAssignments {
	readonly pair: Uint32Array;
	readonly bestPair: Uint32Array;
	readonly isOut: Uint8Array;
	/** seats taken by contract, also those freed */
	readonly taken: Float64Array;
}

function keepAssigned(
	run: CityInput,
	y: number,
	{ matching, result }: SponsoredRun,
	isAbove: Uint8Array,
	isSkipUser: boolean,
): KeptAssignments {
	const { dataset, pairs } = run;
	const { input, firstUser } = matching;
	const firstPair = pairs.start[dataset.cityUserStart[y]];
	const taken = new Float64Array(dataset.contracts.ids.length);
	const isOut = new Uint8Array(input.userCount);
	const pair = new Uint32Array(Math.min(input.userCount * input.quota, matching.pair.length));
	const bestPair = new Uint32Array(pair.length);
	const stream = LUCK_PURPOSE + 256 * run.week;
	let count = 0;
	for (let i = 0; i < input.userCount; i++) {
		const first = count;
		let isAnyAbove = false;
		for (let p = input.start[i]; p < input.start[i + 1]; p++) {
			if (!result.isGiven[p]) continue;
			pair[count++] = matching.pair[p];
			taken[pairs.contract[matching.pair[p]]]++;
			if (isAbove[matching.pair[p] - firstPair]) isAnyAbove = true;
		}
		// all of hers below the cutoff: she loses them, and nobody else gets them
		if (isSkipUser && count > first && !isAnyAbove) {
			isOut[i] = 1;
			count = first;
			continue;
		}
		// few to a user: inserted one by one
		for (let j = first; j < count; j++) {
			let k = j;
			while (k > first && compareUserPairs(dataset, pairs, run.points, run.config.seed, stream, firstUser + i, bestPair[k - 1], pair[j]) > 0) {
				bestPair[k] = bestPair[k - 1];
				k--;
			}
			bestPair[k] = pair[j];
		}
	}
	return { pair: pair.slice(0, count), bestPair: bestPair.slice(0, count), isOut, taken };
} // prettier-ignore

function growthInput(
	run: CityInput,
	y: number,
	seats: Float64Array,
	kept: KeptAssignments,
	isAbove: Uint8Array,
): GrowthInput {
	const { dataset, config, pairs, points } = run;
	const firstUser = dataset.cityUserStart[y];
	const isOut = kept.isOut.map((out, i) => (out || !run.asOf.isConsidered[firstUser + i] ? 1 : 0));
	return { dataset, y, pairs, isAbove, points, sponsoredPair: kept.pair, isOut, seats: seats.slice(), config, weekStream: 256 * run.week }; // prettier-ignore
}
