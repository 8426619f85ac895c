import { describe, expect, it } from 'vitest';
import { candidatesBeside, MOST_BESIDE, withCandidate, withoutCandidate } from '#ui/candidates.ts';
import type { Compared } from '#ui/workbench.svelte.ts';

const known = new Set(['a', 'b', 'c', 'd', 'e']);
const nothing: Compared = { shown: [], picked: 'draft' };

describe('candidatesBeside', () => {
	it('lists presets, then variants, also where both have one id', () => {
		const preset = { id: 'push', title: 'Growth push', help: 'More growth.', changes: [] };
		const variant = { id: 'push', name: 'Spring', config: { a: 1 }, scenario: 's', headline: [] };
		const all = candidatesBeside([preset], [variant], () => ({ a: 2 }));
		expect(all.map(({ name, config }) => [name, config])).toEqual([
			['Growth push', { a: 2 }],
			['Spring', { a: 1 }],
		]);
		expect(new Set(all.map(({ id }) => id)).size).toBe(2);
	});
});

describe('withCandidate', () => {
	it('puts one beside the draft and looks at it, once', () => {
		const one = withCandidate(nothing, 'a', known);
		expect(one).toEqual({ shown: ['a'], picked: 'a' });
		expect(withCandidate(one, 'a', known)).toEqual(one);
	});

	it('makes room by the one that came first, and counts none that is not there', () => {
		const full = ['a', 'b', 'c', 'd'].reduce<Compared>((to, id) => withCandidate(to, id, known), nothing);
		expect(full.shown).toHaveLength(MOST_BESIDE);
		expect(withCandidate(full, 'e', known)).toEqual({ shown: ['b', 'c', 'd', 'e'], picked: 'e' });
		const gone = { shown: ['a', 'x', 'y', 'z'], picked: 'a' };
		expect(withCandidate(gone, 'b', known).shown).toEqual(['a', 'b']);
	});
});

describe('withoutCandidate', () => {
	it('goes back to the draft where the one looked at goes', () => {
		const two = { shown: ['a', 'b'], picked: 'b' };
		expect(withoutCandidate(two, 'a')).toEqual({ shown: ['b'], picked: 'b' });
		expect(withoutCandidate(two, 'b')).toEqual({ shown: ['a'], picked: 'draft' });
	});
});
