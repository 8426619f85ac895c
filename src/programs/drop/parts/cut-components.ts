import type { AsOf } from '../as-of.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { orderCities, proportionalSeats } from '../simulate.ts';
import { hasLocation, isOpenTo } from '../stages/eligibility.ts';
import type { Supply } from '../stages/supply.ts';

/** Cities that share supply. Plain data. */
export interface Component {
	/** in the order they run: the seats that one leaves are what the next finds */
	readonly cities: Uint32Array;
	/** seats by contract that the first of them finds */
	readonly seats: Float64Array;
}

/**
 * Cuts the cities of a run into components that share no supply, so that each can be run without the others. A
 * contract joins the cities that could draw on its seats: it has seats left to give, is open and has a location
 * there, and the city has users. With `supply.split = "proportional"` each city has seats of its own, and nothing
 * joins. The cut follows from the data and the configuration alone, never from how many workers there are.
 *
 * Nothing else ties cities together: luck and picks are drawn by user and contract, brand limits, slots, rankings,
 * baselines and mean affinities are those of a user or a city, ratios and cutoffs are levers of a city. Supply and
 * its rates are pooled over all contracts and come first, from the whole dataset.
 *
 * Every city is in one component, a city without users in one of its own. Components stand in the order of their
 * first cities in a run. O(contracts · cities).
 */
export function cutComponents(
	dataset: DropDataset,
	asOf: AsOf,
	allowed: Supply,
	config: DropConfig,
): readonly Component[] {
	const { contracts, cityIds } = dataset;
	const parent = Uint32Array.from(cityIds.keys());
	const rootOf = (y: number) => {
		while (parent[y] !== y) y = parent[y];
		return y;
	};
	if (config.supply.split !== 'proportional') {
		for (let c = 0; c < contracts.ids.length; c++) {
			if (allowed.seats[c] === 0) continue;
			let first = -1;
			for (let i = contracts.cityStart[c]; i < contracts.cityStart[c + 1]; i++) {
				const y = contracts.city[i];
				if (asOf.cityUserCount[y] === 0 || !isOpenTo(dataset, asOf.time, c, y)) continue;
				if (!hasLocation(dataset, y, contracts.brand[c])) continue;
				if (first < 0) first = rootOf(y);
				else parent[rootOf(y)] = first;
			}
		}
	}

	const members = new Map<number, number[]>();
	for (const y of orderCities(asOf.cityUserCount)) {
		const root = rootOf(y);
		const cities = members.get(root);
		if (cities) cities.push(y);
		else members.set(root, [y]);
	}
	const own = config.supply.split === 'proportional' ? proportionalSeats(dataset, allowed, asOf.cityUserCount) : null; // prettier-ignore
	return [...members.values()].map((cities) => ({
		cities: Uint32Array.from(cities),
		seats: own === null ? allowed.seats : own[cities[0]],
	}));
}
