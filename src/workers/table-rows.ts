import { formatInstant } from '#programs/instant.ts';
import type { Column, ColumnKind, ScenarioContent, TableSpec } from '#programs/tables.ts';
import type { QueryResult } from './protocol.ts';

/** Rows of a table as people read them: times as ISO 8601, packed vectors as their length. */
export function tableRows(
	content: ScenarioContent,
	spec: TableSpec,
	offset: number,
	limit: number,
): QueryResult {
	const table = content.tables.get(spec.name);
	const rowCount = table?.rowCount ?? 0;
	const end = Math.min(rowCount, offset + limit);
	const rows = Array.from({ length: Math.max(0, end - offset) }, (_, i) =>
		spec.columns.map((column) => cellText(table?.columns.get(column.name), column.kind, offset + i)),
	);
	return { columns: spec.columns.map(({ name }) => name), rows, isCut: end < rowCount };
}

function cellText(column: Column | undefined, kind: ColumnKind, row: number): string | number | null {
	if (column === undefined) return null;
	if (column instanceof Float64Array) {
		const value = column[row];
		if (Number.isNaN(value)) return null;
		return kind === 'time' ? formatInstant(value) : value;
	}
	if ('start' in column) return `${column.start[row + 1] - column.start[row]} values`;
	return column[row] ?? null;
}
