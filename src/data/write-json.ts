import { formatInstant } from '#programs/instant.ts';
import type { Cell, ColumnSpec, ScenarioContent, TableSpec } from '#programs/tables.ts';
import { contentInKeyOrder } from './check-content.ts';
import { cellAt } from './columns.ts';
import { float32Text } from './float32-text.ts';
import type { ProgramTables } from './program-tables.ts';
import { FORMAT_VERSION, SCENARIO_FORMAT } from './schema.ts';

/**
 * A scenario as an interchange document, a line per row, rows in key order: the same scenario gives the same
 * text, whatever the order of its rows. `config` is the configuration that goes with it, undefined for none.
 */
export function writeJson(content: ScenarioContent, program: ProgramTables, config?: unknown): string {
	const ordered = contentInKeyOrder(content, program.tables);
	const tables = program.tables.map((spec) => `${JSON.stringify(spec.name)}: [${tableLines(ordered, spec)}]`);
	const head = Object.entries(documentHead(content, program, config)).map(
		([key, value]) => `"${key}": ${JSON.stringify(value)}`,
	);
	return `{\n${head.join(',\n')},\n"tables": {\n${tables.join(',\n')}\n}\n}\n`;
}

/** What a document says of its scenario beside the tables. */
export function documentHead(
	content: ScenarioContent,
	program: ProgramTables,
	config: unknown,
): Readonly<Record<string, unknown>> {
	return {
		format: SCENARIO_FORMAT,
		version: FORMAT_VERSION,
		program: content.program,
		...(program.tablesVersion === 1 ? {} : { tablesVersion: program.tablesVersion }),
		name: content.name,
		now: content.now,
		...(config === undefined ? {} : { config }),
	};
}

function tableLines(content: ScenarioContent, spec: TableSpec): string {
	const { rowCount, columns } = content.tables.get(spec.name)!;
	if (rowCount === 0) return '';
	const cells = spec.columns.map((column) => ({
		head: `${JSON.stringify(column.name)}: `,
		data: columns.get(column.name)!,
		column,
	}));
	const lines: string[] = [];
	for (let row = 0; row < rowCount; row++) {
		lines.push(
			`{ ${cells.map(({ head, data, column }) => head + jsonCell(column, cellAt(data, row))).join(', ')} }`,
		);
	}
	return `\n${lines.join(',\n')}\n`;
}

function jsonCell(column: ColumnSpec, cell: Cell): string {
	if (cell === null) return 'null';
	if (cell instanceof Float32Array)
		return `[${Array.from(cell, (value) => float32Text(value) ?? 'null').join(', ')}]`;
	if (typeof cell === 'string') return column.kind === 'json' ? jsonDocument(cell) : JSON.stringify(cell);
	if (column.kind === 'time') return JSON.stringify(formatInstant(cell));
	if (column.kind === 'boolean') return cell === 1 ? 'true' : 'false';
	return String(cell + 0);
}

/** A document as it is where reading it back gives the same text; else its text, as a string. */
function jsonDocument(text: string): string {
	const document: unknown = JSON.parse(text);
	const isPlain = typeof document === 'object' && document !== null && JSON.stringify(document) === text;
	return isPlain ? text : JSON.stringify(text);
}
