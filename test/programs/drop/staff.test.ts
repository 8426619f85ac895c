import { describe, expect, it } from 'vitest';
import {
	assignmentRow,
	contractRow,
	daysBefore,
	listOf,
	runOf,
	NOW,
	type Marketplace,
	type Row,
} from './marketplace.ts';

/**
 * What marketplace staff asked for by name, through builders that act as their dashboard does: add a Drop, add
 * a contract, update a Drop, set a sponsorship ratio.
 */
class Dashboard {
	readonly marketplace: Marketplace;
	#settings: Record<string, unknown> = {};

	/** Two cities, four brands with a place in each, `users` users a city who like every brand. */
	constructor(users = 20) {
		const cities = ['dal', 'nyc'];
		const brands = ['b1', 'b2', 'b3', 'b4'];
		const userRows = cities.flatMap((city) =>
			Array.from({ length: users }, (_, i): Row => ({
				id: `${city}-${String(i).padStart(2, '0')}`,
				city_id: city,
				latitude: 40,
				longitude: -74 + i / 100,
				created_at: daysBefore(100 + i),
				status: 'active',
			})),
		);
		this.marketplace = {
			format: 'dropbench-scenario',
			version: 1,
			program: 'drop',
			name: 'dashboard',
			now: NOW,
			tables: {
				city: cities.map((id) => ({ id, name: id, latitude: 40, longitude: -74 })),
				brand: brands.map((id) => ({ id, name: id, category: 'coffee' })),
				location: brands.flatMap((brand) =>
					cities.map((city) => ({ brand_id: brand, city_id: city, latitude: 40.01, longitude: -74 })),
				),
				contract: [],
				contract_city: [],
				user: userRows,
				app_open: [],
				recommender_run: [{ id: 'r1', model: 'm', trained_at: daysBefore(1), status: 'completed' }],
				affinity: userRows.flatMap((user, i) =>
					brands.map((brand, b) => ({
						run_id: 'r1',
						user_id: String(user.id),
						brand_id: brand,
						value: 0.3 + ((i * 7 + b * 3) % 10) / 20,
					})),
				),
				best_customer: [],
				drop: [],
				assignment: [],
			},
		};
	}

	addDrop(id: string, row: Row = {}): this {
		this.marketplace.tables.drop.push({
			id,
			scheduled_at: NOW,
			started_at: null,
			completed_at: null,
			status: 'scheduled',
			seed: 1,
			config: null,
			...row,
		});
		return this;
	}

	updateDrop(id: string, change: Row): this {
		Object.assign(this.marketplace.tables.drop.find((drop) => drop.id === id) ?? {}, change);
		return this;
	}

	addContract(id: string, brand: string, more: Row = {}, cities = ['dal', 'nyc']): this {
		this.marketplace.tables.contract.push(contractRow(id, brand, more));
		this.marketplace.tables.contract_city.push(...cities.map((city) => ({ contract_id: id, city_id: city })));
		return this;
	}

	setSponsorshipRatio(city: string, ratio: number): this {
		this.#settings = {
			...this.#settings,
			cities: { ...(this.#settings.cities as object), [city]: { sponsorshipRatio: ratio } },
		};
		return this;
	}

	run() {
		return runOf(this.marketplace, { cutoff: { bottomShare: 0 }, ...this.#settings });
	}
}

/** A dashboard with sponsored and growth contracts enough for everybody. */
function furnished(): Dashboard {
	return new Dashboard()
		.addContract('s1', 'b1', { supply: 60 })
		.addContract('s2', 'b2', { supply: 60 })
		.addContract('g1', 'b3', { kind: 'growth', price_cents: 0, supply: 200 })
		.addContract('g2', 'b4', { kind: 'growth', price_cents: 0, supply: 200 });
}

const assigned = (dashboard: Dashboard) => listOf(dashboard.run()).map((line) => line.split(' ')[1]);

describe('staff', () => {
	it('creating a Drop: a planned Drop stands in the scenario and changes no result', () => {
		const before = listOf(furnished().run());
		const { run, outcome } = furnished().addDrop('march-17').run();
		expect(run.dataset.drops.map((drop) => drop.id)).toEqual(['march-17']);
		expect(listOf({ run, outcome })).toEqual(before);
	});

	it('running a Drop: every user of both cities is served, sponsored first', () => {
		const dashboard = furnished().addDrop('march-17').setSponsorshipRatio('dal', 0.5);
		dashboard.updateDrop('march-17', { status: 'running', started_at: NOW });
		const { run, outcome } = dashboard.run();
		expect(outcome.cities.map((city) => city.served)).toEqual([20, 20]);
		for (let a = 0; a < outcome.user.length; a++) {
			const isSponsored = run.dataset.contracts.isSponsored[outcome.contract[a]] === 1;
			expect(isSponsored).toBe(Number.isNaN(outcome.propensity[a]));
			if (outcome.slot[a] === 1) expect(isSponsored).toBe(true);
		}
	});

	it('a Drop respects the sponsorship ratio per city', () => {
		const { outcome } = furnished().setSponsorshipRatio('dal', 0.8).setSponsorshipRatio('nyc', 0.7).run();
		const [dal, nyc] = outcome.cities;
		expect([dal.sponsored, dal.growth]).toEqual([40, 10]);
		expect([nyc.sponsored, nyc.growth]).toEqual([40, 17]);
	});

	it('a Drop assigns no ineligible reward', () => {
		const dashboard = furnished()
			.addContract('elsewhere', 'b3', {}, [])
			.addContract('ended', 'b3', { ends_at: daysBefore(1) })
			.addContract('for-the-old', 'b3', { min_account_age_days: 5000 });
		const given = assigned(dashboard);
		expect(given.length).toBeGreaterThan(40);
		for (const contract of ['elsewhere', 'ended', 'for-the-old']) expect(given).not.toContain(contract);
	});

	it('a Drop assigns no onboarding reward', () => {
		const given = assigned(furnished().addContract('welcome', 'b3', { is_onboarding: true }));
		expect(given.length).toBeGreaterThan(40);
		expect(given).not.toContain('welcome');
	});

	it('a Drop assigns only Drop rewards', () => {
		const given = assigned(furnished().addContract('always-on', 'b3', { is_drop: false }));
		expect(given.length).toBeGreaterThan(40);
		expect(given).not.toContain('always-on');
	});

	it('a Drop assigns none when a contract’s conversion maximum is hit', () => {
		const dashboard = furnished().addContract('full', 'b3', { supply: 2 }).addDrop('last', { status: 'completed', scheduled_at: daysBefore(7) });
		expect(assigned(dashboard)).toContain('full');
		for (const user of ['dal-00', 'dal-01']) {
			dashboard.marketplace.tables.assignment.push(assignmentRow('last', user, 'full', 7, { selected_at: daysBefore(6), converted_at: daysBefore(5) }));
		}
		expect(assigned(dashboard)).not.toContain('full');
	});
}); // prettier-ignore
