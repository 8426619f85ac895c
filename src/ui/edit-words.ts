import { formatInstant, parseInstant } from '#programs/instant.ts';
import type { Cell, ColumnSpec } from '#programs/tables.ts';
import type { Edit, TableInfo } from '#workers/protocol.ts';
import { typedNumber } from './typed-number.ts';

/** A what-if change in words: `contract k12: supply = 700`. */
export function editInWords(edit: Edit, tables: readonly TableInfo[]): string {
	if (edit.kind === 'now') return `as of ${edit.now}`;
	const table = tables.find(({ name }) => name === edit.table);
	const text = (name: string, cell: Cell) => {
		const isTime = table?.columns.find((column) => column.name === name)?.kind === 'time';
		return isTime && typeof cell === 'number'
			? formatInstant(cell)
			: cellText(typeof cell === 'object' ? null : cell);
	};
	switch (edit.kind) {
		case 'cell':
			return `${edit.table} ${keyText(edit.key)}: ${edit.column} = ${text(edit.column, edit.value) || 'none'}`;
		case 'add':
			return `new ${edit.table} ${(table?.key ?? []).map((name) => text(name, edit.row[name] ?? null)).join(', ')}`;
		case 'remove':
			return `without ${edit.table} ${keyText(edit.key)}`;
	}
}

/** A cell as a field shows it; empty for none. */
export function cellText(cell: string | number | null): string {
	return cell === null ? '' : String(cell);
}

/** Reads a field by its column's declaration, or says what is wrong. */
export function cellFromText(
	text: string,
	column: ColumnSpec,
): { readonly cell: Cell } | { readonly wrong: string } {
	if (text.trim() === '')
		return column.nullable ? { cell: null } : { wrong: 'missing; it must not be empty' };
	switch (column.kind) {
		case 'id':
		case 'text':
		case 'json':
			if (column.values && !column.values.includes(text))
				return { wrong: `must be one of ${column.values.join(', ')}` };
			return { cell: text };
		case 'time': {
			const at = parseInstant(text.trim());
			return at === null ? { wrong: 'must be like 2026-03-17T15:00:00Z' } : { cell: at };
		}
		case 'boolean':
			return text === '0' || text === '1' ? { cell: Number(text) } : { wrong: 'must be 0 or 1' };
		case 'integer':
		case 'real':
			return readNumber(typedNumber(text), column);
		case 'vector':
			return { wrong: 'packed vectors cannot be edited here' };
	}
}

function readNumber(value: number, column: ColumnSpec): { readonly cell: Cell } | { readonly wrong: string } {
	if (!Number.isFinite(value)) return { wrong: 'must be a number' };
	if (column.kind === 'integer' && !Number.isSafeInteger(value)) return { wrong: 'must be a whole number' };
	if (column.min !== undefined && value < column.min) return { wrong: `must be at least ${column.min}` };
	if (column.max !== undefined && value > column.max) return { wrong: `must be at most ${column.max}` };
	return { cell: value };
}

function keyText(key: readonly Cell[]): string {
	return key.map((cell) => cellText(typeof cell === 'object' ? null : cell)).join(', ');
}
