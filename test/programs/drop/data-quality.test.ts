import { describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import { programById } from '#programs/registry.ts';
import type { QualityItem } from '#programs/report.ts';
import { affinityRows, cityRows, handMarket, userRow } from './hand-market.ts';
import { contractRow, daysBefore, type Row } from './marketplace.ts';

const full = { a: 0.5, b: 0.5, c: 0.5 };

function qualityOf(tables: Record<string, Row[]>): ReadonlyMap<string, QualityItem> {
	const drop = programById('drop');
	if (!drop) throw new Error('the Drop is a program');
	const { content } = contentFromDocument(handMarket(tables), programById);
	const items = drop.open(content).quality?.(drop.readConfig({}).config) ?? [];
	return new Map(items.map((item) => [item.id, item]));
}

const rowsOf = (item: QualityItem | undefined) =>
	Object.fromEntries((item?.rows ?? []).map(({ id, values }) => [id, [...values]]));

describe('dropQuality', () => {
	it('finds nothing wrong with a market that lacks nothing', () => {
		const items = qualityOf({ affinity: affinityRows({ u1: full }) });
		expect([...items.values()].map(({ title, count, of, isFine }) => [title, count, of, isFine])).toEqual([
			['Users with missing affinities', 0, 1, true],
			['Users without a usable location', 0, 1, true],
			['Stale or failed recommender runs', 0, 1, true],
			['Contracts without a place in a city they serve', 0, 1, true],
		]);
	});

	it('counts users with missing affinities, and what stands in for each value', () => {
		const user = ['u1', 'u2', 'u3'].map((id) => userRow(id, id === 'u3' ? { status: 'blocked' } : {}));
		const item = qualityOf({ user, affinity: affinityRows({ u1: full, u2: { a: 0.4, b: 0.1 } }) }).get('missing-affinities'); // prettier-ignore
		// u3 takes no part; c of u2 counts as the mean, of which u1 has a value
		expect([item?.count, item?.of]).toEqual([1, 2]);
		expect(rowsOf(item)).toEqual({ user: ['u2'], city: ['City y'], missing: [1], floor: [0] });
		const none = qualityOf({ user, affinity: affinityRows({ u1: { a: 0.5, b: 0.5 }, u2: { a: 0.4, b: 0.1 } }) }).get('missing-affinities'); // prettier-ignore
		expect(rowsOf(none)).toMatchObject({ user: ['u1', 'u2'], missing: [1, 1], floor: [1, 1] });
		expect(none?.help).toContain('2 values are missing: 0 count as the mean of the user’s city, 2 as the factor floor');
	}); // prettier-ignore

	it('counts users whose coordinates are 0°, 0° or far from their city', () => {
		const city = [{ ...cityRows('y')[0], latitude: 32, longitude: -97 }];
		const user = [
			userRow('u1'),
			userRow('u2', { latitude: 34.6, longitude: -97 }),
			userRow('u3', { latitude: 34.8, longitude: -97 }),
		];
		const item = qualityOf({ city, user }).get('users-without-location');
		// a degree of latitude is 111.2 km: 289 km are near enough, 311 km are not
		expect(rowsOf(item)).toMatchObject({
			user: ['u1', 'u3'],
			why: ['coordinates are 0°, 0°', 'far from the city'],
		});
		expect(rowsOf(item).distance?.[1]).toBeCloseTo(311.3, 0);
	});

	it('lists failed runs and the one in use once it is stale, and says that none can be used', () => {
		const run = (id: string, days: number, status = 'completed') => ({ id, model: 'm', trained_at: daysBefore(days), status }); // prettier-ignore
		const item = qualityOf({
			recommender_run: [run('r1', 20), run('r2', 8), run('r3', 1, 'failed')],
		}).get('recommender-stale');
		expect(rowsOf(item)).toMatchObject({ run: ['r2', 'r3'], why: ['in use and stale', 'failed'], age: [8, 1] });
		expect(item?.help).toContain('r2, is 8 days old; at most 7 days are allowed, so the affinities of all users');
		const missing = qualityOf({ recommender_run: [], affinity: [] }).get('recommender-missing');
		expect([missing?.count, missing?.isFine]).toEqual([0, false]);
	}); // prettier-ignore

	it('lists contracts without a place in one or all of their cities', () => {
		const item = qualityOf({
			city: cityRows('y', 'z'),
			contract: [contractRow('ka', 'a'), contractRow('kb', 'b'), contractRow('kc', 'c')],
			contract_city: [
				{ contract_id: 'ka', city_id: 'y' },
				{ contract_id: 'kb', city_id: 'y' },
				{ contract_id: 'kb', city_id: 'z' },
				{ contract_id: 'kc', city_id: 'z' },
			],
		}).get('contract-without-place');
		expect(rowsOf(item)).toEqual({
			contract: ['kb', 'kc'],
			brand: ['Brand b', 'Brand c'],
			served: [2, 1],
			without: ['City z', 'City z'],
		});
		expect(item?.help).toContain('1 of them has no place anywhere');
	});
});
