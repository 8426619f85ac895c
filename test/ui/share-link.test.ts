import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Config } from '#programs/levers.ts';
import {
	applyShared,
	fromFragment,
	fromStateFile,
	sharedState,
	toFragment,
	toStateFile,
} from '#ui/share-link.ts';

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

describe('a draft as a file', () => {
	it('brings back the draft that it was made of', () => {
		const draft: Config = { seed: 2, cities: { '__proto__.x~c': { sponsorshipRatio: 0.5 } } };
		const state = fromStateFile(toStateFile(sharedState('drop', 'drop/three-cities', 'abc', live, draft)));
		expect(state && applyShared(state, live)).toEqual(draft);
	});

	it('is nothing when it is a scenario, a list, too deep or no JSON', () => {
		const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
		const whole = toStateFile(sharedState('drop', 's', 'd', live, live));
		const texts = ['', '{', '[]', 'null', '{"format":"dropbench-scenario"}', whole.slice(0, -2), whole.replace('{}', deep)]; // prettier-ignore
		expect(texts.filter((text) => fromStateFile(text) !== null)).toEqual([]);
		expect(fromStateFile(whole)).not.toBeNull();
	});
});
