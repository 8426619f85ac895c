import { floorShare } from '#engine/share.ts';
import type { Affinities, BrandRanking } from '../affinities.ts';
import type { DropDataset } from '../dataset.ts';
import { cityBottomShare, type DropConfig } from '../levers.ts';
import type { Pairs } from './eligibility.ts';

/**
 * Stage 4. Marks the pairs of city y above the cutoff (spec section 5): those whose brand is not in the bottom
 * share of the user's own ranking and not under the least affinity. A brand that is not ranked, because the
 * run has no affinity of the user for it, is only held to the least affinity. The mask counts from the city's
 * first pair.
 *
 * `ranking` ranks the basis: the user's catalogue, or all brands, of which with basis `eligible` only those
 * with a pair that has `seats` in this city count.
 */
export function cutoff(
	dataset: DropDataset,
	y: number,
	pairs: Pairs,
	seats: Float64Array,
	affinities: Affinities,
	ranking: BrandRanking,
	config: DropConfig,
): Uint8Array {
	const brandCount = dataset.brandIds.length;
	const { brand } = dataset.contracts;
	const { basis, minAffinity } = config.cutoff;
	const [firstUser, endUser] = [dataset.cityUserStart[y], dataset.cityUserStart[y + 1]];
	const firstPair = pairs.start[firstUser];
	const isAbove = new Uint8Array(pairs.start[endUser] - firstPair);
	const share = cityBottomShare(config, dataset.cityIds[y]);
	const firstCutByCount = new Map<number, number>();

	for (let u = firstUser; u < endUser; u++) {
		const [first, end] = [pairs.start[u], pairs.start[u + 1]];
		if (first === end) continue;
		const row = u * brandCount;
		const ranked =
			basis === 'catalog' ? null : eligibleRanks(pairs, seats, brand, ranking.place, row, first, end);
		const count = ranked === null ? ranking.count[u] : ranked.length;

		// ranks count from the best, so the bottom share is the end of the ranking
		let firstCut = firstCutByCount.get(count);
		if (firstCut === undefined) {
			firstCut = count - floorShare(count, share) + 1;
			firstCutByCount.set(count, firstCut);
		}
		for (let p = first; p < end; p++) {
			const b = brand[pairs.contract[p]];
			const rank = ranking.place[row + b];
			const place = ranked === null ? rank : placeIn(ranked, rank);
			if (place >= firstCut) continue;
			const value = affinities.value[row + b];
			if ((Number.isNaN(value) ? config.scoring.floor : value) < minAffinity) continue;
			isAbove[p - firstPair] = 1;
		}
	}
	return isAbove;
}

/** Ranks of the brands with an eligible pair, ascending and without repeats. */
function eligibleRanks(
	pairs: Pairs,
	seats: Float64Array,
	brand: Int32Array,
	brandRank: Uint16Array,
	row: number,
	first: number,
	end: number,
): Uint16Array {
	const ranks = new Set<number>();
	for (let p = first; p < end; p++) {
		if (seats[pairs.contract[p]] > 0) ranks.add(brandRank[row + brand[pairs.contract[p]]]);
	}
	return Uint16Array.from(ranks).sort();
}

/** 1-based place of `rank` in ascending `ranks`; past the end when it is not there. */
function placeIn(ranks: Uint16Array, rank: number): number {
	const i = ranks.indexOf(rank);
	return i < 0 ? ranks.length + 1 : i + 1;
}
