import { parseInstant } from '#programs/instant.ts';
import type { Cell, ColumnSpec } from '#programs/tables.ts';
import { isTextual } from './columns.ts';
import { softened } from './csv-text.ts';
import { LIMITS } from './limits.ts';
import { float32FromBytes } from './little-endian.ts';
import { checkJson } from './parse-json.ts';

/**
 * Reads one raw cell of a file: the cell as it stands in memory, or undefined when the column does not allow
 * it. Which words a person then gets is `expectation`'s business.
 */
export type CellReader = (raw: unknown) => Cell | undefined;

/** The kinds of file that cells come from. */
export type CellFormat = 'json' | 'sqlite' | 'csv';

/** The reader of a column in files of a format. Makes no object per cell, save for vectors and documents. */
export function cellReader(column: ColumnSpec, format: CellFormat): CellReader {
	const convert = converter(column, format);
	const empty = column.nullable ? null : undefined;
	if (format === 'csv') return csvReader(column, convert, empty);
	return (raw) => (raw === null ? empty : convert(raw));
}

function csvReader(column: ColumnSpec, convert: CellReader, empty: null | undefined): CellReader {
	const isText = column.kind === 'text';
	const isHardened = isTextual(column) || column.kind === 'vector';
	return (raw) => {
		if (raw === '' && (column.nullable || !isText)) return empty;
		return convert(isHardened ? softened(String(raw), isText && column.nullable === true) : raw);
	};
}

/** The cell of a column that a row does not have: its fallback, empty, or undefined where it must be there. */
export function absentCell(column: ColumnSpec): Cell | undefined {
	if (column.fallback !== undefined) return cellReader(column, 'json')(column.fallback);
	return column.nullable ? null : undefined;
}

function converter(column: ColumnSpec, format: CellFormat): CellReader {
	switch (column.kind) {
		case 'id':
			return (raw) => (typeof raw === 'string' && isId(raw) ? raw : undefined);
		case 'text': {
			const words = column.values ? new Set(column.values) : null;
			return (raw) => {
				if (typeof raw !== 'string' || !isText(raw, LIMITS.textLength)) return undefined;
				return words === null || words.has(raw) ? raw : undefined;
			};
		}
		case 'integer':
			return ranged(column, format === 'csv' ? integerFromText : integerFromNumber);
		case 'real':
			return ranged(column, format === 'csv' ? realFromText : realFromNumber);
		case 'boolean':
			if (format === 'json') return (raw) => (raw === true ? 1 : raw === false ? 0 : undefined);
			if (format === 'sqlite') return (raw) => (raw === 1 || raw === 0 ? raw : undefined);
			return (raw) => (raw === 'true' || raw === '1' ? 1 : raw === 'false' || raw === '0' ? 0 : undefined);
		case 'time':
			return (raw) => (typeof raw === 'string' ? (parseInstant(raw) ?? undefined) : undefined);
		case 'json':
			return format === 'json' ? documentFromJson : documentFromText;
		case 'vector':
			return vectorReader(column, format);
	}
}

function isId(text: string): boolean {
	if (text.length === 0 || text.length > LIMITS.idBytes) return false;
	return isText(text, LIMITS.idBytes) && utf8Length(text) <= LIMITS.idBytes;
}

function isText(text: string, longest: number): boolean {
	// code points are at least half as many as code units
	if (text.length > longest && (text.length > 2 * longest || Array.from(text).length > longest)) return false;
	return !text.includes('\0') && text.isWellFormed();
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
	let length = text.length;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit < 0x80) continue;
		// each half of a pair stands for two of the pair's four bytes
		length += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
	}
	return length;
}

function ranged(column: ColumnSpec, convert: (raw: unknown) => number | undefined): CellReader {
	const { min = -Infinity, max = Infinity } = column;
	return (raw) => {
		const value = convert(raw);
		return value !== undefined && value >= min && value <= max ? value + 0 : undefined;
	};
}

function integerFromNumber(raw: unknown): number | undefined {
	return Number.isSafeInteger(raw) ? (raw as number) : undefined;
}

function realFromNumber(raw: unknown): number | undefined {
	return Number.isFinite(raw) ? (raw as number) : undefined;
}

const INTEGER = /^-?\d{1,16}$/;
const REAL = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

function integerFromText(raw: unknown): number | undefined {
	return typeof raw === 'string' && INTEGER.test(raw) ? integerFromNumber(Number(raw)) : undefined;
}

function realFromText(raw: unknown): number | undefined {
	if (typeof raw !== 'string' || raw.length > 64 || !REAL.test(raw)) return undefined;
	return realFromNumber(Number(raw));
}

function documentFromJson(raw: unknown): string | undefined {
	// a string holds a document's text; anything else is the document
	if (typeof raw === 'string') return documentFromText(raw);
	if (!isShallow(raw)) return undefined;
	const text = JSON.stringify(raw) as string | undefined;
	return text === undefined ? undefined : documentFromText(text);
}

function documentFromText(raw: unknown): string | undefined {
	if (typeof raw !== 'string' || raw.length > LIMITS.jsonLength || raw.includes('\0')) return undefined;
	return checkJson(raw) === null ? raw : undefined;
}

/** Is a value no deeper than a JSON document may be? Does not recurse, so that depth cannot hurt. */
function isShallow(value: unknown): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > LIMITS.jsonDepth) return false;
		const next: unknown[] = [];
		for (const node of level) {
			if (typeof node === 'object' && node !== null)
				for (const child of Object.values(node)) next.push(child);
		}
		level = next;
	}
	return true;
}

function vectorReader(column: ColumnSpec, format: CellFormat): CellReader {
	const { min = -Infinity, max = Infinity } = column;
	const read = format === 'sqlite' ? vectorFromBytes : format === 'json' ? vectorFromList : vectorFromText;
	return (raw) => {
		const vector = read(raw);
		if (vector === undefined || vector.length === 0 || vector.length > LIMITS.vectorLength) return undefined;
		for (let i = 0; i < vector.length; i++) {
			// NaN is a place of the vector without a number
			if (vector[i] < min || vector[i] > max || vector[i] === Infinity || vector[i] === -Infinity)
				return undefined;
		}
		return vector;
	};
}

function vectorFromBytes(raw: unknown): Float32Array | undefined {
	return raw instanceof Uint8Array && raw.length % 4 === 0 ? float32FromBytes(raw) : undefined;
}

function vectorFromList(raw: unknown): Float32Array | undefined {
	if (!Array.isArray(raw) || raw.length > LIMITS.vectorLength) return undefined;
	if (!raw.every((item) => item === null || Number.isFinite(item))) return undefined;
	return Float32Array.from(raw as (number | null)[], (item) => item ?? NaN);
}

/** A place of a vector without a number, in CSV. */
export const NO_NUMBER = 'none';

function vectorFromText(raw: unknown): Float32Array | undefined {
	if (typeof raw !== 'string') return undefined;
	const parts = raw
		.split(' ', LIMITS.vectorLength + 1)
		.map((part) => (part === NO_NUMBER ? NaN : realFromText(part)));
	return parts.includes(undefined) ? undefined : Float32Array.from(parts as number[]);
}
