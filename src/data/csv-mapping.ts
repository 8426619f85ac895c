import type { ColumnSpec, TableSpec } from '#programs/tables.ts';
import type { Folder } from './folder.ts';
import { parseCsv } from './parse-csv.ts';
import { decodeText } from './parse-json.ts';

/** How a CSV file starts: the names of its columns and its first rows, as text. */
export interface CsvHead {
	readonly file: string;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

/** Which table a CSV file holds, and which of its columns stands for which of the table's. */
export interface FileMapping {
	readonly file: string;
	readonly table: string;
	/** name in the file by name in the table; what is not named here is not read */
	readonly columns: Readonly<Record<string, string>>;
}

/** How CSV files become the tables of a scenario; a file that is not named is left out. */
export interface CsvMapping {
	readonly program: string;
	/** used where the files hold no `scenario.json` */
	readonly name: string;
	/** as-of time, ISO 8601 UTC or empty; used like `name` */
	readonly now: string;
	readonly files: readonly FileMapping[];
}

/** What is known of a table by whoever guesses: its declaration without its checks. */
export type MappableTable = Pick<TableSpec, 'name' | 'title' | 'columns'> & { readonly isOptional: boolean };

const HEAD_ROWS = 5;
/** Names less alike than this, 0…1, are not taken for each other. */
const ALIKE = 0.5;
/** A file that fits a table no better, 0…2, is not taken for it. */
const LEAST_FIT = 0.25;
/** Letters from which a word may stand for a longer one, as "lat" does for "latitude". */
const SHORTEST_STEM = 3;

/** The heads of the CSV files of a folder, by file name. Throws `InputError` where one is no CSV. */
export function csvHeads(folder: Folder): readonly CsvHead[] {
	const files = [...folder].filter(([name]) => isCsvName(name)).sort(([a], [b]) => (a < b ? -1 : 1));
	return files.map(([file, bytes]) => {
		const lines: string[][] = [];
		parseCsv(decodeText(bytes, file), file, (cells) => lines.push(cells) <= HEAD_ROWS);
		return { file, columns: lines[0] ?? [], rows: lines.slice(1) };
	});
}

/** Is a column one that every row must fill? */
export function isNeeded({ nullable, fallback }: ColumnSpec): boolean {
	return nullable !== true && fallback === undefined;
}

/** Columns of a table that must be there and have no column of the file, in the table's order. */
export function unmatched(table: MappableTable, columns: FileMapping['columns']): readonly ColumnSpec[] {
	return table.columns.filter((column) => isNeeded(column) && columns[column.name] === undefined);
}

/**
 * Could telling which column is which mend these files? Yes where a file is of no known name, or lacks a needed
 * column and has one that no table knows.
 */
export function isMappable(heads: readonly CsvHead[], tables: readonly MappableTable[]): boolean {
	return heads.some((head) => {
		const table = tables.find(({ name }) => head.file === `${name}.csv`);
		if (table === undefined) return head.columns.length > 0;
		const known = new Set(table.columns.map(({ name }) => name));
		const own = Object.fromEntries(
			head.columns.filter((name) => known.has(name)).map((name) => [name, name]),
		);
		return unmatched(table, own).length > 0 && head.columns.some((name) => !known.has(name));
	});
}

/**
 * The columns of a file that by their names stand for those of a table. The most alike are matched first; of
 * equals the one that stands first; no column of the file twice.
 */
export function guessColumns(table: MappableTable, head: CsvHead): FileMapping['columns'] {
	const pairs = table.columns.flatMap(
		(column, c) =>
		head.columns.map((name, n) => ({ column: column.name, name, likeness: likeness(table, column, name), c, n })), // prettier-ignore
	);
	pairs.sort((a, b) => b.likeness - a.likeness || a.c - b.c || a.n - b.n);
	const columns: Record<string, string> = {};
	const taken = new Set<string>();
	for (const pair of pairs) {
		if (pair.likeness < ALIKE || taken.has(pair.name) || columns[pair.column] !== undefined) continue;
		columns[pair.column] = pair.name;
		taken.add(pair.name);
	}
	return columns;
}

/** The table that a file most likely holds, by its name and its columns; null where none is likely. */
export function guessTable(tables: readonly MappableTable[], head: CsvHead): string | null {
	let [best, most]: [string | null, number] = [null, LEAST_FIT];
	for (const table of tables) {
		const fit = tableFit(table, head);
		if (fit > most) [best, most] = [table.name, fit];
	}
	return best;
}

/** How files most likely become tables of a program: each table from the one file that fits it best. */
export function guessFiles(
	tables: readonly MappableTable[],
	heads: readonly CsvHead[],
): readonly FileMapping[] {
	const fits = heads.flatMap((head, h) => tables.map((table, t) => ({ head, table, fit: tableFit(table, head), h, t }))); // prettier-ignore
	fits.sort((a, b) => b.fit - a.fit || a.h - b.h || a.t - b.t);
	const found = new Map<string, FileMapping>();
	const taken = new Set<string>();
	for (const { head, table, fit } of fits) {
		if (fit <= LEAST_FIT || taken.has(head.file) || found.has(table.name)) continue;
		taken.add(head.file);
		found.set(table.name, { file: head.file, table: table.name, columns: guessColumns(table, head) });
	}
	return heads.flatMap(({ file }) => [...found.values()].filter((each) => each.file === file));
}

/** How well files fit the tables of a program, 0…1: the mean over its needed tables. */
export function programFit(tables: readonly MappableTable[], heads: readonly CsvHead[]): number {
	const needed = tables.filter(({ isOptional }) => !isOptional);
	const best = needed.map((table) => Math.max(0, ...heads.map((head) => tableFit(table, head))));
	return needed.length === 0 ? 0 : best.reduce((sum, fit) => sum + fit, 0) / (2 * needed.length);
}

function isCsvName(name: string): boolean {
	return /\.csv$/i.test(name);
}

/** 0…2: needed columns that are there by columns of the file that are used; one more for a file of the table's name. */
function tableFit(table: MappableTable, head: CsvHead): number {
	const columns = guessColumns(table, head);
	const needed = table.columns.filter(isNeeded);
	const there = needed.length === 0 ? 0 : 1 - unmatched(table, columns).length / needed.length;
	const used = head.columns.length === 0 ? 0 : Object.keys(columns).length / head.columns.length;
	const file = words(head.file.replace(/\.csv$/i, '')).join('');
	const isNamed = [table.name, table.title].some((name) => singular(words(name).join('')) === singular(file));
	return there * used + (isNamed ? 1 : 0);
}

/** How alike a column's name and one of a file are, 0…1. */
function likeness(table: MappableTable, column: ColumnSpec, name: string): number {
	const [ours, theirs] = [words(column.name), words(name)];
	const [own, other] = [ours.join(''), theirs.join('')];
	if (own === other) return 1;
	const prefix = words(table.name).join('');
	// "user_id" and "user" are the id of a user, "user_name" the name
	if (other === prefix + own || (own === 'id' && other === prefix)) return 0.95;
	const target = column.references && words(column.references).join('');
	if (target !== undefined && (other === target || other === `${target}id`)) return 0.9;
	// two ids of different things share a word and nothing else
	if (own === 'id' || column.references !== undefined) return 0;
	const shared = ours.filter((word) => theirs.some((each) => isSameWord(word, each))).length;
	return (0.8 * 2 * shared) / (ours.length + theirs.length);
}

function isSameWord(one: string, other: string): boolean {
	const [short, long] = one.length <= other.length ? [one, other] : [other, one];
	return short === long || (short.length >= SHORTEST_STEM && long.startsWith(short));
}

/** The words of a name: "createdAt", "Created at" and "created_at" have the same. */
function words(name: string): readonly string[] {
	const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
	return spaced.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function singular(word: string): string {
	return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/s$/, '');
}
