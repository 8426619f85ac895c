import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Config } from '#programs/levers.ts';
import { applyShared, fromFragment, sharedState, toFragment } from '#ui/share-link.ts';

const live: Config = { seed: 1, cutoff: { bottomShare: 0.3 }, cities: { dal: { sponsorshipRatio: 0.7 } } };

describe('a link', () => {
	it('brings back the draft that it was made of', () => {
		const draft: Config = {
			seed: 2,
			cutoff: { bottomShare: 0.3 },
			cities: { 'a.b~c': { sponsorshipRatio: 0.5 } },
		};
		const state = fromFragment(toFragment(sharedState('drop', 'drop/three-cities', 'abc', live, draft)));
		expect(state && applyShared(state, live)).toEqual(draft);
	});

	it('holds nothing but what differs', () => {
		expect(sharedState('drop', 's', 'd', live, live)).toMatchObject({ settings: {}, without: [] });
	});

	it('survives any text in settings and names', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (name, value) => {
				const state = sharedState('drop', name.toWellFormed(), '', {}, { note: value.toWellFormed() });
				expect(fromFragment(toFragment(state))).toEqual(state);
			}),
			{ seed: 1, numRuns: 200 },
		);
	});

	it('is nothing when it is not one of ours', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(fromFragment(`#state=${text}`)).toBeNull();
			}),
			{ seed: 1, numRuns: 300 },
		);
		expect(fromFragment('')).toBeNull();
		expect(fromFragment('#elsewhere')).toBeNull();
	});
});
