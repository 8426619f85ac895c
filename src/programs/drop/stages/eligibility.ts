import { DAY_MS } from '../../instant.ts';
import type { AsOf } from '../as-of.ts';
import type { DropDataset } from '../dataset.ts';
import { markHistory, makeUserMarks, unmarkHistory } from '../user-marks.ts';

/**
 * Pairs (user, contract) that no rule but the supply rule forbids, by user, contracts ascending: pair p of
 * user u lies in `start[u] … start[u + 1]`. One index p from here to the report: later stages add columns and
 * masks over pairs, and never renumber them.
 */
export interface Pairs {
	readonly start: Uint32Array;
	readonly contract: Uint32Array;
}

/**
 * Stage 2. Lists the eligible pairs of all considered users (spec section 3, all rules but `no-supply`, which
 * the supply stage adds as seats of 0).
 */
export function eligibility(dataset: DropDataset, asOf: AsOf): Pairs {
	const { users, contracts } = dataset;
	const start = new Uint32Array(users.ids.length + 1);
	let contract = new Uint32Array(1024);
	let count = 0;
	const marks = makeUserMarks(dataset);

	for (let y = 0; y < dataset.cityIds.length; y++) {
		const offered = offeredInCity(dataset, asOf, y);
		for (let u = dataset.cityUserStart[y]; u < dataset.cityUserStart[y + 1]; u++) {
			if (asOf.isConsidered[u]) {
				if (count + offered.length > contract.length) contract = grown(contract, count + offered.length);
				markHistory(dataset, asOf.time, u, marks);
				const ageDays = Math.floor((asOf.time - users.createdAt[u]) / DAY_MS);
				for (let i = 0; i < offered.length; i++) {
					const c = offered[i];
					const b = contracts.brand[c];
					// NaN bounds compare as false: no bound
					if (ageDays < contracts.minAgeDays[c] || ageDays > contracts.maxAgeDays[c]) continue;
					if (contracts.isNewCustomersOnly[c] && marks.hasConvertedBrand[b]) continue;
					if (contracts.isOncePerUser[c] && hasConverted(contracts.ancestor, marks.hasConvertedContract, c))
						continue;
					if (marks.holdsToken[b]) continue;
					contract[count++] = c;
				}
				unmarkHistory(dataset, u, marks);
			}
			start[u + 1] = count;
		}
	}
	return { start, contract: contract.slice(0, count) };
}

/** Has she converted on this contract, or on the one it was rolled over from? */
export function hasConverted(ancestor: Int32Array, hasConvertedContract: Uint8Array, c: number): boolean {
	return hasConvertedContract[c] === 1 || (ancestor[c] >= 0 && hasConvertedContract[ancestor[c]] === 1);
}

/** Contracts of city y that pass every rule that does not look at the user. */
function offeredInCity(dataset: DropDataset, asOf: AsOf, y: number): Uint32Array {
	const { contracts } = dataset;
	const offered: number[] = [];
	for (let c = 0; c < contracts.ids.length; c++) {
		if (!isOpenTo(dataset, asOf.time, c, y)) continue;
		if (asOf.conversions[c] >= contracts.supply[c]) continue;
		if (!hasLocation(dataset, y, contracts.brand[c])) continue;
		offered.push(c);
	}
	return Uint32Array.from(offered);
}

/** Does contract c pass the first four rules in city y: a Drop contract, not onboarding, active, serving it? */
export function isOpenTo(dataset: DropDataset, time: number, c: number, y: number): boolean {
	const { contracts } = dataset;
	if (!contracts.isDrop[c] || contracts.isOnboarding[c]) return false;
	if (time < contracts.startsAt[c] || time >= contracts.endsAt[c]) return false;
	return servesCity(dataset, c, y);
}

/** Does contract c serve city y? */
export function servesCity(dataset: DropDataset, c: number, y: number): boolean {
	const { city, cityStart } = dataset.contracts;
	for (let i = cityStart[c]; i < cityStart[c + 1]; i++) if (city[i] === y) return true;
	return false;
}

/** Has brand b a location in city y? */
export function hasLocation(dataset: DropDataset, y: number, b: number): boolean {
	const cell = y * dataset.brandIds.length + b;
	return dataset.locationStart[cell + 1] > dataset.locationStart[cell];
}

function grown(column: Uint32Array, least: number): Uint32Array<ArrayBuffer> {
	const larger = new Uint32Array(Math.max(least, column.length * 2));
	larger.set(column);
	return larger;
}

/** The user of a pair, by bisection. */
export function userOfPair(pairs: Pairs, pair: number): number {
	let low = 0;
	let high = pairs.start.length - 1;
	while (high - low > 1) {
		const middle = (low + high) >>> 1;
		if (pairs.start[middle] <= pair) low = middle;
		else high = middle;
	}
	return low;
}
