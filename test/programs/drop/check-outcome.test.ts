import { describe, expect, it } from 'vitest';
import { checkOutcome } from '#programs/drop/check-outcome.ts';
import type { DropOutcome } from '#programs/drop/outcome.ts';
import { affinityRows, cityRows, handMarket, userRow } from './hand-market.ts';
import { assignmentRow, contractRow, daysBefore, runOf, type Row } from './marketplace.ts';

const user = [userRow('u1'), userRow('u2')];
const affinity = affinityRows({ u1: { a: 0.9, b: 0.5, c: 0.4 }, u2: { a: 0.8, b: 0.5, c: 0.4 } });
const contract = [
	contractRow('ka', 'a', { supply: 2 }),
	contractRow('kb', 'b', { supply: 2 }),
	contractRow('kx', 'a', { is_onboarding: true }),
	contractRow('kz', 'a', { supply: 2 }),
	contractRow('gc', 'c', { kind: 'growth', price_cents: 0 }),
];
const settings = { cutoff: { bottomShare: 0 }, supply: { mode: 'none' }, sponsorship: { ratio: 0.6 } };
/** A sound run of two users with ka or kz, kb and gc each: contracts in id order are gc, ka, kb, kx, kz. */
const [GC, KA, KX, KZ] = [0, 1, 3, 4];
const sound = runOf(handMarket({ user, affinity, contract }), settings);

function statesOf(damage: Partial<DropOutcome>, base = sound): Record<string, string> {
	const checks = checkOutcome(base.run, { ...base.outcome, ...damage });
	return Object.fromEntries(
		checks.filter(({ state }) => state !== 'fine').map(({ id, state }) => [id, state]),
	);
}

const contractsWith = (change: (contract: Uint32Array) => void): Uint32Array => {
	const copy = sound.outcome.contract.slice();
	change(copy);
	return copy;
};

describe('checkOutcome', () => {
	it('finds nothing in a sound outcome', () => {
		expect(sound.outcome.user).toHaveLength(6);
		expect(
			checkOutcome(sound.run, sound.outcome).filter(
				({ state, isGuardrail }) => isGuardrail && state !== 'fine',
			),
		).toEqual([]);
	});

	it('finds a contract beyond its seats', () => {
		const first = sound.outcome.contract.findIndex((c) => c === KA || c === KZ);
		const own = sound.outcome.contract[first];
		const damaged = contractsWith((column) => column.fill(own, 0, 3));
		expect(statesOf({ contract: damaged }).supply).toBe('over');
	});

	it('finds a contract assigned after its last conversion, even with seats', () => {
		const converted = ['d1', 'd2'].map((drop) =>
			assignmentRow(drop, 'u1', 'ka', 20, { selected_at: daysBefore(19), converted_at: daysBefore(18) }),
		);
		const full = runOf(handMarket({ user, affinity, contract, assignment: converted }), settings);
		const damaged = full.outcome.contract.slice();
		damaged[0] = KA;
		const seats = full.run.supply.seats.map(() => 99);
		const run = { ...full.run, supply: { ...full.run.supply, seats } };
		expect(statesOf({ contract: damaged }, { ...full, run }).completed).toBe('over');
	});

	it('finds a ratio under its target from the assignments, whatever the totals say', () => {
		// one sponsored reward turned into growth: 3 of 6 are under 0.6
		const at = sound.outcome.contract.findIndex((c) => c === KA || c === KZ);
		const damaged = contractsWith((column) => (column[at] = GC));
		expect(statesOf({ contract: damaged }).ratio).toBe('over');
	});

	it('finds a city without assignments from the assignments, whatever the totals say', () => {
		const none = new Uint32Array(0);
		const byUser = { user: none, contract: none, userStart: sound.outcome.userStart.map(() => 0) };
		expect(statesOf(byUser).zero).toBe('over');
	});

	it('finds an ineligible, an onboarding and an out-of-city reward', () => {
		const onboarding = contractsWith((column) => (column[0] = KX));
		expect(statesOf({ contract: onboarding }).eligible).toBe('over');

		const tables: Record<string, Row[]> = {
			user,
			affinity,
			contract,
			city: cityRows('y', 'z'), // prettier-ignore
			contract_city: contract.map(({ id }) => ({ contract_id: id, city_id: id === 'kz' ? 'z' : 'y' })),
		};
		const two = runOf(handMarket(tables), settings);
		const foreign = two.outcome.contract.slice();
		foreign[0] = KZ;
		expect(statesOf({}, two).eligible).toBeUndefined();
		expect(statesOf({ contract: foreign }, two).eligible).toBe('over');
	});

	it('finds two rewards of one brand', () => {
		const damaged = contractsWith((column) => {
			column[0] = KA;
			column[1] = KZ;
		});
		expect(statesOf({ contract: damaged }).slots).toBe('over');
	});

	it('finds a gap in the slots, and more rewards than slots', () => {
		const slot = sound.outcome.slot.slice();
		slot[1] = 3;
		expect(statesOf({ slot }).slots).toBe('over');
		const run = { ...sound.run, config: { ...sound.run.config, slotsPerUser: 2 } };
		expect(statesOf({}, { ...sound, run }).slots).toBe('over');
	});

	it('rehearses the alerts: nothing assigned, a stale recommender, a stuck Drop, a contract near its maximum', () => {
		const drop = (id: string, hours: number, status: string): Row => ({
			id,
			status,
			seed: 1,
			config: null,
			completed_at: null, // prettier-ignore
			scheduled_at: daysBefore(hours / 24),
			started_at: daysBefore(hours / 24),
		});
		const alertsOf = (tables: Record<string, Row[]>) => {
			const base = runOf(handMarket({ user, affinity, contract, ...tables }), settings);
			return Object.keys(statesOf({}, base));
		};
		expect(alertsOf({})).not.toContain('zero');
		expect(alertsOf({ contract: [contractRow('kx', 'a', { is_onboarding: true })] })).toContain('zero');
		const run = (days: number) => [
			{ id: 'r1', model: 'm', trained_at: daysBefore(days), status: 'completed' },
		];
		expect(alertsOf({ recommender_run: run(7) })).not.toContain('recommender');
		expect(alertsOf({ recommender_run: run(7.1) })).toContain('recommender');
		expect(alertsOf({ drop: [drop('d1', 2, 'running')] })).not.toContain('interrupted');
		expect(alertsOf({ drop: [drop('d1', 2.1, 'running')] })).toContain('interrupted');
		const converted = [
			assignmentRow('d1', 'u1', 'ka', 20, { selected_at: daysBefore(19), converted_at: daysBefore(18) }),
		];
		const only = (supply: number) => [contractRow('ka', 'a', { supply })];
		expect(alertsOf({ contract: only(2), assignment: converted })).not.toContain('near-maximum');
		expect(alertsOf({ contract: only(1), assignment: converted })).toContain('near-maximum');
	});

	it('tells a city more than five points above its target', () => {
		const none = runOf(handMarket({ user, affinity, contract: contract.slice(0, 2) }), settings);
		expect(statesOf({}, none)['above-target']).toBe('close');
	});
});
