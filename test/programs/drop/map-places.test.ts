import { describe, expect, it } from 'vitest';
import { mapPlaces } from '#programs/drop/map-places.ts';
import { handMarket, userRow } from './hand-market.ts';
import { datasetOf, randomMarketplace } from './marketplace.ts';

describe('places on the map', () => {
	it('are km east and north of the middle: a hundredth of a degree is 1.112 km', () => {
		const users = [
			userRow('u1', { latitude: 0.01, longitude: 0 }),
			userRow('u2', { latitude: -0.01, longitude: 0 }),
			userRow('u3', { latitude: 0, longitude: 0.01 }),
			userRow('u4', { latitude: 0, longitude: -0.01 }),
		];
		const { eastKm, northKm } = mapPlaces(datasetOf(handMarket({ user: users })));
		expect(Array.from(eastKm, (km) => km.toFixed(3))).toEqual(['0.000', '0.000', '1.112', '-1.112']);
		expect(Array.from(northKm, (km) => km.toFixed(3))).toEqual(['1.112', '-1.112', '0.000', '0.000']);
	});

	it('keep distances between users of a city to a part in a thousand', () => {
		const dataset = datasetOf(randomMarketplace(3, { cities: 1, users: 20 }));
		const { eastKm, northKm } = mapPlaces(dataset);
		const { x, y, z } = dataset.users;
		for (let u = 1; u < 20; u++) {
			const flat = Math.hypot(eastKm[u] - eastKm[0], northKm[u] - northKm[0]);
			const chord = 6371.0088 * Math.hypot(x[u] - x[0], y[u] - y[0], z[u] - z[0]);
			expect(Math.abs(flat - chord)).toBeLessThanOrEqual(chord / 1000 + 1e-9);
		}
	});
});
