import { describe, expect, it } from 'vitest';
import { rowSubject } from '#ui/row-subject.ts';

const losses = {
	id: 'losses',
	title: 'Losses',
	columns: [
		{ id: 'event', title: 'Event', unit: 'number' as const, values: Float64Array.of(3, 4) },
		{ id: 'patron', title: 'Patron', unit: 'id' as const, values: ['ann', 'bob'] },
		{ id: 'project', title: 'Project', unit: 'id' as const, values: ['snowdrift', null] },
	],
};

describe('what a row asks about', () => {
	it('names every kind of subject that the row has an id for', () => {
		expect(rowSubject(losses, 0, new Set(['patron', 'project']))).toEqual({
			patron: 'ann',
			project: 'snowdrift',
		});
		expect(rowSubject(losses, 1, new Set(['patron', 'project']))).toEqual({ patron: 'bob' });
	});

	it('is nothing where no column is a subject, or only one of numbers', () => {
		expect(rowSubject(losses, 0, new Set(['event', 'user']))).toBeNull();
	});
});
