import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankBrands, readAffinities } from '#programs/drop/affinities.ts';
import { affinityRows, cityRows, handMarket, userRow } from './hand-market.ts';
import { datasetOf, daysBefore } from './marketplace.ts';

const dataset = datasetOf(
	handMarket({
		city: cityRows('y', 'z'),
		user: [userRow('u1'), userRow('u2'), userRow('u3', { city_id: 'z' })],
		affinity: affinityRows({ u1: { a: 0.2, b: 0.5 }, u2: { a: 0.6 }, u3: { c: 0.9 } }),
	}),
);

describe('readAffinities', () => {
	it('fills a gap with the mean over the city’s users, and leaves what the city has not', () => {
		const read = readAffinities(dataset, dataset.affinity, 0, dataset.now);
		// u2 gets b from u1; c is nobody's in y, a and b are nobody's in z
		expect([...read.value]).toEqual([0.2, 0.5, NaN, 0.6, 0.5, NaN, NaN, NaN, 0.9]);
		expect([...read.isOwn]).toEqual([1, 1, 0, 1, 0, 0, 0, 0, 1]);
		expect([read.filledCount, read.absentCount]).toEqual([1, 4]);
	});

	it('leaves users who register later out of the mean and the counts', () => {
		const later = datasetOf(
			handMarket({
				user: [userRow('u1'), userRow('u2'), userRow('u3', { created_at: daysBefore(-1) })],
				affinity: affinityRows({ u1: { a: 0.2 }, u3: { a: 0.8, b: 0.7 } }),
			}),
		);
		const read = readAffinities(later, later.affinity, 0, later.now);
		expect([...read.value]).toEqual([0.2, NaN, NaN, 0.2, NaN, NaN, 0.8, 0.7, NaN]);
		expect([read.filledCount, read.absentCount]).toEqual([1, 4]);
	});

	it('knows nothing without a run', () => {
		const read = readAffinities(dataset, dataset.affinity, -1, dataset.now);
		expect(read.value.every(Number.isNaN)).toBe(true);
		expect(read.absentCount).toBe(9);
	});
});

describe('rankBrands', () => {
	it('ranks by affinity descending with ties by brand id, in the catalogue only what the run has', () => {
		const value = Float64Array.of(0.5, 0.9, 0.5, NaN, 0.4, 0.6);
		const isOwn = Uint8Array.of(1, 1, 1, 0, 1, 0);
		const affinities = { value, isOwn, filledCount: 0, absentCount: 1 };
		const catalogue = rankBrands(affinities, 3, true, 0.01);
		expect([...catalogue.place]).toEqual([2, 1, 3, 0, 1, 0]);
		expect([...catalogue.count]).toEqual([3, 1]);
		const all = rankBrands(affinities, 3, false, 0.01);
		expect([...all.place]).toEqual([2, 1, 3, 3, 2, 1]);
		expect([...all.count]).toEqual([3, 3]);
	});
	it('ranks as a plain sort does, values of single and of double precision alike', () => {
		const anyValue = fc.oneof(
			fc.float({ min: 0, max: 1, noNaN: true }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			fc.constantFrom(0, 0.25, 1, NaN),
		);
		fc.assert(
			fc.property(fc.array(anyValue, { minLength: 1, maxLength: 40 }), fc.boolean(), (values, isSingle) => {
				const value = Float64Array.from(values, (v) => (isSingle ? Math.fround(v) : v));
				const affinities = {
					value,
					isOwn: Uint8Array.from(value, () => 1),
					filledCount: 0,
					absentCount: 0,
				};
				const floor = 0.015625;
				const of = (b: number) => (Number.isNaN(value[b]) ? floor : value[b]);
				const sorted = [...value.keys()].sort((a, b) => of(b) - of(a) || a - b);
				const expected = [...value.keys()].map((b) => sorted.indexOf(b) + 1);
				expect([...rankBrands(affinities, value.length, false, floor).place]).toEqual(expected);
			}),
			{ seed: 4, numRuns: 1000 },
		);
	});
});
