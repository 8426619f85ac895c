import { describe, expect, it } from 'vitest';
import { readAsOf } from '#programs/drop/as-of.ts';
import { readBaselines, readDistances } from '#programs/drop/distances.ts';
import { handMarket, userRow } from './hand-market.ts';
import { contractRow, datasetOf, type Row } from './marketplace.ts';

/** km of one degree of a great circle. */
const DEGREE_KM = (6371.0088 * Math.PI) / 180;
const at = (brand: string, longitude: number): Row => ({
	brand_id: brand,
	city_id: 'y',
	latitude: 0,
	longitude,
});
const location = [at('a', 3), at('a', -1), at('b', 2)];

describe('readDistances', () => {
	it('measures to the nearest location of each brand along the great circle', () => {
		const [a, b, c] = readDistances(datasetOf(handMarket({ location })));
		expect(a).toBeCloseTo(DEGREE_KM, 9);
		expect(b).toBeCloseTo(2 * DEGREE_KM, 9);
		expect(c).toBeNaN();
	});

	it('gives 0 on the spot and half a circle to the other side', () => {
		const [a, b] = readDistances(datasetOf(handMarket({ location: [at('a', 0), at('b', 180)] })));
		expect(a).toBe(0);
		expect(b).toBeCloseTo(180 * DEGREE_KM, 6);
	});
});

describe('readBaselines', () => {
	const read = (tables: Record<string, Row[]>) => {
		const dataset = datasetOf(handMarket({ location, ...tables }));
		return readBaselines(dataset, readAsOf(dataset, dataset.now), readDistances(dataset));
	};
	const user = [
		userRow('u1'),
		userRow('u2', { longitude: 10 }),
		userRow('u3', { longitude: 50, status: 'blocked' }),
	];

	it('takes the median over active users and sponsored brands, of two the mean', () => {
		// degrees to a: 1 and 7; u3 is blocked; b has a growth contract only
		const contract = [contractRow('ka', 'a'), contractRow('kb', 'b', { kind: 'growth', price_cents: 0 })];
		const { cityKm, userKm } = read({ user, contract });
		expect(cityKm[0]).toBeCloseTo(4 * DEGREE_KM, 8);
		expect(userKm[0]).toBeCloseTo(DEGREE_KM, 8);
		expect(userKm[1]).toBeCloseTo(7 * DEGREE_KM, 8);
		expect(userKm[2]).toBeNaN();
	});

	it('falls back to every brand with a location where none has a sponsored contract', () => {
		// degrees: u1 1 and 2, u2 7 and 8: the median lies between 2 and 7
		const contract = [contractRow('ka', 'a', { kind: 'growth', price_cents: 0 })];
		const { cityKm, userKm } = read({ user, contract });
		expect(cityKm[0]).toBeCloseTo(4.5 * DEGREE_KM, 8);
		expect(userKm[0]).toBeCloseTo(1.5 * DEGREE_KM, 8);
	});

	it('has no baseline without a location', () => {
		expect(read({ location: [] }).cityKm[0]).toBeNaN();
	});
});
