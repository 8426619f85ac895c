/** Texts as the UTF-8 bytes of their JSON, one behind the other. */
export interface QuotedBytes {
	readonly bytes: Uint8Array;
	/** those of text i: `start[i] … start[i + 1]` */
	readonly start: Uint32Array;
}

const kept = new WeakMap<readonly string[], QuotedBytes>();

/** The ids of a list as JSON; kept as long as the list is. */
export function quotedBytes(ids: readonly string[]): QuotedBytes {
	let quoted = kept.get(ids);
	if (quoted === undefined) {
		const encoder = new TextEncoder();
		const each = ids.map((id) => encoder.encode(JSON.stringify(id)));
		const start = new Uint32Array(ids.length + 1);
		each.forEach((one, i) => (start[i + 1] = start[i] + one.length));
		const bytes = new Uint8Array(start[ids.length]);
		each.forEach((one, i) => bytes.set(one, start[i]));
		quoted = { bytes, start };
		kept.set(ids, quoted);
	}
	return quoted;
}

/** Writes a long text as bytes. */
export interface ByteLines {
	/** bytes written so far */
	length(): number;
	/** characters below 128 only */
	text(ascii: string): void;
	quoted(list: QuotedBytes, i: number): void;
	/** `bytes[first … end]`; any number of them */
	copy(bytes: Uint8Array, first: number, end: number): void;
	/** a whole number ≥ 0 below 2^31, by its digits */
	whole(value: number): void;
	/** all that was written */
	written(): Uint8Array;
}

const ROOM = 65_536;
/** Most digits of a number. */
const MOST_DIGITS = 10;

/** Starts a text of about `expected` bytes: it may grow beyond them. */
export function makeByteLines(expected = 0): ByteLines {
	let buffer = new Uint8Array(expected + ROOM);
	let length = 0;
	const makeRoom = (count: number) => {
		if (length + count <= buffer.length) return;
		const wider = new Uint8Array(2 * buffer.length + count);
		wider.set(buffer);
		buffer = wider;
	};
	return {
		length: () => length,
		text(ascii) {
			makeRoom(ascii.length);
			for (let i = 0; i < ascii.length; i++) buffer[length + i] = ascii.charCodeAt(i);
			length += ascii.length;
		},
		quoted({ bytes, start }, i) {
			const first = start[i];
			const count = start[i + 1] - first;
			makeRoom(count);
			// a few bytes each: a loop is faster than a view to copy from
			const [to, at] = [buffer, length];
			for (let j = 0; j < count; j++) to[at + j] = bytes[first + j];
			length = at + count;
		},
		copy(bytes, first, end) {
			if (first === end) return;
			makeRoom(end - first);
			buffer.set(bytes.subarray(first, end), length);
			length += end - first;
		},
		whole(value) {
			makeRoom(MOST_DIGITS);
			let count = 1;
			for (let rest = (value / 10) | 0; rest > 0; rest = (rest / 10) | 0) count++;
			// from the last digit
			for (let rest = value, at = length + count - 1; at >= length; at--) {
				const tenth = (rest / 10) | 0;
				buffer[at] = 48 + rest - 10 * tenth;
				rest = tenth;
			}
			length += count;
		},
		written: () => buffer.subarray(0, length),
	};
}
