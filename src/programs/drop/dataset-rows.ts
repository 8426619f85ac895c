import { cos, sin } from '#engine/math.ts';
import { key32 } from '#engine/random.ts';
import type {
	DropContracts,
	DropDataset,
	DropHistory,
	DropUsers,
	PastDrop,
	RecommenderRun,
	UserBrandValues,
} from './dataset.ts';
import { inputError } from '../input-error.ts';
import { ids, numbers, tableOf, texts, vectors, type ScenarioContent } from '../tables.ts';

/** Rows of the Drop's tables, turned into the indexed columns of `DropDataset`. */

const RADIANS = 0.017453292519943295;

/** Ids in code-unit order, with the row each came from. */
export interface IdIndex {
	readonly ids: readonly string[];
	readonly order: Uint32Array;
	readonly of: ReadonlyMap<string, number>;
}

/** Indexes ids in code-unit order. Throws `InputError` on a duplicate. */
export function indexIds(table: string, column: readonly string[]): IdIndex {
	const order = Uint32Array.from(column.keys()).sort((r, s) =>
		column[r] < column[s] ? -1 : column[r] > column[s] ? 1 : 0,
	);
	const sorted = inOrder(order, column);
	const of = new Map(sorted.map((id, i) => [id, i]));
	if (of.size !== sorted.length)
		throw inputError(table, 'duplicate id; each must be unique', 'import.duplicate');
	return { ids: sorted, order, of };
}

/** A column's cells in the given row order. */
export function inOrder<T>(order: Uint32Array, column: readonly T[]): T[] {
	return Array.from(order, (row) => column[row]);
}

function inOrderOf(order: Uint32Array, column: Float64Array): Float64Array {
	return Float64Array.from(order, (row) => column[row]);
}

function masksOf(order: Uint32Array, column: Float64Array): Uint8Array {
	return Uint8Array.from(order, (row) => column[row]);
}

function lookUp(index: ReadonlyMap<string, number>, id: string, where: string): number {
	const found = index.get(id);
	if (found === undefined) throw inputError(where, `unknown id: ${JSON.stringify(id)}`, 'import.reference');
	return found;
}

/** Users by city, then id, with their app opens. */
export function buildUsers(content: ScenarioContent, city: IdIndex): DropUsers {
	const table = tableOf(content, 'user');
	const id = ids(table, 'id');
	const cityOfRow = Uint32Array.from(ids(table, 'city_id'), (cityId) =>
		lookUp(city.of, cityId, 'user.city_id'),
	);
	const order = Uint32Array.from(id.keys()).sort(
		(r, s) => cityOfRow[r] - cityOfRow[s] || (id[r] < id[s] ? -1 : id[r] > id[s] ? 1 : 0),
	);
	const userIds = inOrder(order, id);
	const status = texts(table, 'status');
	const points = spherePoints(
		inOrderOf(order, numbers(table, 'latitude')),
		inOrderOf(order, numbers(table, 'longitude')),
	);

	// app opens by user, ascending
	const opens = tableOf(content, 'app_open');
	const userIndex = new Map(userIds.map((userId, u) => [userId, u]));
	const openUser = Uint32Array.from(ids(opens, 'user_id'), (userId) =>
		lookUp(userIndex, userId, 'app_open.user_id'),
	);
	const openTime = numbers(opens, 'opened_at');
	const openOrder = Uint32Array.from(openUser.keys()).sort(
		(r, s) => openUser[r] - openUser[s] || openTime[r] - openTime[s],
	);

	return {
		ids: userIds,
		key: Uint32Array.from(userIds, key32),
		city: Uint32Array.from(order, (row) => cityOfRow[row]),
		...points,
		createdAt: inOrderOf(order, numbers(table, 'created_at')),
		isActive: Uint8Array.from(order, (row) => (status[row] === 'active' ? 1 : 0)),
		openStart: startsOf(openUser, userIds.length),
		openedAt: inOrderOf(openOrder, openTime),
	};
}

/**
 * Unit vectors on the sphere, from degrees: nearest points are compared by dot products, without trigonometry per
 * pair.
 */
export function spherePoints(
	latitude: Float64Array,
	longitude: Float64Array,
): Pick<DropUsers, 'x' | 'y' | 'z'> {
	const [x, y, z] = [
		new Float64Array(latitude.length),
		new Float64Array(latitude.length),
		new Float64Array(latitude.length),
	];
	for (let i = 0; i < latitude.length; i++) {
		const [lat, lon] = [latitude[i] * RADIANS, longitude[i] * RADIANS];
		x[i] = cos(lat) * cos(lon);
		y[i] = cos(lat) * sin(lon);
		z[i] = sin(lat);
	}
	return { x, y, z };
}

