import { runCity } from '../city-run.ts';
import { cityBottomShare, cityRatio, type DropConfig } from '../levers.ts';
import { pathPart } from '../../levers.ts';
import { grouped } from '../../number-text.ts';
import type { Explanation } from '../../report.ts';
import { runToCity } from '../parts/run-to-city.ts';
import { simulate, type DropRun } from '../simulate.ts';
import { StageCache } from '../stage-cache.ts';
import { pointsOfAll } from '../stages/points-of-pairs.ts';
import { withPoints } from '../stages/score.ts';
import { supply } from '../stages/supply.ts';
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
			return [...morePoints(run, u, c), ...moreSupply(run, u, c, cache)];
		case 'below-cutoff':
			return softerCutoff(run, u, c);
		case 'ineligible':
			return standing.reasons.every((code) => code === 'no-supply' || code === 'conversions-maxed')
				? moreSupply(run, u, c, cache)
				: [];
		case 'growth-missed':
			return standing.why === 'no-room' ? lowerRatio(run, u, c) : [];
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
	return city.assigned.pair.some(isHers) || city.growth.pair.some(isHers);
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
	// points move in her city alone, and the cities before it do not see them; which pairs are open stays
	const points = pointsOfAll(run.scores).slice();
	const isShared = run.brandScores === run.scores;
	const brandPoints = isShared ? points : pointsOfAll(run.brandScores).slice();
	const [own, ofBrand] = [points[p], brandPoints[p]];
	const cache = new StageCache(1);
	const flips = (n: number) => {
		points[p] = own + n;
		brandPoints[p] = ofBrand + n;
		// scores of their own each time: the cache knows results by what they are of
		const scores = withPoints(run.scores, points);
		const brandScores = isShared ? scores : withPoints(run.brandScores, brandPoints);
		const input = { ...run, scores, brandScores };
		return hasGot(run, runCity(input, y, ratio, run.cities[y].seats, cache), u, c);
	};
	const least = leastThatFlips(1_000_000 - own, flips);
	return least === null ? [] : [{ sentence: `Would get it with ${grouped(least)} more points.` }];
}

function moreSupply(run: DropRun, u: number, c: number, cache: StageCache): Explanation['changes'] {
	const { dataset, asOf, config, week } = run;
	const y = dataset.users.city[u];
	// pairs leave out a contract that has had all its conversions, and nothing else that supply decides
	const isReopened = asOf.conversions[c] >= dataset.contracts.supply[c];
	const flips = (n: number) => {
		const supplies = dataset.contracts.supply.slice();
		supplies[c] += n;
		const contracts = { ...dataset.contracts, supply: supplies };
		if (isReopened) {
			const again = simulate({ ...dataset, contracts }, asOf.time, config, new StageCache(1), week);
			return hasGot(again, again.cities[y], u, c);
		}
		const input = { ...run, supply: supply(contracts, asOf, config.supply) };
		return hasGot(run, runToCity(input, y, cache), u, c);
	};
	const least = leastThatFlips(Math.max(64, dataset.contracts.supply[c] * 4), flips);
	return least === null
		? []
		: [{ sentence: `Would get it with ${grouped(least)} more ${least === 1 ? 'unit' : 'units'} of supply.` }];
}

/** Tries a city lever on a grid of 0.01 downwards and gives the highest value that flips. */
function lowerLever(
	run: DropRun,
	u: number,
	c: number,
	key: 'bottomShare' | 'sponsorshipRatio',
	from: number,
	words: string,
): Explanation['changes'] {
	const { dataset, config } = run;
	const y = dataset.users.city[u];
	const { seats } = run.cities[y];
	const cityId = dataset.cityIds[y];
	const steps = Math.ceil(from * 100 - 1e-9);
	const valueAt = (n: number) => Math.max(0, steps - n) / 100;
	const flips = (n: number) => {
		const own = Object.hasOwn(config.cities, cityId) ? config.cities[cityId] : {};
		const cities = { ...config.cities, [cityId]: { ...own, [key]: valueAt(n) } };
		const changed: DropConfig = { ...config, cities };
		// the levers of a city change nothing for the cities before it: its seats stand
		const input = { ...run, config: changed };
		return hasGot(run, runCity(input, y, cityRatio(changed, cityId), seats, new StageCache(1)), u, c);
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

function softerCutoff(run: DropRun, u: number, c: number): Explanation['changes'] {
	const from = cityBottomShare(run.config, run.dataset.cityIds[run.dataset.users.city[u]]);
	return lowerLever(run, u, c, 'bottomShare', from, 'cutoff');
}

function lowerRatio(run: DropRun, u: number, c: number): Explanation['changes'] {
	const from = cityRatio(run.config, run.dataset.cityIds[run.dataset.users.city[u]]);
	return lowerLever(run, u, c, 'sponsorshipRatio', from, 'sponsorship ratio');
}
