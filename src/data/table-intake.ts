import type { Cell, Column, ColumnSpec, TableSpec } from '#programs/tables.ts';
import { absentCell, cellReader, type CellFormat, type CellReader } from './cell-readers.ts';
import { buildColumn, type ColumnBuilder } from './columns.ts';
import { columnNoun, expectation } from './expectation.ts';
import { LIMITS } from './limits.ts';
import { shown, type Problems } from './problems.ts';

/** Where a row stands in its file, for messages: `contract.csv:14`. Rows count from 0. */
export type RowPlace = (row: number) => string;

/** A table of a file as it is taken in: its rows as read, before keys and references are checked. */
export interface TakenTable {
	readonly spec: TableSpec;
	readonly rowCount: number;
	readonly columns: ReadonlyMap<string, Column>;
	readonly place: RowPlace;
	/** rows with a cell that was refused; their cells stand in for nothing */
	readonly badRows: ReadonlySet<number>;
}

/** Takes in the rows of one table. */
export interface TableIntake {
	/** One row, its raw cells in the order of `present`. Adds a problem for each cell that is refused. */
	readonly take: (raw: readonly unknown[]) => void;
	readonly finish: () => TakenTable;
}

interface ColumnIntake {
	readonly spec: ColumnSpec;
	readonly read: CellReader;
	readonly absent: Cell | undefined;
	readonly builder: ColumnBuilder;
	/** position of the column in a raw row, -1 for a column the file does not have */
	readonly position: number;
}

/**
 * Starts taking in a table. `present` lists the columns that raw rows hold, in their order; a declared column
 * that is not among them gets its fallback, or is a problem of the table when it must be there.
 */
export function takeTable(
	spec: TableSpec,
	present: readonly string[],
	format: CellFormat,
	problems: Problems,
	place: RowPlace,
	tablePlace: string,
): TableIntake {
	const columns = spec.columns.map((column): ColumnIntake => {
		const position = present.indexOf(column.name);
		const absent = absentCell(column);
		if (position < 0 && absent === undefined) {
			problems.add(tablePlace, `missing column: ${column.name}; it holds ${column.help}, and ${expectation(column)}; add it`, 'import.column-missing'); // prettier-ignore
		}
		return { spec: column, read: cellReader(column, format), absent, builder: buildColumn(column), position };
	});
	const badRows = new Set<number>();
	let rowCount = 0;

	const refuse = (column: ColumnIntake, raw: readonly unknown[]) => {
		const value = raw[column.position];
		const at = `${place(rowCount)}${rowLabel(spec, present, raw)}, ${column.spec.name}`;
		const isMissing = value === undefined || value === null || (format === 'csv' && value === '');
		const what = isMissing
			? `missing ${columnNoun(column.spec)}`
			: `invalid ${columnNoun(column.spec)}: ${shown(value)}`;
		badRows.add(rowCount);
		problems.add(
			at,
			`${what}; ${expectation(column.spec)}; correct the cell and open the file again`,
			'import.value',
		);
	};

	return {
		take(raw) {
			if (rowCount === LIMITS.rows) {
				problems.add(tablePlace, `invalid size: more than ${LIMITS.rows} rows; keep fewer`, 'import.size');
				problems.throwIfAny();
			}
			for (const column of columns) {
				const value = column.position < 0 ? undefined : raw[column.position];
				const cell = value === undefined ? column.absent : column.read(value);
				if (cell === undefined && column.position >= 0) refuse(column, raw);
				column.builder.push(cell ?? null);
			}
			rowCount++;
		},
		finish: () => ({
			spec,
			rowCount,
			columns: new Map(columns.map((column) => [column.spec.name, column.builder.finish()])),
			place,
			badRows,
		}),
	};
}

/** ` (id "k-17")`: the key of a raw row as far as it can be shown. */
function rowLabel(spec: TableSpec, present: readonly string[], raw: readonly unknown[]): string {
	const parts = spec.key.flatMap((name) => {
		const value = raw[present.indexOf(name)];
		return typeof value === 'string' || typeof value === 'number' ? [`${name} ${shown(value)}`] : [];
	});
	return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
