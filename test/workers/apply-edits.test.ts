import { describe, expect, it } from 'vitest';
import type { Column, ScenarioContent, TableSpec } from '#programs/tables.ts';
import { applyEdits } from '#workers/apply-edits.ts';

const specs: readonly TableSpec[] = [
	{
		name: 'contract',
		title: 'Contracts',
		columns: [
			{ name: 'id', kind: 'id', help: '' },
			{ name: 'supply', kind: 'integer', help: '' },
			{ name: 'note', kind: 'text', nullable: true, help: '' },
		],
		key: ['id'],
	},
];

function content(): ScenarioContent {
	const columns = new Map<string, Column>([
		['id', ['a', 'b']],
		['supply', Float64Array.of(10, 20)],
		['note', ['x', null]],
	]);
	return { program: 'toy', name: 't', now: '', tables: new Map([['contract', { rowCount: 2, columns }]]) };
}

function rowsOf({ tables }: ScenarioContent): unknown[] {
	const table = tables.get('contract');
	return [...(table?.columns.values() ?? [])].map((column) => ('start' in column ? [] : [...column]));
}

describe('applyEdits', () => {
	it('changes one cell and leaves the data as it was', () => {
		const before = content();
		const after = applyEdits(before, specs, [
			{ kind: 'cell', table: 'contract', key: ['b'], column: 'supply', value: 520 },
		]);
		expect(rowsOf(after)).toEqual([
			['a', 'b'],
			[10, 520],
			['x', null],
		]);
		expect(rowsOf(before)).toEqual(rowsOf(content()));
	});

	it('adds a row, takes one out, and does both in the order given', () => {
		const add = { kind: 'add', table: 'contract', row: { id: 'c', supply: 5 } } as const;
		const remove = { kind: 'remove', table: 'contract', key: ['a'] } as const;
		expect(rowsOf(applyEdits(content(), specs, [add, remove]))).toEqual([
			['b', 'c'],
			[20, 5],
			[null, null],
		]);
	});

	it('sets another as-of time', () => {
		expect(applyEdits(content(), specs, [{ kind: 'now', now: '2026-04-01T00:00:00Z' }]).now).toBe(
			'2026-04-01T00:00:00Z',
		);
	});

	it('gives the same object back when there is nothing to change', () => {
		const same = content();
		expect(applyEdits(same, specs, [])).toBe(same);
	});

	it('names the row or table that is not there', () => {
		const edit = { kind: 'cell', table: 'contract', key: ['z'], column: 'supply', value: 1 } as const;
		expect(() => applyEdits(content(), specs, [edit])).toThrow('no row has the key z');
		expect(() => applyEdits(content(), specs, [{ ...edit, table: 'brand' }])).toThrow('unknown table');
	});
});
