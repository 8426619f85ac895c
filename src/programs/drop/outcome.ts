import type { CityDecision } from './city-run.ts';
import type { DropDataset } from './dataset.ts';
import type { CityInput } from './simulate.ts';

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

/** What was decided, without the pairs it was chosen from: of one machine's run, or merged from many. */
export type Decision = Omit<DropOutcome, 'pair'>;

/** A run of which the cities' decisions are known. */
export type DecidedRun = CityInput & {
	readonly isAbove: Uint8Array;
	readonly cities: readonly CityDecision[];
};

/** What the report of a run reads beside the decision; no pair. */
export type RunFacts = Pick<CityInput, 'dataset' | 'config' | 'week' | 'asOf' | 'affinities' | 'supply'> & {
	readonly cities: readonly Pick<CityDecision, 'seats'>[];
};

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

/** Gathers what the cities of a run gave. O(U log U + assignments). */
export function gatherOutcome(run: DecidedRun): DropOutcome {
	const { dataset } = run;
	const { userStart, pair, contract, points, propensity } = groupByUser(run);

	const columns = {
		user: new Uint32Array(pair.length),
		contract: new Uint32Array(pair.length),
		slot: new Uint8Array(pair.length),
		points: new Int32Array(pair.length),
		propensity: new Float64Array(pair.length),
		pair: new Uint32Array(pair.length),
	};
	const byUser = new Uint32Array(pair.length);
	const firstRow = new Uint32Array(dataset.users.ids.length);
	let count = 0;
	for (const u of usersById(dataset)) {
		firstRow[u] = count;
		count += userStart[u + 1] - userStart[u];
	}
	// user by user, since pairs lie so: there are many more of them than rows
	for (let u = 0; u < firstRow.length; u++) {
		const [first, end] = [userStart[u], userStart[u + 1]];
		for (let i = first, a = firstRow[u]; i < end; i++, a++) {
			columns.user[a] = u;
			columns.contract[a] = contract[i];
			columns.slot[a] = i - first + 1;
			columns.points[a] = points[i];
			columns.propensity[a] = propensity[i];
			columns.pair[a] = pair[i];
			byUser[i] = a;
		}
	}
	const skipReason = skipReasons(run, userStart);
	return { ...columns, userStart, byUser, skipReason, cities: cityTotals(run, userStart) };
}

const orders = new WeakMap<DropDataset['users']['ids'], Uint32Array>();

/** All users in order of their ids, whatever their cities; kept as long as the ids are. */
export function usersById({ users: { ids } }: DropDataset): Uint32Array {
	let order = orders.get(ids);
	if (order === undefined) {
		order = Uint32Array.from(ids.keys()).sort((u, v) => (ids[u] < ids[v] ? -1 : 1));
		orders.set(ids, order);
	}
	return order;
}

/** Assigned pairs by user: sponsored ones best first, growth ones behind them in the order given. */
function groupByUser(run: DecidedRun): {
	userStart: Uint32Array;
	pair: Uint32Array;
	contract: Uint32Array;
	points: Int32Array;
	propensity: Float64Array;
} {
	const userCount = run.dataset.users.ids.length;
	const userStart = new Uint32Array(userCount + 1);
	run.cities.forEach(({ assigned, growth }, y) => {
		userStart.set(assigned.heldCount, run.dataset.cityUserStart[y] + 1);
		for (const u of growth.user) userStart[u + 1]++;
	});
	for (let u = 0; u < userCount; u++) userStart[u + 1] += userStart[u];

	const pair = new Uint32Array(userStart[userCount]);
	const contract = new Uint32Array(pair.length);
	const points = new Int32Array(pair.length);
	const propensity = new Float64Array(pair.length).fill(NaN);
	const next = userStart.slice();
	run.cities.forEach(({ assigned, growth }, y) => {
		const firstUser = run.dataset.cityUserStart[y];
		for (let i = 0, a = 0; i < assigned.heldCount.length; i++) {
			for (let k = 0; k < assigned.heldCount[i]; k++, a++) {
				const place = next[firstUser + i]++;
				pair[place] = assigned.pair[a];
				contract[place] = assigned.contract[a];
				points[place] = assigned.points[a];
			}
		}
		for (let i = 0; i < growth.pair.length; i++) {
			const place = next[growth.user[i]]++;
			pair[place] = growth.pair[i];
			contract[place] = growth.contract[i];
			points[place] = growth.points[i];
			propensity[place] = growth.propensity[i];
		}
	});
	return { userStart, pair, contract, points, propensity };
}

/** Why each considered user without assignments got none. */
function skipReasons(run: DecidedRun, userStart: Uint32Array): Int8Array {
	const { dataset, pairs, isAbove } = run;
	const reason = new Int8Array(dataset.users.ids.length).fill(-1);
	for (let u = 0; u < reason.length; u++) {
		if (!run.asOf.isConsidered[u] || userStart[u + 1] > userStart[u]) continue;
		const city = run.cities[dataset.users.city[u]];
		// not decided here
		if (city.seats.length < dataset.contracts.ids.length) continue;
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
		const isPutOut = city.assigned.isOut[u - dataset.cityUserStart[dataset.users.city[u]]] === 1;
		if (!hasEligible) reason[u] = 0;
		else if (!hasAbove || isPutOut) reason[u] = 1;
		else reason[u] = hasSponsored ? 3 : 2;
	}
	return reason;
}

const pairCounts = new WeakMap<CityInput['pairs'], Float64Array>();

/** Pairs of contract c in city y: at `y · contracts + c`; kept as long as the pairs are. */
function pairsOfContracts({ dataset, pairs }: DecidedRun): Float64Array {
	let counts = pairCounts.get(pairs);
	if (counts === undefined) {
		const contractCount = dataset.contracts.ids.length;
		counts = new Float64Array(dataset.cityIds.length * contractCount);
		for (let y = 0; y < dataset.cityIds.length; y++) {
			const end = pairs.start[dataset.cityUserStart[y + 1]];
			for (let p = pairs.start[dataset.cityUserStart[y]]; p < end; p++)
				counts[y * contractCount + pairs.contract[p]]++;
		}
		pairCounts.set(pairs, counts);
	}
	return counts;
}

function cityTotals(run: DecidedRun, userStart: Uint32Array): CityOutcome[] {
	const { dataset } = run;
	const contractCount = dataset.contracts.ids.length;
	const counts = pairsOfContracts(run);
	return run.cities.map((city, y): CityOutcome => {
		const [firstUser, endUser] = [dataset.cityUserStart[y], dataset.cityUserStart[y + 1]];
		let served = 0;
		for (let u = firstUser; u < endUser; u++) if (userStart[u + 1] > userStart[u]) served++;
		let eligiblePairs = 0;
		for (let c = 0; c < contractCount; c++)
			if (city.seats[c] > 0) eligiblePairs += counts[y * contractCount + c];
		let totalSponsoredPoints = 0;
		for (const points of city.assigned.points) totalSponsoredPoints += points;
		return {
			considered: run.asOf.cityUserCount[y],
			served,
			sponsored: city.assigned.pair.length,
			growth: city.growth.pair.length,
			eligiblePairs,
			blockingPairs: city.sponsored.blockingCount,
			totalSponsoredPoints,
			medianDistanceKm: run.baselines.cityKm[y],
		};
	});
}
