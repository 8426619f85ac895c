import { canonicalJson, sha256Hex } from '../hash.ts';
import type { Config } from '../levers.ts';
import { compareUserPairs, LUCK_PURPOSE } from './pair-order.ts';
import type { DropRun } from './simulate.ts';
import { userOfPair } from './stages/eligibility.ts';

/** Why a user got nothing, in the order that decides (spec section 5). */
export const SKIP_REASONS = ['nothing-eligible', 'all-below-cutoff', 'growth-only', 'outcompeted'] as const;

/** What a Drop decided: assignments by user id, then slot, and who was skipped. */
export interface DropOutcome {
	/** columns by assignment */
	readonly user: Uint32Array;
	readonly contract: Uint32Array;
	/** from 1: sponsored best first, then growth in the order given */
	readonly slot: Uint8Array;
	readonly points: Int32Array;
	/** chance of a growth pick; NaN for sponsored */
	readonly propensity: Float64Array;
	/** pair of each assignment */
	readonly pair: Uint32Array;
	/** assignments of user u: `userStart[u] … userStart[u + 1]`, indexes into `byUser` */
	readonly userStart: Uint32Array;
	readonly byUser: Uint32Array;
	/** index into `SKIP_REASONS` by user; -1 for served or not considered */
	readonly skipReason: Int8Array;
	readonly cities: readonly CityOutcome[];
}

/** Totals of one city. */
export interface CityOutcome {
	readonly considered: number;
	readonly served: number;
	readonly sponsored: number;
	readonly growth: number;
	readonly eligiblePairs: number;
	readonly blockingPairs: number;
	readonly totalSponsoredPoints: number;
	/** km, NaN without a baseline */
	readonly medianDistanceKm: number;
}

/** Gathers what the cities of a run gave. */
export function gatherOutcome(run: DropRun): DropOutcome {
	const { dataset, pairs, points } = run;
	const userCount = dataset.users.ids.length;

	// by user: sponsored pairs best first, then growth pairs as given
	const sponsored: number[][] = Array.from({ length: userCount }, () => []);
	const growth: { pair: number; propensity: number }[][] = Array.from({ length: userCount }, () => []);
	const userOf = (pair: number) => userOfPair(pairs, pair);
	let count = 0;
	for (const city of run.cities) {
		for (const pair of city.sponsoredPair) sponsored[userOf(pair)].push(pair);
		for (let i = 0; i < city.growth.pair.length; i++) {
			growth[userOf(city.growth.pair[i])].push({
				pair: city.growth.pair[i],
				propensity: city.growth.propensity[i],
			});
		}
		count += city.sponsoredPair.length + city.growth.pair.length;
	}

	const columns = {
		user: new Uint32Array(count),
		contract: new Uint32Array(count),
		slot: new Uint8Array(count),
		points: new Int32Array(count),
		propensity: new Float64Array(count).fill(NaN),
		pair: new Uint32Array(count),
	};
	const byId = Uint32Array.from({ length: userCount }, (_, u) => u).sort((u, v) =>
		dataset.users.ids[u] < dataset.users.ids[v] ? -1 : 1,
	);
	const stream = LUCK_PURPOSE + 256 * run.week;
	const first = new Uint32Array(userCount);
	let a = 0;
	for (const u of byId) {
		first[u] = a;
		const ordered = sponsored[u]
			.sort((p, q) => compareUserPairs(dataset, pairs, points, run.config.seed, stream, u, p, q))
			.map((pair) => ({ pair, propensity: NaN }));
		let slot = 0;
		for (const { pair, propensity } of [...ordered, ...growth[u]]) {
			columns.user[a] = u;
			columns.contract[a] = pairs.contract[pair];
			columns.slot[a] = ++slot;
			columns.points[a] = points[pair];
			columns.propensity[a] = propensity;
			columns.pair[a] = pair;
			a++;
		}
	}

	const userStart = new Uint32Array(userCount + 1);
	const byUser = new Uint32Array(count);
	for (let u = 0; u < userCount; u++) {
		const held = sponsored[u].length + growth[u].length;
		userStart[u + 1] = userStart[u] + held;
		for (let i = 0; i < held; i++) byUser[userStart[u] + i] = first[u] + i;
	}
	const skipReason = skipReasons(run, userStart);
	return { ...columns, userStart, byUser, skipReason, cities: cityTotals(run, userStart) };
}

/** Why each considered user without assignments got none. */
function skipReasons(run: DropRun, userStart: Uint32Array): Int8Array {
	const { dataset, pairs, isAbove } = run;
	const reason = new Int8Array(dataset.users.ids.length).fill(-1);
	for (let u = 0; u < reason.length; u++) {
		if (!run.asOf.isConsidered[u] || userStart[u + 1] > userStart[u]) continue;
		const city = run.cities[dataset.users.city[u]];
		let hasEligible = false;
		let hasAbove = false;
		let hasSponsored = false;
		for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
			const c = pairs.contract[p];
			if (city.seats[c] === 0) continue;
			hasEligible = true;
			if (!isAbove[p]) continue;
			hasAbove = true;
			if (dataset.contracts.isSponsored[c]) hasSponsored = true;
		}
		const isPutOut = city.isOut[u - dataset.cityUserStart[dataset.users.city[u]]] === 1;
		if (!hasEligible) reason[u] = 0;
		else if (!hasAbove || isPutOut) reason[u] = 1;
		else reason[u] = hasSponsored ? 3 : 2;
	}
	return reason;
}

function cityTotals(run: DropRun, userStart: Uint32Array): CityOutcome[] {
	const { dataset, pairs, points } = run;
	return run.cities.map((city, y) => {
		const [firstUser, endUser] = [dataset.cityUserStart[y], dataset.cityUserStart[y + 1]];
		let served = 0;
		for (let u = firstUser; u < endUser; u++) if (userStart[u + 1] > userStart[u]) served++;
		let eligiblePairs = 0;
		for (let p = pairs.start[firstUser]; p < pairs.start[endUser]; p++) {
			if (city.seats[pairs.contract[p]] > 0) eligiblePairs++;
		}
		let totalSponsoredPoints = 0;
		for (const pair of city.sponsoredPair) totalSponsoredPoints += points[pair];
		return {
			considered: run.asOf.cityUserCount[y],
			served,
			sponsored: city.sponsoredPair.length,
			growth: city.growth.pair.length,
			eligiblePairs,
			blockingPairs: city.sponsored.blockingCount,
			totalSponsoredPoints,
			medianDistanceKm: run.baselines.cityKm[y],
		};
	});
}

/**
 * SHA-256 over the sorted assignment list and the configuration (spec section 12), as canonical JSON of
 * integers and text: a propensity counts by its digits.
 */
export function hashOutcome(run: DropRun, outcome: DropOutcome, config: Config): string {
	const { users, contracts } = run.dataset;
	const lines: string[] = [];
	for (let a = 0; a < outcome.user.length; a++) {
		const propensity = outcome.propensity[a];
		lines.push(
			canonicalJson([
				users.ids[outcome.user[a]],
				contracts.ids[outcome.contract[a]],
				outcome.slot[a],
				outcome.points[a],
				Number.isNaN(propensity) ? null : String(propensity),
			]),
		);
	}
	return sha256Hex(`${canonicalJson(config)}\n${lines.join('\n')}`);
}
