import { contentFromDocument } from '#data/read-json.ts';
import { key32, uniform } from '#engine/random.ts';
import { buildDataset, type DropDataset } from '#programs/drop/dataset.ts';
import { dropConfigSchema, type DropConfig } from '#programs/drop/levers.ts';
import { gatherOutcome, type DropOutcome } from '#programs/drop/outcome.ts';
import { simulate, type DropRun } from '#programs/drop/simulate.ts';
import { StageCache } from '#programs/drop/stage-cache.ts';
import { programById } from '#programs/registry.ts';

/** A scenario as its interchange document, which tests change row by row. */
export interface Marketplace {
	readonly format: 'dropbench-scenario';
	readonly version: 1;
	readonly program: 'drop';
	readonly name: string;
	readonly now: string;
	readonly tables: Record<string, Row[]>;
}

export type Row = Record<string, string | number | boolean | null>;

export const NOW = '2026-03-17T15:00:00Z';
const NOW_MS = Date.parse(NOW);
const DAY_MS = 86_400_000;

/** ISO text of so many days before now. */
export function daysBefore(days: number): string {
	return new Date(NOW_MS - Math.round(days * DAY_MS)).toISOString().replace('.000Z', 'Z');
}

/** A contract that anybody in its cities may get, but for what is given. */
export function contractRow(id: string, brand: string, more: Row = {}): Row {
	return {
		id,
		brand_id: brand,
		kind: 'sponsored',
		reward_cents: 800,
		price_cents: 1200,
		supply: 50,
		starts_at: daysBefore(10),
		ends_at: daysBefore(-20),
		is_drop: true,
		is_onboarding: false,
		monthly: true,
		min_account_age_days: null,
		max_account_age_days: null,
		new_customers_only: false,
		once_per_user: false,
		rolled_over_from: null,
		...more,
	};
}

/** A logged assignment, but for what is given. */
export function assignmentRow(
	drop: string,
	user: string,
	contract: string,
	daysAgo: number,
	more: Row = {},
): Row {
	return {
		drop_id: drop,
		user_id: user,
		contract_id: contract,
		slot: 1,
		points: null,
		propensity: null,
		assigned_at: daysBefore(daysAgo),
		selected_at: null,
		converted_at: null,
		rejected_at: null,
		token_expired_at: null,
		...more,
	};
}

/**
 * A small random marketplace with all the oddities of the spec: ties, missing affinities, blocked and future
 * users, contracts of every kind of ineligibility, tokens, rejections, shared supply. The same seed gives the
 * same rows.
 */
