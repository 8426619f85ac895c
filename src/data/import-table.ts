import type { Notice } from '#programs/report.ts';
import type { Column, ScenarioContent, TableData, TableSpec, VectorColumn } from '#programs/tables.ts';
import { checkContent } from './check-content.ts';
import type { FileMapping } from './csv-mapping.ts';
import { collectProblems } from './problems.ts';
import { readTable } from './read-csv.ts';
import type { ReadScenario } from './read-scenario.ts';
import type { TakenTable } from './table-intake.ts';
import { findTwins } from './twins.ts';

/** What becomes of the rows that the table has. */
export type TableImportMode = 'replace' | 'append';

/**
 * A scenario with one table from a CSV file, in place of its rows or after them; the scenario given is not touched.
 * Everything is checked as when a whole scenario is opened. Throws `InputError` with every problem, those of the
 * file by its line.
 */
export function importTable(
	base: ScenarioContent,
	specs: readonly TableSpec[],
	bytes: Uint8Array,
	{ file, table, columns }: FileMapping,
	mode: TableImportMode,
	name: string,
): ReadScenario {
	const problems = collectProblems();
	const notices: Notice[] = [];
	const taken = specs.map((spec): TakenTable => {
		const open = takenBefore(spec, base);
		if (spec.name !== table) return open;
		const read = readTable(bytes, file, spec, problems, notices, columns);
		return mode === 'replace' ? read : joined(open, read);
	});
	const content = checkContent({ program: base.program, name, now: base.now }, taken, problems, notices);
	return { content, notices: [...notices, ...findTwins(content, specs)] };
}

function takenBefore(spec: TableSpec, base: ScenarioContent): TakenTable {
	const data: TableData | undefined = base.tables.get(spec.name);
	if (data === undefined) throw new Error(`table ${spec.name} is not in the scenario`);
	return { spec, ...data, place: () => `${spec.name} of the open scenario`, badRows: new Set() };
}

function joined(first: TakenTable, second: TakenTable): TakenTable {
	const count = first.rowCount;
	const columns = [...first.columns].map(([name, column]): [string, Column] => {
		const further = second.columns.get(name);
		if (further === undefined) throw new Error(`column ${name} was not read`);
		return [name, joinedColumn(column, further)];
	});
	return {
		spec: first.spec,
		rowCount: count + second.rowCount,
		columns: new Map(columns),
		place: (row) => (row < count ? first.place(row) : second.place(row - count)),
		badRows: new Set(Array.from(second.badRows, (row) => row + count)),
	};
}

function joinedColumn(first: Column, second: Column): Column {
	if (first instanceof Float64Array && second instanceof Float64Array) {
		const both = new Float64Array(first.length + second.length);
		both.set(first);
		both.set(second, first.length);
		return both;
	}
	if (isTexts(first) && isTexts(second)) return first.concat(second);
	return joinedVectors(first as VectorColumn, second as VectorColumn);
}

function isTexts(column: Column): column is readonly (string | null)[] {
	return Array.isArray(column);
}

function joinedVectors(first: VectorColumn, second: VectorColumn): VectorColumn {
	const data = new Float32Array(first.data.length + second.data.length);
	data.set(first.data);
	data.set(second.data, first.data.length);
	const start = new Uint32Array(first.start.length + second.start.length - 1);
	start.set(first.start);
	for (let i = 1; i < second.start.length; i++) start[first.start.length + i - 1] = second.start[i] + first.data.length; // prettier-ignore
	return { data, start };
}
