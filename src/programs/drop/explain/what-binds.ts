import { pathPart } from '../../levers.ts';
import { grouped } from '../../number-text.ts';
import { hashOutcome } from '../hash-outcome.ts';
import { gatherOutcome } from '../outcome.ts';
import type { DropConfig } from '../levers.ts';
import type { DropDataset } from '../dataset.ts';
import { simulate, type DropRun } from '../simulate.ts';
import { StageCache } from '../stage-cache.ts';
import { rerunWithSeats } from './rerun.ts';

/** More places than any contract can use. */
const ENOUGH = 100_000;

/**
 * What supply keeps a change of settings without effect, if it is supply: growth places first, then sponsored
 * ones, in the city that the lever's path names (`cities.austin.sponsorshipRatio`) or, without one, in all. The least number of further assignments of each such
 * contract is found by halving; with it the same change moves someone, with one fewer it does not. Null where no
 * supply would make it matter.
 */
export function supplyThatBinds(
	dataset: DropDataset,
	before: DropConfig,
	after: DropConfig,
	path: string,
	cache: StageCache,
): string | null {
	const [was, is] = [before, after].map((config) => simulate(dataset, dataset.now, config, cache));
	const [first, part] = path.split('.');
	const y = first === 'cities' ? dataset.cityIds.findIndex((id) => pathPart(id) === part) : -1;
	const where = y < 0 ? 'The scenario' : dataset.cityNames[y];
	for (const isSponsored of [0, 1]) {
		const chosen = contractsIn(dataset, y, isSponsored, dataset.now);
		if (chosen.length === 0) continue;
		const rerunCache = new StageCache(4);
		const matters = (n: number) => assigned(was, chosen, n, rerunCache) !== assigned(is, chosen, n, rerunCache);
		if (!matters(ENOUGH)) continue;
		const least = leastThatMatters(matters);
		const kind = isSponsored ? 'sponsored' : 'growth';
		const needs = `needs ${grouped(least)} more of ${chosen.length === 1 ? 'its one' : `each of its ${chosen.length}`} ${kind} ${chosen.length === 1 ? 'contract' : 'contracts'}`;
		return `${where} has no ${kind} supply left for it to act on (${needs}).`;
	}
	return null;
} // prettier-ignore

/** Contracts of a kind that are open now, in city y or, with -1, anywhere. */
function contractsIn(dataset: DropDataset, y: number, isSponsored: number, now: number): number[] {
	const { contracts } = dataset;
	return Array.from(contracts.ids.keys()).filter((c) => {
		if (contracts.isSponsored[c] !== isSponsored || !contracts.isDrop[c] || contracts.isOnboarding[c]) return false; // prettier-ignore
		if (now < contracts.startsAt[c] || now >= contracts.endsAt[c]) return false;
		return y < 0 || contracts.city.subarray(contracts.cityStart[c], contracts.cityStart[c + 1]).includes(y);
	});
}

/** What a run gives with n more assignments of each chosen contract, as a hash of the assignments alone. */
function assigned(run: DropRun, chosen: readonly number[], n: number, cache: StageCache): string {
	const seats = run.supply.seats.slice();
	for (const c of chosen) seats[c] += n;
	const again = rerunWithSeats(run, seats, cache);
	return hashOutcome(again, gatherOutcome(again), {});
}

function leastThatMatters(matters: (n: number) => boolean): number {
	let [without, reach] = [0, 1];
	while (!matters(reach)) {
		without = reach;
		reach *= 4;
	}
	while (reach - without > 1) {
		const middle = (reach + without) >> 1;
		if (matters(middle)) reach = middle;
		else without = middle;
	}
	return reach;
}
