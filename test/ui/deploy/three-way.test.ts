import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../../src/programs/levers.ts';
import { overwrites, rebased } from '../../../src/ui/deploy/three-way.ts';

const base: Config = { seed: 1, ratio: 0.7, cities: { austin: { ratio: 0.5 } } };

describe('overwrites', () => {
	it('lists what production changed and the draft would change back, and says who changed it', () => {
		const now = { seed: 1, ratio: 0.8, cities: { austin: { ratio: 0.6 } } };
		const draft = { seed: 1, ratio: 0.7, cities: { austin: { ratio: 0.4 } } };
		expect(overwrites([], base, now, draft)).toEqual([
			{ path: 'cities.austin.ratio', title: 'cities.austin.ratio', began: '0.5', now: '0.6', draft: '0.4', isConflict: true },
			{ path: 'ratio', title: 'ratio', began: '0.7', now: '0.8', draft: '0.7', isConflict: false },
		]); // prettier-ignore
	});

	it('leaves out what production did not change, and what both changed to the same value', () => {
		expect(overwrites([], base, base, { ...base, ratio: 0.1 })).toEqual([]);
		expect(overwrites([], base, { ...base, ratio: 0.8 }, { ...base, ratio: 0.8 })).toEqual([]);
	});
});

describe('rebased', () => {
	it('lays the changes of the draft over production as it is now', () => {
		const now = { seed: 1, ratio: 0.8, cities: { austin: { ratio: 0.5 }, dallas: { ratio: 0.9 } } };
		const draft = { seed: 2, ratio: 0.7 };
		expect(rebased(base, now, draft)).toEqual({ seed: 2, ratio: 0.8, cities: { dallas: { ratio: 0.9 } } });
	});

	it('leaves only conflicts to overwrite', () => {
		const config = fc.record({ a: fc.nat(2), b: fc.nat(2), c: fc.record({ d: fc.nat(2) }) });
		fc.assert(
			fc.property(config, config, config, (began, now, draft) => {
				const left = overwrites([], began, now, rebased(began, now, draft));
				expect(left.every(({ isConflict }) => isConflict)).toBe(true);
				expect(left.map(({ path }) => path)).toEqual(
					overwrites([], began, now, draft).flatMap(({ path, isConflict }) => (isConflict ? [path] : [])),
				);
			}),
			{ seed: 1, numRuns: 300 },
		);
	});
});