export function randomMarketplace(seed: number, size: { cities?: number; users?: number } = {}): Marketplace {
	const u = (what: string, i: number) => uniform(seed, 900, key32(what), i);
	const whole = (what: string, i: number, most: number) => Math.floor(u(what, i) * most);
	const cityCount = size.cities ?? 1 + whole('cities', 0, 3);
	const brandCount = 2 + whole('brands', 0, 6);
	const contractCount = 3 + whole('contracts', 0, 12);
	const userCount = size.users ?? 4 + whole('users', 0, 22);
	const hasTies = u('ties', 0) < 0.5;
	const ids = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i}`);
	const [cities, brands, contracts, users] = [ids('y', cityCount), ids('b', brandCount), ids('k', contractCount), ids('u', userCount)]; // prettier-ignore

	const value = (what: string, i: number) => (hasTies ? whole(what, i, 4) / 4 : Math.round(u(what, i) * 1e4) / 1e4);
	const affinities = (table: string) =>
		['r1', 'r2'].flatMap((run, r) =>
			users.flatMap((user, i) =>
				brands.flatMap((brand, b): Row[] => {
					const n = (r * userCount + i) * brandCount + b;
					return u(`${table} gap`, n) < 0.08 ? [] : [{ run_id: run, user_id: user, brand_id: brand, value: value(table, n) }];
				}),
			),
		);
	const place = (what: string, i: number) =>
		hasTies ? { latitude: 40, longitude: -74 } : { latitude: 40 + u(what, 2 * i) / 5, longitude: -74 + u(what, 2 * i + 1) / 5 };

	return {
		format: 'dropbench-scenario',
		version: 1,
		program: 'drop',
		name: `random ${seed}`,
		now: NOW,
		tables: {
			city: cities.map((id) => ({ id, name: `City ${id}`, latitude: 40, longitude: -74 })),
			brand: brands.map((id) => ({ id, name: `Brand ${id}`, category: 'coffee' })),
			location: brands.flatMap((brand, b) =>
				cities.flatMap((city, y): Row[] =>
					u('location', b * 10 + y) < 0.85 ? [{ brand_id: brand, city_id: city, ...place('location place', b * 10 + y) }] : [],
				),
			),
			contract: contracts.map((id, c) =>
				contractRow(id, brands[whole('contract brand', c, brandCount)], {
					kind: u('kind', c) < 0.6 ? 'sponsored' : 'growth',
					price_cents: u('kind', c) < 0.6 ? 500 + 100 * whole('price', c, 20) : 0,
					reward_cents: 100 * whole('reward', c, 20),
					supply: whole('supply', c, 12),
					starts_at: u('window', c) < 0.1 ? daysBefore(-2) : daysBefore(16),
					is_drop: u('is_drop', c) > 0.06,
					is_onboarding: u('is_onboarding', c) < 0.06,
					min_account_age_days: u('min age', c) < 0.15 ? 30 : null,
					max_account_age_days: u('max age', c) < 0.15 ? 100 : null,
					new_customers_only: u('new', c) < 0.2,
					once_per_user: u('once', c) < 0.3,
				}),
			),
			contract_city: contracts.flatMap((contract, c) =>
				cities.flatMap((city, y): Row[] =>
					y === c % cityCount || u('serves', c * 10 + y) < 0.4 ? [{ contract_id: contract, city_id: city }] : [],
				),
			),
			user: users.map((id, i) => ({
				id,
				city_id: cities[whole('city', i, cityCount)],
				...place('user place', i),
				created_at: daysBefore(u('age', i) < 0.05 ? -1 : 1 + 200 * u('age', i)),
				status: u('status', i) < 0.06 ? 'blocked' : 'active',
			})),
			app_open: users.flatMap((user, i): Row[] => (u('open', i) < 0.7 ? [{ user_id: user, opened_at: daysBefore(40 * u('open', 1000 + i)) }] : [])),
			recommender_run: [
				{ id: 'r1', model: 'm', trained_at: daysBefore(9), status: 'completed' },
				{ id: 'r2', model: 'm', trained_at: daysBefore(2), status: 'completed' },
				{ id: 'r3', model: 'm', trained_at: daysBefore(1), status: 'failed' },
			],
			affinity: affinities('affinity'),
			best_customer: affinities('best'),
			drop: [{ id: 'd1', scheduled_at: daysBefore(8), started_at: daysBefore(8), completed_at: daysBefore(8), status: 'completed', seed: 5, config: null }],
			assignment: users.flatMap((user, i) =>
				contracts.flatMap((contract, c): Row[] => {
					const n = i * contractCount + c;
					if (u('logged', n) > 0.12) return [];
					const fate = u('fate', n);
					const selected = fate < 0.5 ? daysBefore(6) : null;
					return [
						assignmentRow('d1', user, contract, 8, {
							slot: 1 + (n % 3),
							selected_at: selected,
							converted_at: fate < 0.2 ? daysBefore(3) : null,
							token_expired_at: fate >= 0.2 && fate < 0.3 ? daysBefore(1) : null,
							rejected_at: fate > 0.8 ? daysBefore(5) : null,
						}),
					];
				}),
			),
		},
	};
} // prettier-ignore

/** The marketplace as the stages see it. */
export function datasetOf(marketplace: Marketplace): DropDataset {
	return buildDataset(contentFromDocument(marketplace, programById).content);
}

/** A complete configuration from the settings that differ. */
export function configOf(settings: object = {}): DropConfig {
	return dropConfigSchema.parse(settings);
}

/** Runs a marketplace cold. */
export function runOf(
	marketplace: Marketplace,
	settings: object = {},
): { run: DropRun; outcome: DropOutcome } {
	const dataset = datasetOf(marketplace);
	const run = simulate(dataset, dataset.now, configOf(settings), new StageCache(1));
	return { run, outcome: gatherOutcome(run) };
}

/** Assignments as text, by user and slot; sponsored ones alone on request. */
export function listOf(
	{ run, outcome }: { run: DropRun; outcome: DropOutcome },
	only: 'all' | 'sponsored' = 'all',
): string[] {
	const { users, contracts } = run.dataset;
	return Array.from(outcome.user, (u, a) => ({ u, c: outcome.contract[a], a }))
		.filter(({ c }) => only === 'all' || contracts.isSponsored[c] === 1)
		.map(({ u, c, a }) => `${users.ids[u]} ${contracts.ids[c]} ${outcome.slot[a]} ${outcome.points[a]}`);
}
