import { runCity } from '../city-run.ts';
import { cityBottomShare, cityRatio, type DropConfig } from '../levers.ts';
import { pathPart } from '../../levers.ts';
import type { Explanation } from '../../report.ts';
import { simulate, type DropRun } from '../simulate.ts';
import { StageCache } from '../stage-cache.ts';
import { pairOf, type Standing } from './standing.ts';

/**
 * The least changes that would give user u contract c. Each is found by bisection and then confirmed by the
 * engine: the change flips the outcome, and one step less does not. What cannot be confirmed is not offered.
 */
export function leastChanges(
	run: DropRun,
	standing: Standing,
	u: number,
	c: number,
	cache: StageCache,
): Explanation['changes'] {
	switch (standing.kind) {
		case 'full':
		case 'outranked':
			return [...morePoints(run, u, c), ...moreSupply(run, u, c)];
		case 'below-cutoff':
			return softerCutoff(run, u, c, cache);
		case 'ineligible':
			return standing.reasons.every((code) => code === 'no-supply' || code === 'conversions-maxed')
				? moreSupply(run, u, c)
				: [];
		case 'growth-missed':
			return standing.why === 'no-room' ? lowerRatio(run, u, c, cache) : [];
		case 'given':
		case 'put-out':
		case 'brand-held':
			return [];
	}
}

/** Did u get c in the city's part of a run? */
function hasGot(run: Pick<DropRun, 'pairs'>, city: DropRun['cities'][number], u: number, c: number): boolean {
	const { start, contract } = run.pairs;
	const isHers = (p: number) => p >= start[u] && p < start[u + 1] && contract[p] === c;
	return city.sponsoredPair.some(isHers) || city.growth.pair.some(isHers);
}

/** The least n in [1, most] that flips, or null: `flips` must hold from some n on. */
function leastThatFlips(most: number, flips: (n: number) => boolean): number | null {
	let high = 1;
	while (high < most && !flips(high)) high = Math.min(most, high * 4);
	if (!flips(high)) return null;
	let low = 0;
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (flips(middle)) high = middle;
		else low = middle;
	}
	return high;
}

function morePoints(run: DropRun, u: number, c: number): Explanation['changes'] {
	const p = pairOf(run, u, c);
	const y = run.dataset.users.city[u];
	const ratio = cityRatio(run.config, run.dataset.cityIds[y]);
	const flips = (n: number) => {
		const points = run.points.slice();
		points[p] += n;
		let brandPoints = points;
		if (run.brandPoints !== run.points) {
			brandPoints = run.brandPoints.slice();
			brandPoints[p] += n;
		}
		return hasGot(
			run,
			runCity({ ...run, points, brandPoints }, y, ratio, run.cities[y].seats, new StageCache(1)),
			u,
			c,
		);
	};
	const least = leastThatFlips(1_000_000 - run.points[p], flips);
	return least === null ? [] : [{ sentence: `Would get it with ${least} more points.` }];
}

function moreSupply(run: DropRun, u: number, c: number): Explanation['changes'] {
	const { dataset, asOf, config, week } = run;
	const y = dataset.users.city[u];
	const cache = new StageCache(2);
	const flips = (n: number) => {
		const supply = dataset.contracts.supply.slice();
		supply[c] += n;
		const changed = { ...dataset, contracts: { ...dataset.contracts, supply } };
		const again = simulate(changed, asOf.time, config, cache, week);
		return hasGot(again, again.cities[y], u, c);
	};
	const least = leastThatFlips(Math.max(64, dataset.contracts.supply[c] * 4), flips);
	return least === null
		? []
		: [{ sentence: `Would get it with ${least} more ${least === 1 ? 'unit' : 'units'} of supply.` }];
}

/** Tries a city lever on a grid of 0.01 downwards and gives the highest value that flips. */
function lowerLever(
	run: DropRun,
	u: number,
	c: number,
	cache: StageCache,
	key: 'bottomShare' | 'sponsorshipRatio',
	from: number,
	words: string,
): Explanation['changes'] {
	const { dataset, asOf, config, week } = run;
	const y = dataset.users.city[u];
	const cityId = dataset.cityIds[y];
	const steps = Math.ceil(from * 100 - 1e-9);
	const valueAt = (n: number) => Math.max(0, steps - n) / 100;
	const flips = (n: number) => {
		const own = Object.hasOwn(config.cities, cityId) ? config.cities[cityId] : {};
		const cities = { ...config.cities, [cityId]: { ...own, [key]: valueAt(n) } };
		const changed: DropConfig = { ...config, cities };
		const again = simulate(dataset, asOf.time, changed, cache, week);
		return hasGot(again, again.cities[y], u, c);
	};
	const most = key === 'sponsorshipRatio' ? steps - 1 : steps;
	const least = most < 1 ? null : leastThatFlips(most, flips);
	if (least === null) return [];
	const value = valueAt(least);
	return [
		{
			sentence: `Would get it with ${dataset.cityNames[y]}’s ${words} at ${value.toFixed(2)}.`,
			path: `cities.${pathPart(cityId)}.${key}`,
			value,
		},
	];
}

function softerCutoff(run: DropRun, u: number, c: number, cache: StageCache): Explanation['changes'] {
	const from = cityBottomShare(run.config, run.dataset.cityIds[run.dataset.users.city[u]]);
	return lowerLever(run, u, c, cache, 'bottomShare', from, 'cutoff');
}

function lowerRatio(run: DropRun, u: number, c: number, cache: StageCache): Explanation['changes'] {
	const from = cityRatio(run.config, run.dataset.cityIds[run.dataset.users.city[u]]);
	return lowerLever(run, u, c, cache, 'sponsorshipRatio', from, 'sponsorship ratio');
}
