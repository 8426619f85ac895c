import type { Cell, Column, ColumnSpec, VectorColumn } from '#programs/tables.ts';

/** A column that grows by one cell at a time. */
export interface ColumnBuilder {
	/** A cell of the column's kind, as in `Cell`; null is none. */
	push(cell: Cell): void;
	/** The column, cut to its length. The builder is spent. */
	finish(): Column;
}

/** A builder for a column of this kind: numbers, times and booleans; text of any sort; or vectors. */
export function buildColumn(spec: ColumnSpec): ColumnBuilder {
	if (isNumeric(spec)) return buildNumbers();
	if (spec.kind === 'vector') return buildVectors();
	return spec.references === undefined ? buildTexts() : buildReferences();
}

/** Is the column a `Float64Array` in memory? */
export function isNumeric(spec: ColumnSpec): boolean {
	return spec.kind === 'integer' || spec.kind === 'real' || spec.kind === 'boolean' || spec.kind === 'time';
}

/** Is the column a list of text in memory? */
export function isTextual(spec: ColumnSpec): boolean {
	return spec.kind === 'id' || spec.kind === 'text' || spec.kind === 'json';
}

function buildNumbers(): ColumnBuilder {
	let data = new Float64Array(16);
	let length = 0;
	return {
		push(cell) {
			if (length === data.length) {
				const larger = new Float64Array(length * 2);
				larger.set(data);
				data = larger;
			}
			// adding 0 turns -0 into 0
			data[length++] = typeof cell === 'number' ? cell + 0 : NaN;
		},
		finish: () => data.slice(0, length),
	};
}

function buildTexts(): ColumnBuilder {
	const data: (string | null)[] = [];
	return {
		push(cell) {
			data.push(typeof cell === 'string' ? cell : null);
		},
		finish: () => data,
	};
}

/** Text of which each value is kept once, however many rows name it. */
function buildReferences(): ColumnBuilder {
	const data: (string | null)[] = [];
	const kept = new Map<string, string>();
	let last: string | null = null;
	return {
		push(cell) {
			if (typeof cell !== 'string') {
				data.push(null);
				return;
			}
			if (cell !== last) {
				const known = kept.get(cell);
				if (known === undefined) kept.set(cell, cell);
				last = known ?? cell;
			}
			data.push(last);
		},
		finish: () => data,
	};
}

function buildVectors(): ColumnBuilder {
	let data = new Float32Array(64);
	let length = 0;
	const start = [0];
	return {
		push(cell) {
			if (cell instanceof Float32Array) {
				while (length + cell.length > data.length) {
					const larger = new Float32Array(data.length * 2);
					larger.set(data);
					data = larger;
				}
				// one zero and one NaN, whatever bits came
				for (let i = 0; i < cell.length; i++) data[length++] = Number.isNaN(cell[i]) ? NaN : cell[i] + 0;
			}
			start.push(length);
		},
		finish: () => ({ data: data.slice(0, length), start: Uint32Array.from(start) }),
	};
}

/** The cell of a column in a row: null for none, which for a vector is one without numbers. */
export function cellAt(column: Column, row: number): Cell {
	if (column instanceof Float64Array) return Number.isNaN(column[row]) ? null : column[row];
	if (Array.isArray(column)) return (column as readonly (string | null)[])[row];
	const { data, start } = column as VectorColumn;
	return start[row] === start[row + 1] ? null : data.subarray(start[row], start[row + 1]);
}

/** The rows `order` of a column, in that order. */
export function takeRows(column: Column, order: Uint32Array): Column {
	if (column instanceof Float64Array) return Float64Array.from(order, (row) => column[row]);
	if (Array.isArray(column)) {
		const cells = column as readonly (string | null)[];
		return Array.from(order, (row) => cells[row]);
	}
	const { data, start } = column as VectorColumn;
	const taken = new Float32Array(data.length);
	const takenStart = new Uint32Array(order.length + 1);
	for (let i = 0, length = 0; i < order.length; i++) {
		const vector = data.subarray(start[order[i]], start[order[i] + 1]);
		taken.set(vector, length);
		length += vector.length;
		takenStart[i + 1] = length;
	}
	return { data: taken, start: takenStart };
}
