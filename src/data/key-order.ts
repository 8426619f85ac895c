import type { Column, TableSpec, VectorColumn } from '#programs/tables.ts';

/** A column by the ranks of its values: equal cells have equal ranks, and ranks rise with the cells. */
export interface RankedColumn {
	readonly rank: Uint32Array;
	/** ranks are below this */
	readonly rankCount: number;
	/** distinct text in code-unit order, none left out; empty for a column of numbers */
	readonly distinct: readonly string[];
}

/**
 * Ranks the cells of a column: none first, then numbers by size or text by code unit. O(n + d log d) for d
 * distinct text cells, O(n log n) for numbers.
 */
export function rankColumn(column: Column, rowCount: number): RankedColumn {
	if (column instanceof Float64Array) return rankNumbers(column);
	if (!Array.isArray(column))
		throw new Error(`a vector of ${(column as VectorColumn).data.length} numbers cannot order rows`);
	return rankTexts(column as readonly (string | null)[], rowCount);
}

function rankTexts(column: readonly (string | null)[], rowCount: number): RankedColumn {
	const codes = new Map<string, number>();
	const rank = new Uint32Array(rowCount);
	let isRising = true;
	let newest = '';
	let last: string | null = null;
	let lastCode = 0;
	for (let row = 0; row < rowCount; row++) {
		const text = column[row];
		if (text === null) continue;
		// rows in key order repeat their first columns
		if (text !== last) {
			last = text;
			const code = codes.get(text);
			if (code === undefined) {
				isRising &&= codes.size === 0 || text > newest;
				newest = text;
				lastCode = codes.size + 1;
				codes.set(text, lastCode);
			} else lastCode = code;
		}
		rank[row] = lastCode;
	}
	const distinct = [...codes.keys()];
	// text that was met in order has its ranks already
	if (isRising) return { rank, rankCount: distinct.length + 1, distinct };
	const inOrder = distinct.slice().sort();
	const rankOfCode = new Uint32Array(distinct.length + 1);
	for (let i = 0; i < inOrder.length; i++) rankOfCode[codes.get(inOrder[i])!] = i + 1;
	for (let row = 0; row < rowCount; row++) rank[row] = rankOfCode[rank[row]];
	return { rank, rankCount: distinct.length + 1, distinct: inOrder };
}

function rankNumbers(column: Float64Array): RankedColumn {
	const inOrder = column.slice().sort();
	const ranks = new Map<number, number>();
	for (const value of inOrder) {
		if (!Number.isNaN(value) && !ranks.has(value)) ranks.set(value, ranks.size + 1);
	}
	const rank = Uint32Array.from(column, (value) => ranks.get(value) ?? 0);
	return { rank, rankCount: ranks.size + 1, distinct: [] };
}

/** Rows of a table in the order of its key. */
export interface KeyOrder {
	/** rows in order; null when they stand in order already */
	readonly order: Uint32Array | null;
	/** pairs of rows with equal keys: the earlier and the later one */
	readonly duplicates: readonly (readonly [number, number])[];
}

/**
 * Puts rows into the order of the table's key, first key column first; rows of equal keys stay as they are.
 * `ranked` holds the key columns. A table without a key keeps its order. O(n) per key column.
 */
export function keyOrder(
	spec: TableSpec,
	ranked: ReadonlyMap<string, RankedColumn>,
	rowCount: number,
): KeyOrder {
	const columns = spec.key.map((name) => ranked.get(name)!);
	const compare = (a: number, b: number) => {
		for (const { rank } of columns) if (rank[a] !== rank[b]) return rank[a] - rank[b];
		return 0;
	};
	const isInOrder = columns.length === 0 || isStrictlyRising(rowCount, compare);
	if (isInOrder) return { order: null, duplicates: [] };

	// counting sorts from the last key column to the first, each stable
	let order = Uint32Array.from({ length: rowCount }, (_, row) => row);
	for (const { rank, rankCount } of columns.toReversed()) {
		const next = new Uint32Array(rankCount + 1);
		for (let row = 0; row < rowCount; row++) next[rank[row] + 1]++;
		for (let r = 0; r < rankCount; r++) next[r + 1] += next[r];
		const sorted = new Uint32Array(rowCount);
		for (let i = 0; i < rowCount; i++) sorted[next[rank[order[i]]]++] = order[i];
		order = sorted;
	}
	const duplicates: [number, number][] = [];
	for (let i = 1; i < rowCount; i++) {
		if (compare(order[i - 1], order[i]) === 0) duplicates.push([order[i - 1], order[i]]);
	}
	return { order, duplicates };
}

function isStrictlyRising(rowCount: number, compare: (a: number, b: number) => number): boolean {
	for (let row = 1; row < rowCount; row++) if (compare(row - 1, row) >= 0) return false;
	return true;
}
