import type { Column, ScenarioContent, TableData, VectorColumn } from '../../tables.ts';
import type { DropContracts } from '../dataset.ts';
import type { SeasonLog } from '../season/log.ts';
import type { GeneratedRun } from './generate.ts';
import type { World } from './world.ts';

/** A generated world as the Drop's tables; `log` null before the first Drop. World and dataset count alike. */
export function contentOf(
	world: World,
	contracts: DropContracts,
	runs: readonly GeneratedRun[],
	log: SeasonLog | null,
	name: string,
	now: string,
): ScenarioContent {
	const { users, brands, places } = world;
	const placeIds = places.map((place) => place.id);
	const placeOfUser = Array.from(users.place, (y) => placeIds[y]);
	const completed = runs.filter((run) => run.status === 'completed');
	return {
		program: 'drop',
		name,
		now,
		tables: new Map([
			['city', table(places.length, { id: placeIds, name: places.map((place) => place.name), latitude: Float64Array.from(places, (place) => place.latitude), longitude: Float64Array.from(places, (place) => place.longitude) })],
			['brand', table(brands.ids.length, { id: brands.ids, name: brands.names, category: brands.categories })],
			['location', table(brands.location.length, {
				brand_id: brands.location.map((row) => brands.ids[row.brand]),
				city_id: brands.location.map((row) => placeIds[row.place]),
				latitude: Float64Array.from(brands.location, (row) => row.latitude),
				longitude: Float64Array.from(brands.location, (row) => row.longitude),
			})],
			['contract', contractTable(contracts, brands.ids)],
			['contract_city', table(contracts.city.length, {
				contract_id: contracts.ids.flatMap((id, c) => new Array<string>(contracts.cityStart[c + 1] - contracts.cityStart[c]).fill(id)),
				city_id: Array.from(contracts.city, (y) => placeIds[y]),
			})],
			['user', table(users.ids.length, {
				id: users.ids,
				city_id: placeOfUser,
				latitude: users.latitude,
				longitude: users.longitude,
				created_at: users.createdAt,
				status: Array.from(users.isBlocked, (blocked) => (blocked ? 'blocked' : 'active')),
			})],
			['app_open', appOpenTable(world, log)],
			['recommender_run', table(runs.length, {
				id: runs.map((run) => run.id),
				model: runs.map(() => 'taste'),
				trained_at: Float64Array.from(runs, (run) => run.trainedAt),
				status: runs.map((run) => run.status),
			})],
			['affinity', table(0, { run_id: [], user_id: [], brand_id: [], value: new Float64Array(0) })],
			['affinity_vector', vectorTable(completed, users.ids, brands.ids.length)],
			['best_customer', table(0, { run_id: [], user_id: [], brand_id: [], value: new Float64Array(0) })],
			['best_customer_vector', vectorTable([], users.ids, brands.ids.length)],
			['drop', dropTable(log)],
			['assignment', assignmentTable(world, contracts, log)],
		]),
	};
} // prettier-ignore

function table(rowCount: number, columns: Record<string, Column>): TableData {
	return { rowCount, columns: new Map(Object.entries(columns)) };
}

function contractTable(contracts: DropContracts, brandIds: readonly string[]): TableData {
	return table(contracts.ids.length, {
		id: contracts.ids,
		brand_id: Array.from(contracts.brand, (b) => brandIds[b]),
		kind: Array.from(contracts.isSponsored, (sponsored) => (sponsored ? 'sponsored' : 'growth')),
		reward_cents: contracts.rewardCents,
		price_cents: contracts.priceCents,
		supply: contracts.supply,
		starts_at: contracts.startsAt,
		ends_at: contracts.endsAt,
		is_drop: Float64Array.from(contracts.isDrop),
		is_onboarding: Float64Array.from(contracts.isOnboarding),
		monthly: Float64Array.from(contracts.isMonthly),
		min_account_age_days: contracts.minAgeDays,
		max_account_age_days: contracts.maxAgeDays,
		new_customers_only: Float64Array.from(contracts.isNewCustomersOnly),
		once_per_user: Float64Array.from(contracts.isOncePerUser),
		rolled_over_from: Array.from(contracts.ancestor, (ancestor) =>
			ancestor < 0 ? null : contracts.ids[ancestor],
		),
	});
}

/** The last open before the first Drop of each user, and those of the weeks after. */
function appOpenTable(world: World, log: SeasonLog | null): TableData {
	const { users } = world;
	const later = log ?? { openUser: [], openedAt: [] };
	return table(users.ids.length + later.openUser.length, {
		user_id: [...users.ids, ...later.openUser.map((u) => users.ids[u])],
		opened_at: Float64Array.from([...users.lastOpen, ...later.openedAt]),
	});
}

function vectorTable(
	runs: readonly GeneratedRun[],
	userIds: readonly string[],
	brandCount: number,
): TableData {
	const data = new Float32Array(runs.length * userIds.length * brandCount);
	runs.forEach((run, r) => data.set(run.value, r * userIds.length * brandCount));
	const start = Uint32Array.from({ length: runs.length * userIds.length + 1 }, (_, row) => row * brandCount);
	const vectors: VectorColumn = { data, start };
	return table(runs.length * userIds.length, {
		run_id: runs.flatMap((run) => userIds.map(() => run.id)),
		user_id: runs.flatMap(() => userIds),
		brand_values: vectors,
	});
}

function dropTable(log: SeasonLog | null): TableData {
	const drops = log?.drops ?? [];
	return table(drops.length, {
		id: drops.map((drop) => drop.id),
		scheduled_at: Float64Array.from(drops, (drop) => drop.scheduledAt),
		started_at: Float64Array.from(drops, (drop) => drop.startedAt),
		completed_at: Float64Array.from(drops, (drop) => drop.completedAt),
		status: drops.map((drop) => drop.status),
		seed: Float64Array.from(drops, (drop) => drop.seed),
		config: drops.map((drop) => drop.config),
	});
}

function assignmentTable(world: World, contracts: DropContracts, log: SeasonLog | null): TableData {
	const column = (values: readonly number[] | undefined) => Float64Array.from(values ?? []);
	return table(log?.user.length ?? 0, {
		drop_id: log?.drop.map((d) => log.drops[d].id) ?? [],
		user_id: log?.user.map((u) => world.users.ids[u]) ?? [],
		contract_id: log?.contract.map((c) => contracts.ids[c]) ?? [],
		slot: column(log?.slot),
		points: column(log?.points),
		propensity: column(log?.propensity),
		assigned_at: column(log?.assignedAt),
		selected_at: column(log?.selectedAt),
		converted_at: column(log?.convertedAt),
		rejected_at: column(log?.rejectedAt),
		token_expired_at: column(log?.expiredAt),
	});
}
