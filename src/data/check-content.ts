import { formatInstant } from '#programs/instant.ts';
import type { Notice } from '#programs/report.ts';
import type { Cell, ScenarioContent, TableData, TableSpec } from '#programs/tables.ts';
import { cellAt, takeRows } from './columns.ts';
import { keyOrder, rankColumn, type RankedColumn } from './key-order.ts';
import { shown, type Problems } from './problems.ts';
import type { ScenarioMeta } from './scenario-meta.ts';
import type { TakenTable } from './table-intake.ts';

/**
 * Checks taken tables against each other: no key twice, every reference names a row, every row check holds.
 * Throws `InputError` with these and all earlier problems; else gives the scenario with the rows of each table
 * in key order, so that nothing depends on the order they came in. A row given twice in a set is taken once, with a notice.
 */
export function checkContent(
	meta: ScenarioMeta,
	taken: readonly TakenTable[],
	problems: Problems,
	notices: Notice[],
): ScenarioContent {
	const ranked = new Map(taken.map((table) => [table.spec.name, rankTable(table)]));
	// without a table every reference to it dangles: that it is missing says it once
	const isComplete = !problems.list.some(({ code }) => code === 'import.table-missing');
	const tables = new Map<string, TableData>();
	for (const table of taken) {
		const ranks = ranked.get(table.spec.name)!;
		if (isComplete) checkReferences(table, ranks, ranked, problems);
		checkRows(table, problems);
		const { order, duplicates } = keyOrder(table.spec, ranks, table.rowCount);
		const isTwice = new Uint8Array(table.spec.isSet && duplicates.length > 0 ? table.rowCount : 0);
		if (isTwice.length > 0) {
			for (const [, second] of duplicates) isTwice[second] = 1;
			notices.push(takenOnce(table, duplicates));
		} else for (const [first, second] of duplicates) reportDuplicate(table, first, second, problems);
		tables.set(table.spec.name, order === null ? table : inOrder(table, order.filter((row) => isTwice[row] !== 1))); // prettier-ignore
	}
	problems.throwIfAny();
	return {
		program: meta.program,
		name: meta.name,
		now: meta.now,
		tables: new Map(
			taken.map(({ spec }) => [
				spec.name,
				{ rowCount: tables.get(spec.name)!.rowCount, columns: tables.get(spec.name)!.columns },
			]),
		),
	};
}

/** The tables of a scenario in key order; the scenario itself when they are already. */
export function contentInKeyOrder(content: ScenarioContent, specs: readonly TableSpec[]): ScenarioContent {
	const tables = new Map<string, TableData>();
	for (const spec of specs) {
		const table = content.tables.get(spec.name);
		if (table === undefined) throw new Error(`table ${spec.name} is not in the scenario`);
		const ranks = new Map(
			spec.key.map((name) => [name, rankColumn(table.columns.get(name)!, table.rowCount)]),
		);
		const { order, duplicates } = keyOrder(spec, ranks, table.rowCount);
		if (duplicates.length > 0) throw new Error(`table ${spec.name} has ${duplicates.length} keys twice`);
		tables.set(spec.name, order === null ? table : inOrder(table, order));
	}
	return { ...content, tables };
}

function inOrder(table: TableData, order: Uint32Array): TableData {
	const columns = new Map([...table.columns].map(([name, column]) => [name, takeRows(column, order)]));
	return { rowCount: order.length, columns };
}

/** Ranks of the columns that keys and references are about. */
function rankTable({ spec, columns, rowCount }: TakenTable): Map<string, RankedColumn> {
	const names = spec.columns.filter(
		({ name, references }) => references !== undefined || name === 'id' || spec.key.includes(name),
	);
	return new Map(names.map(({ name }) => [name, rankColumn(columns.get(name)!, rowCount)]));
}

function checkReferences(
	table: TakenTable,
	ranks: ReadonlyMap<string, RankedColumn>,
	ranked: ReadonlyMap<string, ReadonlyMap<string, RankedColumn>>,
	problems: Problems,
): void {
	for (const { name, references } of table.spec.columns) {
		if (references === undefined) continue;
		const known = new Set(ranked.get(references)?.get('id')?.distinct);
		const { rank, distinct } = ranks.get(name)!;
		const isUnknown = Uint8Array.from([0, ...distinct.map((id) => (known.has(id) ? 0 : 1))]);
		if (!isUnknown.includes(1)) continue;
		for (let row = 0; row < table.rowCount; row++) {
			if (isUnknown[rank[row]] === 0) continue;
			const message = `unknown ${references}: ${shown(distinct[rank[row] - 1])}; ${offer(references, known)}; correct the id or add the ${references}`;
			problems.add(`${table.place(row)}${keyLabel(table, row)}, ${name}`, message, 'import.reference');
		}
	}
}

function offer(table: string, known: ReadonlySet<string>): string {
	if (known.size === 0) return `${table} has no rows`;
	const first = [...known].slice(0, 5).map(shown).join(', ');
	return `${table} has ${first}${known.size > 5 ? ` and ${known.size - 5} more` : ''}`;
}

function reportDuplicate(table: TakenTable, first: number, second: number, problems: Problems): void {
	// a cell that was refused stands in for nothing, and equals nothing
	if (table.badRows.has(first) || table.badRows.has(second)) return;
	const cells = table.spec.key.map((name) => shownCell(table, name, second)).join(', ');
	const message = `duplicate ${table.spec.key.join(', ')}: ${cells}; must be unique, and stands at ${table.place(first)} too; take one of the rows out`;
	problems.add(`${table.place(second)}, ${table.spec.key.join(', ')}`, message, 'import.duplicate');
}

function takenOnce({ spec, place }: TakenTable, duplicates: readonly (readonly [number, number])[]): Notice {
	const [[first, second]] = duplicates;
	const more = duplicates.length - 1;
	const rest = more === 0 ? '' : `, and ${more} more ${more === 1 ? 'row' : 'rows'} like it`;
	return {
		code: 'import.twice',
		message: `${place(second)}: the same ${spec.name} as ${place(first)}${rest}; taken once, which changes nothing`,
	};
}

function checkRows(table: TakenTable, problems: Problems): void {
	const { spec, columns, rowCount, badRows } = table;
	if (spec.checks === undefined || spec.checks.length === 0) return;
	// one record for all rows: a check only looks at it
	const record: Record<string, Cell> = {};
	for (let row = 0; row < rowCount; row++) {
		if (badRows.has(row)) continue;
		for (const [name, column] of columns) record[name] = cellAt(column, row);
		for (const check of spec.checks) {
			if (check.holds(record)) continue;
			const message = `mismatched cells: ${check.column} is ${shownCell(table, check.column, row)}; ${check.rule}; correct the row and open the file again`;
			problems.add(`${table.place(row)}${keyLabel(table, row)}, ${check.column}`, message, 'import.row');
		}
	}
}

function keyLabel(table: TakenTable, row: number): string {
	if (table.spec.key.length === 0) return '';
	return ` (${table.spec.key.map((name) => `${name} ${shownCell(table, name, row)}`).join(', ')})`;
}

function shownCell(table: TakenTable, name: string, row: number): string {
	const cell = cellAt(table.columns.get(name)!, row);
	const kind = table.spec.columns.find((column) => column.name === name)?.kind;
	if (cell === null) return 'empty';
	return kind === 'time' && typeof cell === 'number' ? formatInstant(cell) : shown(cell);
}
