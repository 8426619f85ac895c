import type { AsOf } from '../as-of.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import { usersById, type CityOutcome, type Decision } from '../outcome.ts';
import type { GivenRanks } from '../quality.ts';
import { orderCities, proportionalSeats } from '../simulate.ts';
import type { Supply } from '../stages/supply.ts';
import type { PartResult } from './part.ts';

/** The whole Drop's outcome, put together from its parts: what the report, the checks and the hash read. */
export interface MergedOutcome {
	readonly outcome: Decision;
	readonly ranks: GivenRanks;
	/** by city: the seats it started from, as one machine would have counted them */
	readonly cities: readonly { readonly seats: Float64Array }[];
}

/**
 * Merges the results of parts that together hold every city once. Neither their number nor the order they came in
 * matters: rows go by user id, sums are of whole numbers. The outcome is byte for byte that of `simulate` and
 * `gatherOutcome` on the whole dataset. O(users + assignments).
 */
export function mergeParts(
	dataset: DropDataset,
	asOf: AsOf,
	allowed: Supply,
	config: DropConfig,
	results: readonly PartResult[],
): MergedOutcome {
	const contractCount = dataset.contracts.ids.length;
	const cityCount = dataset.cityIds.length;
	const userCount = dataset.users.ids.length;
	const taken: Float64Array[] = [];
	const totals: CityOutcome[] = [];
	const waiting = new Float64Array(cityCount * contractCount);
	const skipReason = new Int8Array(userCount);
	// of each user who has any: her part, and her first row in it
	const part = new Uint32Array(userCount);
	const firstRow = new Uint32Array(userCount);
	const userStart = new Uint32Array(userCount + 1);

	results.forEach((result, r) => {
		const userOf = new Uint32Array(result.skipReason.length);
		let count = 0;
		result.cities.forEach((y, i) => {
			const row = i * contractCount;
			taken[y] = result.taken.subarray(row, row + contractCount);
			waiting.set(result.waiting.subarray(row, row + contractCount), y * contractCount);
			totals[y] = result.totals[i];
			for (let u = dataset.cityUserStart[y]; u < dataset.cityUserStart[y + 1]; u++) {
				skipReason[u] = result.skipReason[count];
				part[u] = r;
				userOf[count++] = u;
			}
		});
		for (let a = 0; a < result.user.length; a++) {
			const u = userOf[result.user[a]];
			if (userStart[u + 1]++ === 0) firstRow[u] = a;
		}
	});
	for (let u = 0; u < userCount; u++) userStart[u + 1] += userStart[u];

	const rowCount = userStart[userCount];
	const outcome = {
		user: new Uint32Array(rowCount),
		contract: new Uint32Array(rowCount),
		slot: new Uint8Array(rowCount),
		points: new Int32Array(rowCount),
		propensity: new Float64Array(rowCount),
	};
	const byUser = new Uint32Array(rowCount);
	const rank = new Uint16Array(rowCount);
	let a = 0;
	for (const u of usersById(dataset)) {
		const result = results[part[u]];
		for (let i = userStart[u], from = firstRow[u]; i < userStart[u + 1]; i++, from++, a++) {
			outcome.user[a] = u;
			outcome.contract[a] = result.contract[from];
			outcome.slot[a] = result.slot[from];
			outcome.points[a] = result.points[from];
			outcome.propensity[a] = result.propensity[from];
			byUser[i] = a;
			rank[a] = result.rank[from];
		}
	}
	return {
		outcome: { ...outcome, userStart, byUser, skipReason, cities: totals },
		ranks: { rank, waiting },
		cities: citySeats(dataset, asOf, allowed, config, taken).map((seats) => ({ seats })),
	};
}

/** The seats each city started from, of contracts that it has no part in too. */
function citySeats(
	dataset: DropDataset,
	asOf: AsOf,
	allowed: Supply,
	config: DropConfig,
	taken: readonly Float64Array[],
): readonly Float64Array[] {
	if (config.supply.split === 'proportional') return proportionalSeats(dataset, allowed, asOf.cityUserCount);
	const seats: Float64Array[] = [];
	const left = allowed.seats.slice();
	for (const y of orderCities(asOf.cityUserCount)) {
		seats[y] = left.slice();
		for (let c = 0; c < left.length; c++) left[c] -= taken[y][c];
	}
	return seats;
}
