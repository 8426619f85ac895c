import { gini } from '../stats/gini.ts';
import type { MatchInput } from './match-input.ts';
import { userPrefers } from './preference.ts';

/** What lets a matching be judged against another, apart from its blocking pairs. Means of nothing are NaN. */
export interface MatchDiagnostics {
	readonly givenCount: number;
	/** Sum of the users' points over pairs given. */
	readonly totalPoints: number;
	/** Mean place of a pair given in its user's ranking of her pairs, from 1. */
	readonly meanRank: number;
	/** How many of the pairs given stand at rank 1, 2, …; as long as the lowest rank given. */
	readonly rankCounts: Uint32Array;
	/** Share of the pairs given that are their user's rank 1. */
	readonly firstChoiceShare: number;
	/**
	 * Mean percentile of the users each contract got: the share of its other pairs with fewer brand points, those with as
	 * many counted half; 1 for its best user, also where she is the only one.
	 */
	readonly contractPercentile: Float64Array;
	/**
	 * Waiting demand: users without contract c, which has no free seat, who would put it into their choice set given
	 * what they hold.
	 */
	readonly waiting: Uint32Array;
	/** Gini coefficient of the sum of points over all users of the city, those with nothing included. */
	readonly giniOfPoints: number;
	/** Total points as a share of the largest total there can be, when that is known, else NaN. */
	readonly shareOfOptimum: number;
}

/**
 * The diagnostics of spec section 7 for a feasible matching. `optimum` is the total of the optimal matching by points, or
 * NaN. O(pairs · (quota + log pairs)).
 */
export function diagnose(input: MatchInput, isGiven: Uint8Array, optimum: number): MatchDiagnostics {
	const { userCount, contractCount, start, contract, contractBrand, points, seats } = input;
	const quota = Math.min(input.quota, contractCount);
	const taken = new Uint32Array(contractCount);
	for (let p = 0; p < isGiven.length; p++) taken[contract[p]] += isGiven[p];

	const userPoints = new Float64Array(userCount);
	const countAtRank = new Uint32Array(contractCount);
	const waiting = new Uint32Array(contractCount);
	let givenCount = 0;
	let totalPoints = 0;
	let rankSum = 0;
	let lowestRank = 0;
	const held: number[] = [];
	const place: number[] = [];

	for (let u = 0; u < userCount; u++) {
		held.length = 0;
		place.length = 0;
		let worst = -1;
		for (let p = start[u]; p < start[u + 1]; p++) {
			if (isGiven[p] === 0) continue;
			held.push(p);
			place.push(1);
			userPoints[u] += points[p];
			if (worst < 0 || userPrefers(input, u, worst, p)) worst = p;
		}

		for (let p = start[u]; p < start[u + 1]; p++) {
			const c = contract[p];
			// what the pair must beat: her contract of the brand, else her worst where all slots are taken
			let rival = held.length < quota ? -1 : worst;
			for (let k = 0; k < held.length; k++) {
				if (contractBrand[contract[held[k]]] === contractBrand[c]) rival = held[k];
				if (userPrefers(input, u, p, held[k])) place[k]++;
			}
			if (isGiven[p] === 1 || taken[c] < seats[c]) continue;
			if (rival < 0 || userPrefers(input, u, p, rival)) waiting[c]++;
		}

		totalPoints += userPoints[u];
		for (const rank of place) {
			givenCount++;
			rankSum += rank;
			countAtRank[rank - 1]++;
			if (rank > lowestRank) lowestRank = rank;
		}
	}
	return {
		givenCount,
		totalPoints,
		meanRank: rankSum / givenCount,
		rankCounts: countAtRank.slice(0, lowestRank),
		firstChoiceShare: countAtRank[0] / givenCount,
		contractPercentile: meanPercentiles(input, isGiven),
		waiting,
		giniOfPoints: gini(userPoints),
		shareOfOptimum: totalPoints / optimum,
	};
}

function meanPercentiles(input: MatchInput, isGiven: Uint8Array): Float64Array {
	const { contractCount, contract, brandPoints } = input;
	const first = new Uint32Array(contractCount + 1);
	for (let p = 0; p < contract.length; p++) first[contract[p] + 1]++;
	for (let c = 0; c < contractCount; c++) first[c + 1] += first[c];

	// brand points of all pairs, then of those given, by contract
	const next = first.slice(0, contractCount);
	const offered = new Int32Array(contract.length);
	for (let p = 0; p < contract.length; p++) offered[next[contract[p]]++] = brandPoints[p];
	for (let c = 0; c < contractCount; c++) offered.subarray(first[c], first[c + 1]).sort();

	const sum = new Float64Array(contractCount);
	const count = new Uint32Array(contractCount);
	for (let p = 0; p < contract.length; p++) {
		if (isGiven[p] === 0) continue;
		const c = contract[p];
		const below = firstAtLeast(offered, first[c], first[c + 1], brandPoints[p]);
		const above = firstAtLeast(offered, below, first[c + 1], brandPoints[p] + 1);
		const others = first[c + 1] - first[c] - 1;
		sum[c] += others === 0 ? 1 : (below - first[c] + (above - below - 1) / 2) / others;
		count[c]++;
	}
	return sum.map((total, c) => total / count[c]);
}

/** The first place from `from` whose value is at least `least`, in ascending values; `end` for none. */
function firstAtLeast(values: Int32Array, from: number, end: number, least: number): number {
	let low = from;
	let high = end;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (values[middle] < least) low = middle + 1;
		else high = middle;
	}
	return low;
}
