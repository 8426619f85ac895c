import { inputError } from '#programs/input-error.ts';
import type { Cell, Column, ScenarioContent, TableData, TableSpec } from '#programs/tables.ts';
import type { Edit } from './protocol.ts';

/**
 * The scenario as it would be with the what-if changes, in the order given; the content itself is not touched.
 * Throws `InputError` for a table, column or row that is not there. Cost: a copy of each edited table.
 */
export function applyEdits(
	content: ScenarioContent,
	specs: readonly TableSpec[],
	edits: readonly Edit[],
): ScenarioContent {
	if (edits.length === 0) return content;
	const tables = new Map(content.tables);
	let { now } = content;
	for (const edit of edits) {
		if (edit.kind === 'now') {
			now = edit.now;
			continue;
		}
		const spec = specs.find((table) => table.name === edit.table);
		const data = tables.get(edit.table);
		if (!spec || !data) throw inputError(`what-if.${edit.table}`, 'unknown table', 'edit.table');
		tables.set(edit.table, editTable(spec, data, edit));
	}
	return { ...content, now, tables };
}

function editTable(spec: TableSpec, data: TableData, edit: Exclude<Edit, { kind: 'now' }>): TableData {
	if (edit.kind === 'add') {
		const columns = spec.columns.map((column): [string, Column] => [
			column.name,
			insert(columnOf(data, column.name), edit.row[column.name] ?? column.fallback ?? null),
		]);
		return { rowCount: data.rowCount + 1, columns: new Map(columns) };
	}
	const row = rowOf(spec, data, edit.key);
	const columns = new Map(data.columns);
	if (edit.kind === 'remove') {
		for (const [name, column] of data.columns) columns.set(name, without(column, row));
		return { rowCount: data.rowCount - 1, columns };
	}
	columns.set(edit.column, replaced(columnOf(data, edit.column), row, edit.value));
	return { rowCount: data.rowCount, columns };
}

function columnOf(data: TableData, name: string): Column {
	const column = data.columns.get(name);
	if (!column) throw inputError(`what-if.${name}`, 'unknown column', 'edit.column');
	return column;
}

function rowOf(spec: TableSpec, data: TableData, key: readonly Cell[]): number {
	const columns = spec.key.map((name) => columnOf(data, name));
	for (let row = 0; row < data.rowCount; row++) {
		if (columns.every((column, i) => Array.isArray(column) || column instanceof Float64Array ? column[row] === key[i] : false)) return row; // prettier-ignore
	}
	throw inputError(`what-if.${spec.name}`, `no row has the key ${key.join(', ')}`, 'edit.row');
}

function replaced(column: Column, row: number, value: Cell): Column {
	if (column instanceof Float64Array) {
		const copy = column.slice();
		copy[row] = typeof value === 'number' ? value : NaN;
		return copy;
	}
	if (isTextColumn(column)) return column.map((cell, i) => (i === row ? textOf(value) : cell));
	throw inputError('what-if', 'packed vectors cannot be edited here', 'edit.column');
}

function insert(column: Column, value: Cell | boolean): Column {
	if (column instanceof Float64Array) {
		const longer = new Float64Array(column.length + 1);
		longer.set(column);
		longer[column.length] = value === null || typeof value === 'string' ? NaN : Number(value);
		return longer;
	}
	if (isTextColumn(column)) return [...column, textOf(value)];
	throw inputError('what-if', 'packed vectors cannot be edited here', 'edit.column');
}

function without(column: Column, row: number): Column {
	if (column instanceof Float64Array) return column.filter((_, i) => i !== row);
	if (isTextColumn(column)) return column.filter((_, i) => i !== row);
	throw inputError('what-if', 'packed vectors cannot be edited here', 'edit.column');
}

function isTextColumn(column: Column): column is readonly (string | null)[] {
	return Array.isArray(column);
}

function textOf(value: Cell | boolean): string | null {
	return typeof value === 'string' ? value : null;
}
