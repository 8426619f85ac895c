import { describe, expect, it } from 'vitest';
import { readAsOf } from '#programs/drop/as-of.ts';
import { INELIGIBLE_REASONS, failingReasons } from '#programs/drop/reasons.ts';
import { cityRows, handMarket, userRow } from './hand-market.ts';
import { assignmentRow, contractRow, datasetOf, daysBefore } from './marketplace.ts';

describe('failingReasons', () => {
	it('lists all twelve in the fixed order for a pair that fails every one', () => {
		const dataset = datasetOf(
			handMarket({
				city: cityRows('y', 'z'),
				location: [{ brand_id: 'a', city_id: 'z', latitude: 0, longitude: 0 }],
				contract: [
					contractRow('ka', 'a', {
						is_drop: false,
						is_onboarding: true,
						starts_at: daysBefore(-2),
						supply: 1,
						min_account_age_days: 51,
						new_customers_only: true,
						once_per_user: true,
					}),
				],
				contract_city: [{ contract_id: 'ka', city_id: 'z' }],
				user: [userRow('u1', { status: 'blocked' })],
				assignment: [
					assignmentRow('d1', 'u1', 'ka', 20, { selected_at: daysBefore(19), converted_at: daysBefore(18) }),
					assignmentRow('d2', 'u1', 'ka', 10, { selected_at: daysBefore(9) }),
				],
			}),
		);
		const asOf = readAsOf(dataset, dataset.now);
		expect(failingReasons(dataset, asOf, Float64Array.of(0), 0, 0)).toEqual(
			INELIGIBLE_REASONS.map(([code]) => code),
		);
	});

	it('is empty for an eligible pair', () => {
		const dataset = datasetOf(handMarket());
		expect(failingReasons(dataset, readAsOf(dataset, dataset.now), Float64Array.of(1), 0, 0)).toEqual([]);
	});
});
