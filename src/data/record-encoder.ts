/** A value as a record holds it; a time is text by then. */
export type RecordValue = string | number | null;

/** How a number of a column is stored. */
export type NumberStorage = 'integer' | 'real';

/** Rows as SQLite records, one at a time in the same bytes: `data` up to `length`, valid until the next row. */
export interface RecordEncoder {
	/** Encodes a row; false when it is longer than `most` bytes, or text of its key is out of SQLite's order. */
	encode(values: readonly RecordValue[], keyCount: number, most: number): boolean;
	readonly data: Uint8Array;
	length: number;
}

// from the first half of a pair on, code units and UTF-8 bytes order differently
const FIRST_HALF = 0xd800;
const HEADER_ROOM = 1024;

/** An encoder of records (sqlite.org/fileformat2.html, section 2.1) whose numbers are stored as said per column. */
export function makeRecordEncoder(storage: readonly NumberStorage[]): RecordEncoder {
	const bodyBytes = new Uint8Array(65536);
	const bodyView = new DataView(bodyBytes.buffer);
	const types = new Uint32Array(storage.length);
	const encoder: RecordEncoder = { encode, data: new Uint8Array(65536 + HEADER_ROOM), length: 0 };

	function encode(values: readonly RecordValue[], keyCount: number, most: number): boolean {
		let body = 0;
		for (let c = 0; c < values.length; c++) {
			const value = values[c];
			if (value === null) types[c] = 0;
			else if (typeof value === 'string') {
				if (body + 3 * value.length > most + HEADER_ROOM) return false;
				const end = encodeText(value, bodyBytes, body, c < keyCount);
				if (end < 0) return false;
				types[c] = 13 + 2 * (end - body);
				body = end;
			} else if (storage[c] === 'real') {
				bodyView.setFloat64(body, value + 0);
				types[c] = 7;
				body += 8;
			} else {
				types[c] = integerType(value);
				body = encodeInteger(value, types[c], bodyView, body);
			}
		}

		// the header says its own length too, which is below 128 for what is encoded here
		let header = 1;
		for (let c = 0; c < values.length; c++) header = putVarint(types[c], encoder.data, header);
		if (header > 127 || header + body > most) return false;
		encoder.data[0] = header;
		for (let i = 0; i < body; i++) encoder.data[header + i] = bodyBytes[i];
		encoder.length = header + body;
		return true;
	}
	return encoder;
}

/** Writes a number below 2^32 as a varint; the index after it. */
export function putVarint(value: number, into: Uint8Array, at: number): number {
	let size = 1;
	for (let rest = value >>> 7; rest > 0; rest >>>= 7) size++;
	for (let i = 0, rest = value; i < size; i++, rest >>>= 7) {
		into[at + size - 1 - i] = (rest & 0x7f) | (i === 0 ? 0 : 0x80);
	}
	return at + size;
}

/** Writes text as UTF-8; the index after it, or -1 for a key whose order in SQLite would be another. */
function encodeText(text: string, into: Uint8Array, start: number, isKey: boolean): number {
	let at = start;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit < 0x80) into[at++] = unit;
		else if (unit < 0x800) {
			into[at++] = 0xc0 | (unit >> 6);
			into[at++] = 0x80 | (unit & 0x3f);
		} else if (unit < FIRST_HALF || !isKey) return at + encodeRest(text, i, into, at);
		else return -1;
	}
	return at;
}

const textEncoder = new TextEncoder();

function encodeRest(text: string, from: number, into: Uint8Array, at: number): number {
	return textEncoder.encodeInto(text.slice(from), into.subarray(at)).written;
}

function integerType(value: number): number {
	if (value === 0) return 8;
	if (value === 1) return 9;
	const size = value < 0 ? -value - 1 : value;
	if (size < 0x80) return 1;
	if (size < 0x8000) return 2;
	if (size < 0x800000) return 3;
	if (size < 0x80000000) return 4;
	return size < 0x800000000000 ? 5 : 6;
}

function encodeInteger(value: number, type: number, view: DataView, at: number): number {
	const size = type >= 8 ? 0 : type <= 4 ? type : type === 5 ? 6 : 8;
	let rest = value;
	for (let i = size - 1; i >= 0; i--) {
		const byte = ((rest % 256) + 256) % 256;
		view.setUint8(at + i, byte);
		rest = (rest - byte) / 256;
	}
	return at + size;
}
