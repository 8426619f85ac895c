import { NOW, contractRow, daysBefore, type Marketplace, type Row } from './marketplace.ts';

/** A user of city y at latitude and longitude 0, but for what is given. */
export function userRow(id: string, more: Row = {}): Row {
	return {
		id,
		city_id: 'y',
		latitude: 0,
		longitude: 0,
		created_at: daysBefore(50),
		status: 'active',
		...more,
	};
}

/** Affinities of run r1 from a table of user → brand → value. */
export function affinityRows(values: Record<string, Record<string, number>>): Row[] {
	return Object.entries(values).flatMap(([user, row]) =>
		Object.entries(row).map(([brand, value]) => ({ run_id: 'r1', user_id: user, brand_id: brand, value })),
	);
}

/** A city, as many as are named; all stand at latitude and longitude 0. */
export function cityRows(...ids: string[]): Row[] {
	return ids.map((id) => ({ id, name: `City ${id}`, latitude: 0, longitude: 0 }));
}

/**
 * A market small enough to work out by hand: city y, brands a, b and c with a location each at latitude and
 * longitude 0, one user u1, contract ka of brand a, one completed run without affinities — but for the tables given.
 * Contracts serve city y unless `contract_city` is given.
 */
export function handMarket(tables: Record<string, Row[]> = {}): Marketplace {
	const brands =
		tables.brand ?? ['a', 'b', 'c'].map((id) => ({ id, name: `Brand ${id}`, category: 'coffee' }));
	const contracts = tables.contract ?? [contractRow('ka', 'a')];
	return {
		format: 'dropbench-scenario',
		version: 1,
		program: 'drop',
		name: 'by hand',
		now: NOW,
		tables: {
			city: cityRows('y'),
			location: brands.map(({ id }) => ({ brand_id: id, city_id: 'y', latitude: 0, longitude: 0 })),
			contract_city: contracts.map(({ id }) => ({ contract_id: id, city_id: 'y' })),
			user: [userRow('u1')],
			app_open: [],
			recommender_run: [{ id: 'r1', model: 'm', trained_at: daysBefore(2), status: 'completed' }],
			affinity: [],
			best_customer: [],
			drop: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => ({
				id: `d${n}`,
				scheduled_at: daysBefore(60 - n),
				started_at: daysBefore(60 - n),
				completed_at: daysBefore(60 - n),
				status: 'completed',
				seed: n,
				config: null,
			})),
			assignment: [],
			...tables,
			brand: brands,
			contract: contracts,
		},
	};
}
