import { describe, expect, it } from 'vitest';
import { planBetween } from '#programs/plan.ts';
import type { Report } from '#programs/report.ts';
import { peopleOf, planLine } from '#ui/plan-line.ts';

const CITY = ['city', 'cities'] as const;

/** Two users in each of three cities; `held` lists the rewards of each: 0 is sponsored, 1 is growth. */
function report(held: readonly (readonly number[])[]): Report {
	const participants = {
		noun: ['user', 'users'] as const,
		itemNoun: ['reward', 'rewards'] as const,
		ids: ['u0', 'u1', 'u2', 'u3', 'u4', 'u5'],
		group: Int32Array.of(0, 0, 1, 1, 2, 2),
		groups: ['Dallas', 'Austin', 'New York'],
		state: Uint8Array.from(held, (items) => items.length),
		states: ['nobody', 'one', 'two'],
		itemStart: Uint32Array.from([0, ...held.map((_, i) => held.slice(0, i + 1).flat().length)]),
		item: Uint32Array.from(held.flat()),
		items: ['a', 'g'],
		itemKind: Uint8Array.of(0, 1),
		itemKinds: ['sponsored', 'growth'],
		value: Float64Array.from(held, (items) => items.length),
		valueUnit: 'points' as const,
	};
	return { program: 'toy', config: {}, seed: 1, outcomeHash: '', metrics: [], groups: [], tables: [], series: [], participants, checks: [], notices: [] }; // prettier-ignore
}

function lineBetween(before: Report, after: Report) {
	const { participants } = after;
	const plan = planBetween(before, after);
	if (!plan || !participants) throw new Error('both have people');
	return { plan, participants, pieces: planLine(plan, participants, CITY) };
}

const before = report([[0], [0], [0], [0], [0], []]);

describe('the plan line', () => {
	it('counts who gains and who loses in a city, and says that the others do not change', () => {
		const { pieces } = lineBetween(before, report([[0, 1], [0, 1], [0], [0], [0], []]));
		expect(pieces.map(({ text }) => text).join('')).toBe(
			'Dallas: 2 users gain a growth reward, nobody loses one. Other cities: no change for anyone.',
		);
	});

	it('names the city with most changes first, and each number stands for just those users', () => {
		const { pieces, participants, plan } = lineBetween(before, report([[0], [], [0, 1], [1], [0], []]));
		expect(pieces.map(({ text }) => text).join('')).toBe(
			'Austin: 1 user loses a sponsored reward, nobody gains one, 2 users gain a growth reward, nobody loses one. ' +
				'Dallas: 1 user loses a sponsored reward, nobody gains one. The other city: no change for anyone.',
		);
		const lists = pieces.flatMap(({ text, filter }) =>
			filter ? [[text, ...Array.from(peopleOf(filter, participants, plan), (i) => participants.ids[i])]] : [],
		);
		expect(lists).toEqual([
			['1 user', 'u3'],
			['2 users', 'u2', 'u3'],
			['1 user', 'u1'],
		]);
	});

	it('says in words that nobody moves', () => {
		const { pieces } = lineBetween(before, before);
		expect(pieces).toEqual([{ text: 'Nobody gains, loses or switches anything.' }]);
	});
});
