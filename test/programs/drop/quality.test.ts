import { describe, expect, it } from 'vitest';
import { rankOfGiven, supplyOutlook } from '#programs/drop/quality.ts';
import { affinityRows, handMarket, userRow } from './hand-market.ts';
import { contractRow, runOf } from './marketplace.ts';

const user = [userRow('u1'), userRow('u2')];
const affinity = affinityRows({ u1: { a: 0.9, b: 0.5 }, u2: { a: 0.8, b: 0.5 } });
const settings = { cutoff: { bottomShare: 0 }, supply: { mode: 'none' } };

describe('rankOfGiven', () => {
	it('ranks what each got, and counts who waits for what she ranks above it', () => {
		const contract = [contractRow('ka', 'a', { supply: 1 }), contractRow('kb', 'b')];
		const { run, outcome } = runOf(handMarket({ user, contract, affinity }), {
			...settings,
			slotsPerUser: 1,
		});
		const { rank, waiting } = rankOfGiven(run, outcome);
		// u1 has ka, her first choice; u2 has kb, her second, and waits for ka
		expect([...rank]).toEqual([1, 2]);
		expect([...waiting]).toEqual([1, 0]);
	});

	it('lets a user with an open slot wait for anything that is full, but not for another of a brand she holds', () => {
		const contract = [
			contractRow('k1', 'a', { supply: 2 }),
			contractRow('k2', 'a', { supply: 2 }),
			contractRow('k3', 'b', { supply: 1 }),
		];
		const { run, outcome } = runOf(handMarket({ user, contract, affinity }), settings);
		const { waiting } = rankOfGiven(run, outcome);
		expect(outcome.user).toHaveLength(3);
		expect([...waiting]).toEqual([0, 0, 1]);
	});
});

describe('supplyOutlook', () => {
	it('gives fulfilment, and the chance of one conversion too many', () => {
		const { run, outcome } = runOf(
			handMarket({ user, contract: [contractRow('ka', 'a', { supply: 1 })], affinity }),
			{
				...settings,
				supply: { mode: 'target', target: 1, estimate: 'fixed', selectionRate: 0.5, conversionRate: 0.5 },
			},
		);
		expect(outcome.user).toHaveLength(2);
		const { columns, metrics } = supplyOutlook(run, outcome, Float64Array.of(0.5));
		const valueOf = (id: string) => columns.find((column) => column.id === id)?.values[0];
		// two assignments that convert with 1/4 each: both with 1/16, above the 1 in 20 of a risk
		expect(valueOf('chance.over')).toBeCloseTo(1 / 16, 14);
		expect([valueOf('seats'), valueOf('fulfilment'), valueOf('supply')]).toEqual([4, 0.5, 1]);
		expect(metrics.map(({ value }) => value)).toEqual([1, 4]);
	});
});