/** Starts of consecutive groups, from the group of each row. */
export function startsOf(group: ArrayLike<number>, groupCount: number): Uint32Array {
	const start = new Uint32Array(groupCount + 1);
	for (let i = 0; i < group.length; i++) start[group[i] + 1]++;
	for (let g = 0; g < groupCount; g++) start[g + 1] += start[g];
	return start;
}

/** Contracts by id, with the cities they serve. */
export function buildContracts(content: ScenarioContent, brand: IdIndex, city: IdIndex): DropContracts {
	const table = tableOf(content, 'contract');
	const contract = indexIds('contract', ids(table, 'id'));
	const { order } = contract;
	const kind = texts(table, 'kind');
	const from = texts(table, 'rolled_over_from');

	const served = tableOf(content, 'contract_city');
	const servedContract = Uint32Array.from(ids(served, 'contract_id'), (id) =>
		lookUp(contract.of, id, 'contract_city.contract_id'),
	);
	const servedCity = Uint32Array.from(ids(served, 'city_id'), (id) =>
		lookUp(city.of, id, 'contract_city.city_id'),
	);
	const servedOrder = Uint32Array.from(servedContract.keys()).sort(
		(r, s) => servedContract[r] - servedContract[s] || servedCity[r] - servedCity[s],
	);
	return {
		ids: contract.ids,
		key: Uint32Array.from(contract.ids, key32),
		brand: Int32Array.from(inOrder(order, ids(table, 'brand_id')), (id) =>
			lookUp(brand.of, id, 'contract.brand_id'),
		),
		isSponsored: Uint8Array.from(order, (row) => (kind[row] === 'sponsored' ? 1 : 0)),
		rewardCents: inOrderOf(order, numbers(table, 'reward_cents')),
		priceCents: inOrderOf(order, numbers(table, 'price_cents')),
		supply: inOrderOf(order, numbers(table, 'supply')),
		startsAt: inOrderOf(order, numbers(table, 'starts_at')),
		endsAt: inOrderOf(order, numbers(table, 'ends_at')),
		isDrop: masksOf(order, numbers(table, 'is_drop')),
		isOnboarding: masksOf(order, numbers(table, 'is_onboarding')),
		isMonthly: masksOf(order, numbers(table, 'monthly')),
		minAgeDays: inOrderOf(order, numbers(table, 'min_account_age_days')),
		maxAgeDays: inOrderOf(order, numbers(table, 'max_account_age_days')),
		isNewCustomersOnly: masksOf(order, numbers(table, 'new_customers_only')),
		isOncePerUser: masksOf(order, numbers(table, 'once_per_user')),
		ancestor: Int32Array.from(inOrder(order, from), (id) =>
			id === null ? -1 : lookUp(contract.of, id, 'contract.rolled_over_from'),
		),
		cityStart: startsOf(servedContract, contract.ids.length),
		city: Uint32Array.from(servedOrder, (row) => servedCity[row]),
	};
}

/** Locations by city, then brand. */
export function buildLocations(
	content: ScenarioContent,
	brand: IdIndex,
	city: IdIndex,
): Pick<DropDataset, 'locationStart' | 'locationX' | 'locationY' | 'locationZ'> {
	const table = tableOf(content, 'location');
	const brandId = ids(table, 'brand_id');
	const cell = Uint32Array.from(
		ids(table, 'city_id'),
		(id, row) =>
			lookUp(city.of, id, 'location.city_id') * brand.ids.length +
			lookUp(brand.of, brandId[row], 'location.brand_id'),
	);
	const order = Uint32Array.from(cell.keys()).sort((r, s) => cell[r] - cell[s] || r - s);
	const points = spherePoints(
		inOrderOf(order, numbers(table, 'latitude')),
		inOrderOf(order, numbers(table, 'longitude')),
	);
	return {
		locationStart: startsOf(cell, city.ids.length * brand.ids.length),
		locationX: points.x,
		locationY: points.y,
		locationZ: points.z,
	};
}

/** Recommender runs, by id. */
export function buildRuns(content: ScenarioContent): {
	runs: RecommenderRun[];
	runIndex: ReadonlyMap<string, number>;
} {
	const table = tableOf(content, 'recommender_run');
	const index = indexIds('recommender_run', ids(table, 'id'));
	const trainedAt = numbers(table, 'trained_at');
	const status = texts(table, 'status');
	const runs = Array.from(index.order, (row, r) => ({
		id: index.ids[r],
		trainedAt: trainedAt[row],
		isCompleted: status[row] === 'completed',
	}));
	return { runs, runIndex: index.of };
}

