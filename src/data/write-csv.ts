import { formatInstant } from '#programs/instant.ts';
import type { Cell, ColumnSpec, ScenarioContent, TableSpec } from '#programs/tables.ts';
import { NO_NUMBER } from './cell-readers.ts';
import { contentInKeyOrder } from './check-content.ts';
import { cellAt } from './columns.ts';
import { csvRow, hardened } from './csv-text.ts';
import { float32Text } from './float32-text.ts';
import { FOLDER_META, type Folder } from './folder.ts';
import type { ProgramTables } from './program-tables.ts';
import { documentHead } from './write-json.ts';

/**
 * A scenario as a folder of CSV files, one per table that has rows or must be there, and `scenario.json`. Rows
 * stand in key order: the same scenario gives the same bytes. Text that a spreadsheet might run is disarmed.
 * `config` is the configuration that goes with it, undefined for none.
 */
export function writeFolder(content: ScenarioContent, program: ProgramTables, config?: unknown): Folder {
	const ordered = contentInKeyOrder(content, program.tables);
	const encoder = new TextEncoder();
	const folder = new Map<string, Uint8Array>();
	const head = documentHead(content, program, config);
	folder.set(FOLDER_META, encoder.encode(`${JSON.stringify(head, null, '\t')}\n`));
	for (const spec of program.tables) {
		if (spec.optional && ordered.tables.get(spec.name)!.rowCount === 0) continue;
		folder.set(`${spec.name}.csv`, encoder.encode(tableText(ordered, spec)));
	}
	return folder;
}

function tableText(content: ScenarioContent, spec: TableSpec): string {
	const { rowCount, columns } = content.tables.get(spec.name)!;
	const rows = [csvRow(spec.columns.map(({ name }) => name))];
	for (let row = 0; row < rowCount; row++) {
		rows.push(csvRow(spec.columns.map((column) => csvCell(column, cellAt(columns.get(column.name)!, row)))));
	}
	return rows.join('');
}

function csvCell(column: ColumnSpec, cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell === 'string') return hardened(cell, column.nullable === true && column.kind === 'text');
	if (cell instanceof Float32Array) {
		return hardened(Array.from(cell, (value) => float32Text(value) ?? NO_NUMBER).join(' '), false);
	}
	if (column.kind === 'time') return formatInstant(cell);
	if (column.kind === 'boolean') return cell === 1 ? 'true' : 'false';
	return String(cell + 0);
}
