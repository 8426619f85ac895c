import { describe, expect, it } from 'vitest';
import type { MetricColumn, MetricGroup, Unit } from '#programs/report.ts';
import { countedColumn, groupDifferences, groupFinding, mainColumns } from '#ui/group-columns.ts';

function column(id: string, unit: Unit, values: readonly number[], more: Partial<MetricColumn> = {}): MetricColumn {
	return { id, title: id, unit, better: null, help: '', values: Float64Array.from(values), ...more };
} // prettier-ignore

function brands(columns: readonly MetricColumn[]): MetricGroup {
	const ids = ['a', 'b', 'c'];
	return { id: 'brand', title: 'Brands', ids, labels: ids.map((id) => `Brand ${id}`), columns };
}

describe('the table of a group', () => {
	it('shows first what its title tells of', () => {
		const group = brands([
			column('share', 'ratio', [0.2, 0.1, 0.3]),
			column('own', 'number', [1, 2, 3]),
			column('given', 'count', [3, 9, 0]),
			column('revenue', 'cents', [5, 1, 1], { isHeadline: true }),
		]);
		expect(countedColumn(group)?.id).toBe('given');
		expect(groupFinding(group, ['brand', 'brands'])).toBe('Brands (3): Brand b is first in given with 9');
		// though the whole run has it too and it is none of the headline
		expect(mainColumns(group, new Set(['share', 'given', 'revenue']))).toEqual(['given', 'own', 'revenue']);
	});

	it('has those that changed most on top, ties in its own order', () => {
		const was = brands([column('given', 'count', [5, 5, 5]), column('revenue', 'cents', [10, 10, 10])]);
		const is = brands([column('given', 'count', [6, 2, 6]), column('revenue', 'cents', [11, 10, 19])]);
		const { columns, changedCount } = groupDifferences(is, was);
		expect(changedCount).toBe(3);
		expect(columns[0].values).toEqual(['Brand b', 'Brand c', 'Brand a']);
		expect(columns.map(({ title }) => title)).toEqual(['Brand', 'given, production', 'After', 'revenue, production', 'After']); // prettier-ignore
		expect(groupDifferences(was, was).changedCount).toBe(0);
	});
});
