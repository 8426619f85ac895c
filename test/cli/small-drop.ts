/** A Drop small enough to follow by hand: one city, two brands, a sponsored and a growth contract, three users. */
export const smallDrop = {
	format: 'dropbench-scenario',
	version: 1,
	program: 'drop',
	name: 'small',
	now: '2026-03-17T15:00:00Z',
	tables: {
		city: [{ id: 'dallas', name: 'Dallas', latitude: 32.78, longitude: -96.8 }],
		brand: [
			{ id: 'b1', name: 'Noodle Bar', category: 'noodles' },
			{ id: 'b2', name: 'Tea House', category: 'tea' },
		],
		location: [
			{ brand_id: 'b1', city_id: 'dallas', latitude: 32.79, longitude: -96.81 },
			{ brand_id: 'b2', city_id: 'dallas', latitude: 32.77, longitude: -96.79 },
		],
		contract: [contract('k1', 'b1', 'sponsored', 150), contract('k2', 'b2', 'growth', 0)],
		contract_city: [
			{ contract_id: 'k1', city_id: 'dallas' },
			{ contract_id: 'k2', city_id: 'dallas' },
		],
		user: ['u1', 'u2', 'u3'].map((id, i) => ({
			id,
			city_id: 'dallas',
			latitude: 32.78 + i / 100,
			longitude: -96.8,
			created_at: '2025-01-01T00:00:00Z',
			status: 'active',
		})),
		app_open: [{ user_id: 'u1', opened_at: '2026-03-16T09:00:00Z' }],
		recommender_run: [{ id: 'r1', model: 'm', trained_at: '2026-03-16T00:00:00Z', status: 'completed' }],
		affinity: ['u1', 'u2', 'u3'].flatMap((user, i) => [
			{ run_id: 'r1', user_id: user, brand_id: 'b1', value: 0.2 + i / 10 },
			{ run_id: 'r1', user_id: user, brand_id: 'b2', value: 0.1 },
		]),
		best_customer: [],
		drop: [],
		assignment: [],
	},
};

function contract(id: string, brand: string, kind: 'sponsored' | 'growth', priceCents: number) {
	return {
		id,
		brand_id: brand,
		kind,
		reward_cents: 300,
		price_cents: priceCents,
		supply: 100,
		starts_at: '2026-01-01T00:00:00Z',
		ends_at: '2026-07-01T00:00:00Z',
		is_drop: true,
		is_onboarding: false,
		monthly: false,
		min_account_age_days: null,
		max_account_age_days: null,
		new_customers_only: false,
		once_per_user: false,
		rolled_over_from: null,
	};
}
