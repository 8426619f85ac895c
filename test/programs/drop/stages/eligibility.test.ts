import { describe, expect, it } from 'vitest';
import { readAsOf } from '#programs/drop/as-of.ts';
import { eligibility, userOfPair } from '#programs/drop/stages/eligibility.ts';
import { cityRows, handMarket, userRow } from '../hand-market.ts';
import { assignmentRow, contractRow, datasetOf, daysBefore, type Row } from '../marketplace.ts';

function eligibleOf(tables: Record<string, Row[]>): string[] {
	const dataset = datasetOf(handMarket(tables));
	const pairs = eligibility(dataset, readAsOf(dataset, dataset.now));
	return Array.from(
		pairs.contract,
		(c, p) => `${dataset.users.ids[userOfPair(pairs, p)]} ${dataset.contracts.ids[c]}`,
	);
}

describe('eligibility', () => {
	it('leaves out contracts that are closed to everybody', () => {
		const contract = [
			contractRow('k0', 'a'),
			contractRow('k1', 'a', { is_drop: false }),
			contractRow('k2', 'a', { is_onboarding: true }),
			contractRow('k3', 'a', { starts_at: daysBefore(-1) }),
			contractRow('k4', 'a', { ends_at: daysBefore(0) }),
			contractRow('k5', 'a'),
			contractRow('k6', 'a', { supply: 0 }),
			contractRow('k7', 'c'),
			contractRow('k8', 'a', { starts_at: daysBefore(0) }),
		];
		expect(
			eligibleOf({
				contract,
				city: cityRows('y', 'z'),
				location: [{ brand_id: 'a', city_id: 'y', latitude: 0, longitude: 0 }],
				contract_city: contract.map(({ id }) => ({ contract_id: id, city_id: id === 'k5' ? 'z' : 'y' })),
			}),
		).toEqual(['u1 k0', 'u1 k8']);
	});

	it('holds account ages to bounds that count themselves, in whole days', () => {
		const user = [
			userRow('u1', { created_at: daysBefore(29.9) }),
			userRow('u2', { created_at: daysBefore(30) }),
			userRow('u3', { created_at: daysBefore(31.9) }),
			userRow('u4', { created_at: daysBefore(32) }),
			userRow('u5', { status: 'blocked', created_at: daysBefore(30) }),
		];
		const contract = [contractRow('ka', 'a', { min_account_age_days: 30, max_account_age_days: 31 })];
		expect(eligibleOf({ user, contract })).toEqual(['u2 ka', 'u3 ka']);
	});

	it('keeps customers from offers for new ones, and from a second conversion on a contract or its ancestor', () => {
		const converted = { selected_at: daysBefore(38), converted_at: daysBefore(37) };
		const contract = [
			contractRow('k1', 'a', { starts_at: daysBefore(50), once_per_user: true }),
			contractRow('k2', 'a', { once_per_user: true, rolled_over_from: 'k1' }),
			contractRow('k3', 'a', { once_per_user: true }),
			contractRow('k4', 'a', { new_customers_only: true }),
			contractRow('k5', 'b', { new_customers_only: true }),
			contractRow('k6', 'a'),
		];
		const user = [userRow('u1'), userRow('u2')];
		expect(
			eligibleOf({ contract, user, assignment: [assignmentRow('d1', 'u1', 'k1', 39, converted)] }),
		).toEqual([
			...['k3', 'k5', 'k6'].map((id) => `u1 ${id}`),
			...['k1', 'k2', 'k3', 'k4', 'k5', 'k6'].map((id) => `u2 ${id}`),
		]);
	});

	it('offers no brand whose token the user holds, until it converts or expires', () => {
		const contract = [contractRow('ka', 'a'), contractRow('kb', 'b'), contractRow('kc', 'c')];
		const token = (drop: string, id: string, more: Row) =>
			assignmentRow(drop, 'u1', id, 9, { selected_at: daysBefore(8), ...more });
		expect(
			eligibleOf({
				contract,
				assignment: [
					token('d1', 'ka', {}),
					token('d2', 'kb', { token_expired_at: daysBefore(0) }),
					token('d3', 'kc', { converted_at: daysBefore(-1) }),
				],
			}),
		).toEqual(['u1 kb']);
	});
});
