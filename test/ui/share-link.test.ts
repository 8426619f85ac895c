import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Config } from '#programs/levers.ts';
import type { Edit } from '#workers/protocol.ts';
import { EVERYONE, readFilter } from '#ui/plan-line.ts';
import {
	applyShared,
	fromFragment,
	fromStateFile,
	sharedState,
	toFragment,
	toStateFile,
	withPlace,
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

	it('brings back what-if changes, the screen, and what that screen was narrowed to', () => {
		const edits: Edit[] = [
			{ kind: 'now', now: '2026-03-18T15:00:00Z' },
			{ kind: 'cell', table: 'contract', key: ['k1'], column: 'supply', value: 70 },
			{ kind: 'add', table: 'contract_city', row: { contract_id: 'k1', city_id: 'dal' } },
			{ kind: 'remove', table: 'user', key: ['u1'] },
		];
		const view = {
			'data.tab': 'quality',
			'replay.tab': 'ledger',
			people: JSON.stringify({ ...EVERYONE, title: 'Dallas: 12 users gain', group: 1, effect: 2 }),
		};
		const state = withPlace(sharedState('drop', 's', 'd', live, live, edits), '/data', view);
		expect(state.view).toEqual({ 'data.tab': 'quality', people: view.people });
		expect(fromFragment(toFragment(state))).toEqual(state);
		expect(readFilter(fromFragment(toFragment(state))?.view?.people)).toMatchObject({ group: 1, effect: 2 });
	});

	it('of an older version still opens: no what-if changes, no screen, nothing narrowed', () => {
		const old = '#state=eyJsYWIiOiJkcm9wIiwic2NlbmFyaW8iOiJkcm9wL3RocmVlLWNpdGllcyIsImRpZ2VzdCI6ImFiYyIsInNldHRpbmdzIjp7InNlZWQiOjJ9LCJ3aXRob3V0IjpbXX0'; // prettier-ignore
		expect(fromFragment(old)).toEqual({
			lab: 'drop',
			scenario: 'drop/three-cities',
			digest: 'abc',
			settings: { seed: 2 },
			without: [],
		});
	});

	it('is refused where a what-if change has no such form, and keeps the draft where it cannot read the place', () => {
		const of = (more: object) => toFragment({ ...sharedState('drop', 's', 'd', live, live), ...more });
		const wrong = [{ kind: 'drop' }, { kind: 'cell', table: 't', key: [{}], column: 'c', value: 1 }, 7, { kind: 'add', table: 't', row: { a: [] } }]; // prettier-ignore
		for (const edit of wrong) expect(fromFragment(of({ edits: [edit] }))).toBeNull();
		const state = fromFragment(of({ screen: '/data', view: { 'data.tab': 7, people: 'x'.repeat(5000), 'data.table': 'user' } })); // prettier-ignore
		expect(state?.view).toEqual({ 'data.table': 'user' });
		for (const text of [
			'{',
			'7',
			'null',
			'[]',
			'{"title":"a"}',
			'{"title":"a","effect":0,"group":"x","before":null,"after":null,"items":null}',
		])
			// prettier-ignore
			expect(readFilter(text)).toBeNull();
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