/** Past and planned Drops, by id. */
export function buildDrops(content: ScenarioContent): {
	drops: PastDrop[];
	dropIndex: ReadonlyMap<string, number>;
} {
	const table = tableOf(content, 'drop');
	const index = indexIds('drop', ids(table, 'id'));
	const [scheduled, started] = [numbers(table, 'scheduled_at'), numbers(table, 'started_at')];
	const [completed, seed] = [numbers(table, 'completed_at'), numbers(table, 'seed')];
	const [status, config] = [texts(table, 'status'), texts(table, 'config')];
	const drops = Array.from(index.order, (row, d) => ({
		id: index.ids[d],
		scheduledAt: scheduled[row],
		startedAt: started[row],
		completedAt: completed[row],
		status: status[row] ?? '',
		seed: seed[row],
		config: config[row],
	}));
	return { drops, dropIndex: index.of };
}

/** Logged assignments, by user, then time, Drop and contract. */
export function buildHistory(
	content: ScenarioContent,
	dropIndex: ReadonlyMap<string, number>,
	userIndex: ReadonlyMap<string, number>,
	contractIndex: ReadonlyMap<string, number>,
): DropHistory {
	const table = tableOf(content, 'assignment');
	const drop = Int32Array.from(ids(table, 'drop_id'), (id) => lookUp(dropIndex, id, 'assignment.drop_id'));
	const user = Uint32Array.from(ids(table, 'user_id'), (id) => lookUp(userIndex, id, 'assignment.user_id'));
	const contract = Uint32Array.from(ids(table, 'contract_id'), (id) =>
		lookUp(contractIndex, id, 'assignment.contract_id'),
	);
	const assignedAt = numbers(table, 'assigned_at');
	const order = Uint32Array.from(user.keys()).sort(
		(r, s) =>
			user[r] - user[s] || assignedAt[r] - assignedAt[s] || drop[r] - drop[s] || contract[r] - contract[s],
	);
	return {
		userStart: startsOf(user, userIndex.size),
		drop: Int32Array.from(order, (row) => drop[row]),
		user: Uint32Array.from(order, (row) => user[row]),
		contract: Uint32Array.from(order, (row) => contract[row]),
		slot: inOrderOf(order, numbers(table, 'slot')),
		points: inOrderOf(order, numbers(table, 'points')),
		propensity: inOrderOf(order, numbers(table, 'propensity')),
		assignedAt: inOrderOf(order, assignedAt),
		selectedAt: inOrderOf(order, numbers(table, 'selected_at')),
		convertedAt: inOrderOf(order, numbers(table, 'converted_at')),
		rejectedAt: inOrderOf(order, numbers(table, 'rejected_at')),
		expiredAt: inOrderOf(order, numbers(table, 'token_expired_at')),
	};
}

/** Single and packed probabilities of a pair of tables such as `affinity` and `affinity_vector`. */
export function buildUserBrandValues(
	content: ScenarioContent,
	name: 'affinity' | 'best_customer',
	runIndex: ReadonlyMap<string, number>,
	userIndex: ReadonlyMap<string, number>,
	brand: IdIndex,
): UserBrandValues {
	const table = tableOf(content, name);
	const packedTable = tableOf(content, `${name}_vector`);
	const packed = vectors(packedTable, 'brand_values');
	const packedUserId = ids(packedTable, 'user_id');
	for (let row = 0; row < packedTable.rowCount; row++) {
		const length = packed.start[row + 1] - packed.start[row];
		if (length === brand.ids.length) continue;
		throw inputError(
			`${name}_vector, user ${JSON.stringify(packedUserId[row])}`,
			`brand_values holds ${length} numbers; must be one for each of the ${brand.ids.length} brands`,
			'import.value',
		);
	}
	return {
		run: Int32Array.from(ids(table, 'run_id'), (id) => lookUp(runIndex, id, `${name}.run_id`)),
		user: Uint32Array.from(ids(table, 'user_id'), (id) => lookUp(userIndex, id, `${name}.user_id`)),
		brand: Uint32Array.from(ids(table, 'brand_id'), (id) => lookUp(brand.of, id, `${name}.brand_id`)),
		value: numbers(table, 'value'),
		packedRun: Int32Array.from(ids(packedTable, 'run_id'), (id) =>
			lookUp(runIndex, id, `${name}_vector.run_id`),
		),
		packedUser: Uint32Array.from(packedUserId, (id) => lookUp(userIndex, id, `${name}_vector.user_id`)),
		packed,
	};
}
