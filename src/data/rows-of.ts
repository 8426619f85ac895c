import { formatInstant } from '#programs/instant.ts';
import type { ScenarioContent, TableSpec } from '#programs/tables.ts';
import { cellAt } from './columns.ts';

/** A cell for people: text, a number, a truth value, or null for none; times as ISO text. */
export type ShownCell = string | number | boolean | null;

/** Rows `from` to before `to` of a table as people read them, in the order the scenario holds them. */
export function rowsOf(content: ScenarioContent, spec: TableSpec, from: number, to: number): ShownCell[][] {
	const table = content.tables.get(spec.name);
	if (table === undefined) throw new Error(`table ${spec.name} is not in the scenario`);
	const rows: ShownCell[][] = [];
	for (let row = Math.max(0, from); row < Math.min(to, table.rowCount); row++) {
		rows.push(
			spec.columns.map(({ name, kind }) => {
				const cell = cellAt(table.columns.get(name)!, row);
				if (cell instanceof Float32Array) return `${cell.length} numbers`;
				if (kind === 'time' && typeof cell === 'number') return formatInstant(cell);
				return kind === 'boolean' && cell !== null ? cell === 1 : cell;
			}),
		);
	}
	return rows;
}
