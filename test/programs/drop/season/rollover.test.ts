import { describe, expect, it } from 'vitest';
import { key32 } from '#engine/random.ts';
import { cloneId, monthAfter, rollOver } from '#programs/drop/season/rollover.ts';
import { cityRows, handMarket } from '../hand-market.ts';
import { contractRow, datasetOf, type Row } from '../marketplace.ts';

const at = (text: string) => Date.parse(text);
const february = { starts_at: '2026-02-01T00:00:00Z', ends_at: '2026-03-01T00:00:00Z' };

function contractsOf(contract: Row[], more: Record<string, Row[]> = {}) {
	return datasetOf(handMarket({ contract, ...more })).contracts;
}

describe('rollOver', () => {
	it('clones a monthly contract whose period has ended, on the same terms and linked to it', () => {
		const before = contractsOf(
			[
				contractRow('ka-2026-02', 'b', { ...february, supply: 9, reward_cents: 321 }),
				contractRow('kz', 'c', february),
			],
			{
				city: cityRows('x', 'y'),
				contract_city: [
					{ contract_id: 'ka-2026-02', city_id: 'x' },
					{ contract_id: 'ka-2026-02', city_id: 'y' },
					{ contract_id: 'kz', city_id: 'y' },
				],
			},
		);
		const rollover = rollOver(before, at('2026-03-01T00:00:00Z'));
		if (rollover === null) throw new Error('nothing was rolled over');
		const { contracts, newIndex, cloned } = rollover;
		expect(contracts.ids).toEqual(['ka-2026-02', 'ka-2026-03', 'kz', 'kz-2026-03']);
		expect([...newIndex]).toEqual([0, 2]);
		expect(cloned).toEqual([
			{ from: 0, to: 1 },
			{ from: 2, to: 3 },
		]);
		expect([...contracts.ancestor]).toEqual([-1, 0, -1, 2]);
		expect([contracts.startsAt[1], contracts.endsAt[1]].map((time) => new Date(time).toISOString())).toEqual([
			'2026-03-01T00:00:00.000Z',
			'2026-04-01T00:00:00.000Z',
		]);
		expect([contracts.supply[1], contracts.rewardCents[1], contracts.brand[1]]).toEqual([9, 321, 1]);
		expect([...contracts.city.subarray(contracts.cityStart[1], contracts.cityStart[2])]).toEqual([0, 1]);
		expect(contracts.key[1]).toBe(key32('ka-2026-03'));
	});

	it('catches up month by month, each clone linked to the one before', () => {
		const rollover = rollOver(contractsOf([contractRow('ka', 'a', february)]), at('2026-05-10T00:00:00Z'));
		expect(rollover?.contracts.ids).toEqual(['ka', 'ka-2026-03', 'ka-2026-04', 'ka-2026-05']);
		expect([...(rollover?.contracts.ancestor ?? [])]).toEqual([-1, 0, 1, 2]);
	});

	it('leaves alone what runs still, is not monthly, or has a successor', () => {
		const only = (contract: Row[], time = '2026-03-17T15:00:00Z') =>
			rollOver(contractsOf(contract), at(time));
		expect(only([contractRow('ka', 'a', february)], '2026-02-28T23:59:59Z')).toBeNull();
		expect(only([contractRow('ka', 'a', { ...february, monthly: false })])).toBeNull();
		const successor = contractRow('kb', 'a', {
			starts_at: '2026-03-01T00:00:00Z',
			ends_at: '2026-04-01T00:00:00Z',
			rolled_over_from: 'ka',
		});
		expect(only([contractRow('ka', 'a', february), successor])).toBeNull();
	});

	it('takes an id that is free', () => {
		const rows = [contractRow('ka', 'a', february), contractRow('ka-2026-03', 'a', { monthly: false })];
		expect(rollOver(contractsOf(rows), at('2026-03-02T00:00:00Z'))?.contracts.ids).toContain('ka-2026-03.2');
	});
});

describe('names and months', () => {
	it('put the new month behind the id in place of the old', () => {
		expect(cloneId('k01', at('2026-03-01T00:00:00Z'))).toBe('k01-2026-03');
		expect(cloneId('k01-2026-02', at('2026-03-01T00:00:00Z'))).toBe('k01-2026-03');
	});

	it('keep the day where the next month has it', () => {
		const after = (text: string) => new Date(monthAfter(at(text))).toISOString();
		expect(after('2026-01-31T06:00:00Z')).toBe('2026-02-28T06:00:00.000Z');
		expect(after('2028-01-31T00:00:00Z')).toBe('2028-02-29T00:00:00.000Z');
		expect(after('2026-12-15T00:00:00Z')).toBe('2027-01-15T00:00:00.000Z');
	});
});
