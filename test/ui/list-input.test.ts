import { describe, expect, it } from 'vitest';
import { readList, writeList } from '#ui/list-input.ts';

describe('a list setting as text', () => {
	it('gives back what it was written from', () => {
		for (const list of [[], [1, 2.5], ['a'], [{ start: 0, award: 'x' }, { start: 5 }], [null]]) {
			expect(readList(writeList(list))).toEqual({ value: list });
		}
	});

	it('puts entries that are objects on lines of their own', () => {
		expect(writeList([{ a: 1 }, { b: 2 }])).toBe('[\n {"a":1},\n {"b":2}\n]');
	});

	it('takes nothing typed as an empty list', () => {
		expect(readList('  ')).toEqual({ value: [] });
	});

	it('refuses in words what is no JSON, and JSON that is no list', () => {
		expect(readList('[1,')).toHaveProperty('wrong', expect.stringContaining('not valid JSON'));
		expect(readList('{"a":1}')).toHaveProperty('wrong', expect.stringContaining('begins with ['));
	});
});
