import { describe, expect, it } from 'vitest';
import { gatherCity } from '#programs/drop/stages/gather-city.ts';
import { listOpenPairs, offeredContracts } from '#programs/drop/stages/open-pairs.ts';
import { cityRows, handMarket, userRow } from '../hand-market.ts';
import { configOf, contractRow, datasetOf } from '../marketplace.ts';

describe('gatherCity', () => {
	it('keeps open pairs of sponsored contracts with seats, and the way back to their indexes', () => {
		const dataset = datasetOf(
			handMarket({
				city: cityRows('x', 'y'),
				user: [userRow('u0', { city_id: 'x' }), userRow('u1'), userRow('u2')],
				contract: [
					contractRow('k0', 'a'),
					contractRow('k1', 'b', { kind: 'growth', price_cents: 0 }),
					contractRow('k2', 'b'),
					contractRow('k3', 'c'),
				],
			}),
		);
		// u0 has pair 0, u1 pairs 1–4, u2 pairs 5–7
		const pairs = { start: Uint32Array.of(0, 1, 5, 8), contract: Uint32Array.of(0, 0, 1, 2, 3, 0, 2, 3) };
		const isOpen = Uint8Array.of(0, 1, 1, 1, 1, 1, 1);
		const seats = Float64Array.of(4, 5, 6, 0);
		const config = configOf({ slotsPerUser: 3, growth: { reservedSlots: 1 } });
		const isOffered = offeredContracts(dataset, true, seats);
		const open = listOpenPairs(dataset, 1, pairs, isOpen, isOffered);
		const points = Int32Array.of(13, 15, 16);
		const city = gatherCity(dataset, open, { points, brandPoints: points }, seats, config, 1);

		// u1's k0 is cut off, k1 is growth, k3 has no seat
		expect([...city.pair]).toEqual([3, 5, 6]);
		expect([...city.contract]).toEqual([0, 2]);
		expect([...city.input.start]).toEqual([0, 1, 3]);
		expect([...city.input.contract]).toEqual([1, 0, 1]);
		expect(city.input.brandPoints).toBe(city.input.points);
		expect([...city.input.seats]).toEqual([4, 6]);
		expect([...city.input.contractBrand]).toEqual([0, 1]);
		expect([city.firstUser, city.input.userCount, city.input.quota]).toEqual([1, 2, 2]);
		expect([...listOpenPairs(dataset, 1, pairs, null, isOffered).pair]).toEqual([1, 3, 5, 6]);
		const growth = listOpenPairs(dataset, 1, pairs, isOpen, offeredContracts(dataset, false, seats));
		expect([...growth.pair]).toEqual([2]);
		expect([...growth.contract]).toEqual([1]);
	});
});
