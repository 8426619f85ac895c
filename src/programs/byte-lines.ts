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
	/** characters below 128 only */
	text(ascii: string): void;
	bytes(list: QuotedBytes, i: number): void;
	/** a whole number ≥ 0 below 2^31, by its digits */
	whole(value: number): void;
	/** hands on what is left */
	end(): void;
}

const ROOM = 65_536;
/** Most digits of a number. */
const MOST_DIGITS = 10;

/** Starts a text; `take` gets it in parts, whose bytes are good only during the call. */
export function makeByteLines(take: (bytes: Uint8Array) => void): ByteLines {
	let buffer = new Uint8Array(ROOM);
	let end = 0;
	const makeRoom = (count: number) => {
		if (end + count <= buffer.length) return;
		take(buffer.subarray(0, end));
		end = 0;
		if (count > buffer.length) buffer = new Uint8Array(count);
	};
	return {
		text(ascii) {
			makeRoom(ascii.length);
			for (let i = 0; i < ascii.length; i++) buffer[end++] = ascii.charCodeAt(i);
		},
		bytes({ bytes, start }, i) {
			makeRoom(start[i + 1] - start[i]);
			for (let j = start[i]; j < start[i + 1]; j++) buffer[end++] = bytes[j];
		},
		whole(value) {
			makeRoom(MOST_DIGITS);
			let power = 1;
			while (power * 10 <= value) power *= 10;
			for (let rest = value; power >= 1; power /= 10) {
				const digit = Math.floor(rest / power);
				buffer[end++] = 48 + digit;
				rest -= digit * power;
			}
		},
		end() {
			take(buffer.subarray(0, end));
			end = 0;
		},
	};
}
