import { describe, expect, it } from 'vitest';
import { textTable } from '../../src/cli/text-table.ts';

describe('textTable', () => {
	it('sets text flush left and numbers flush right, without blanks at the end', () => {
		const text = textTable([
			{ title: 'city', cells: ['Zürich', 'Ulm'], isNumber: false },
			{ title: 'served', cells: ['5', '1,200'], isNumber: true },
			{ title: 'note', cells: ['a', ''], isNumber: false },
		]);
		expect(text).toBe('city    served  note\nZürich       5  a\nUlm      1,200\n');
	});

	it('has its titles without rows', () => {
		expect(textTable([{ title: 'city', cells: [], isNumber: false }])).toBe('city\n');
	});
});
