import { inputError } from '../input-error.ts';
import { parseInstant } from '../instant.ts';
import { ids, tableOf, texts, type ScenarioContent, type VectorColumn } from '../tables.ts';
import {
	buildContracts,
	buildDrops,
	buildHistory,
	buildLocations,
	buildRuns,
	buildUserBrandValues,
	buildUsers,
	inOrder,
	indexIds,
	startsOf,
} from './dataset-rows.ts';

/**
 * A Drop scenario as the stages see it: ids turned into dense indexes, in code-unit order of the ids, so that
 * "the lower index" is "the lower id". Users stand by city first, then by id: the users of city y are
 * `cityUserStart[y] … cityUserStart[y + 1]`. Index letters: u user, c contract, b brand, y city, a assignment.
 */
export interface DropDataset {
	readonly name: string;
	/** the scenario's as-of time, epoch milliseconds */
	readonly now: number;

	readonly cityIds: readonly string[];
	readonly cityNames: readonly string[];
	readonly cityUserStart: Uint32Array;

	readonly brandIds: readonly string[];
	readonly brandNames: readonly string[];
	/** locations by city and brand: those of (y, b) are `locationStart[y · brands + b] …`; unit vectors on the sphere */
	readonly locationStart: Uint32Array;
	readonly locationX: Float64Array;
	readonly locationY: Float64Array;
	readonly locationZ: Float64Array;

	readonly contracts: DropContracts;
	readonly users: DropUsers;
	readonly runs: readonly RecommenderRun[];
	readonly drops: readonly PastDrop[];
	readonly history: DropHistory;
	readonly affinity: UserBrandValues;
	readonly bestCustomer: UserBrandValues;
}

export interface DropContracts {
	readonly ids: readonly string[];
	readonly key: Uint32Array;
	readonly brand: Int32Array;
	readonly isSponsored: Uint8Array;
	readonly rewardCents: Float64Array;
	readonly priceCents: Float64Array;
	readonly supply: Float64Array;
	readonly startsAt: Float64Array;
	readonly endsAt: Float64Array;
	readonly isDrop: Uint8Array;
	readonly isOnboarding: Uint8Array;
	readonly isMonthly: Uint8Array;
	/** whole days, NaN for none */
	readonly minAgeDays: Float64Array;
	readonly maxAgeDays: Float64Array;
	readonly isNewCustomersOnly: Uint8Array;
	readonly isOncePerUser: Uint8Array;
	/** the contract it was rolled over from, -1 for none */
	readonly ancestor: Int32Array;
	/** cities served by contract c, ascending: `city[cityStart[c] … cityStart[c + 1])` */
	readonly cityStart: Uint32Array;
	readonly city: Uint32Array;
}

export interface DropUsers {
	readonly ids: readonly string[];
	readonly key: Uint32Array;
	readonly city: Uint32Array;
	readonly x: Float64Array;
	readonly y: Float64Array;
	readonly z: Float64Array;
	readonly createdAt: Float64Array;
	readonly isActive: Uint8Array;
	/** app opens of user u, epoch milliseconds ascending */
	readonly openStart: Uint32Array;
	readonly openedAt: Float64Array;
}

export interface RecommenderRun {
	readonly id: string;
	readonly trainedAt: number;
	readonly isCompleted: boolean;
}

export interface PastDrop {
	readonly id: string;
	readonly scheduledAt: number;
	readonly startedAt: number;
	readonly completedAt: number;
	readonly status: string;
	readonly seed: number;
	/** JSON text of the configuration it used, or null */
	readonly config: string | null;
}

/** Logged assignments, ordered by user, then assignment time, drop and contract; times NaN where not happened. */
export interface DropHistory {
	readonly userStart: Uint32Array;
	readonly drop: Int32Array;
	readonly user: Uint32Array;
	readonly contract: Uint32Array;
	readonly slot: Float64Array;
	readonly points: Float64Array;
	readonly propensity: Float64Array;
	readonly assignedAt: Float64Array;
	readonly selectedAt: Float64Array;
	readonly convertedAt: Float64Array;
	readonly rejectedAt: Float64Array;
	readonly expiredAt: Float64Array;
}

/** Probabilities by run, user and brand: single values, and packed rows of one value per brand. */
export interface UserBrandValues {
	readonly run: Int32Array;
	readonly user: Uint32Array;
	readonly brand: Uint32Array;
	readonly value: Float64Array;
	readonly packedRun: Int32Array;
	readonly packedUser: Uint32Array;
	readonly packed: VectorColumn;
}

/** Indexes a scenario. Throws `InputError` where a row names something that is not there. */
export function buildDataset(content: ScenarioContent): DropDataset {
	const now = parseInstant(content.now);
	if (now === null) {
		throw inputError(
			'scenario.now',
			`invalid time: "${content.now}"; must be like 2026-03-17T15:00:00Z`,
			'import.value',
		);
	}
	const cityTable = tableOf(content, 'city');
	const city = indexIds('city', ids(cityTable, 'id'));
	const brandTable = tableOf(content, 'brand');
	const brand = indexIds('brand', ids(brandTable, 'id'));
	const users = buildUsers(content, city);
	const userIndex = new Map(users.ids.map((id, u) => [id, u]));
	const contracts = buildContracts(content, brand, city);
	const contractIndex = new Map(contracts.ids.map((id, c) => [id, c]));
	const { runs, runIndex } = buildRuns(content);
	const { drops, dropIndex } = buildDrops(content);

	return {
		name: content.name,
		now,
		cityIds: city.ids,
		cityNames: inOrder(city.order, texts(cityTable, 'name')) as string[],
		cityUserStart: startsOf(users.city, city.ids.length),
		brandIds: brand.ids,
		brandNames: inOrder(brand.order, texts(brandTable, 'name')) as string[],
		...buildLocations(content, brand, city),
		contracts,
		users,
		runs,
		drops,
		history: buildHistory(content, dropIndex, userIndex, contractIndex),
		affinity: buildUserBrandValues(content, 'affinity', runIndex, userIndex, brand),
		bestCustomer: buildUserBrandValues(content, 'best_customer', runIndex, userIndex, brand),
	};
}
