import { inputError } from '#programs/input-error.ts';
import { LIMITS } from './limits.ts';
import { shown } from './problems.ts';

/** What is wrong with a JSON text, and at which character. */
export interface JsonFault {
	readonly index: number;
	readonly message: string;
	readonly code: 'import.json' | 'import.depth' | 'import.duplicate' | 'import.text';
}

/**
 * Parses JSON text from outside. Refused before other code sees it, each by line and column: what is not JSON
 * (RFC 8259), more than 64 levels, an object with the same key twice, half a character. Keys such as
 * `__proto__` become keys like any other. Linear in the length of the text.
 */
export function parseJson(text: string, file: string): unknown {
	const fault = checkJson(text);
	if (fault === null) return JSON.parse(text) as unknown;
	throw inputError(placeIn(text, fault.index, file), fault.message, fault.code);
}

/** Decodes UTF-8 bytes, without a byte order mark. Throws `InputError` on what is not UTF-8. */
export function decodeText(bytes: Uint8Array, file: string): string {
	if (bytes.length > LIMITS.textBytes) {
		const most = `${LIMITS.textBytes / 1024 / 1024} MB`;
		throw inputError(file, `invalid size: ${bytes.length} bytes; must be at most ${most}; split it or open a SQLite file`, 'import.size'); // prettier-ignore
	}
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw inputError(
			file,
			'invalid text: not UTF-8; save the file as UTF-8 and open it again',
			'import.text',
		);
	}
}

function placeIn(text: string, index: number, file: string): string {
	const before = text.slice(0, index);
	const line = before.split('\n').length;
	return `${file}:${line}:${index - before.lastIndexOf('\n')}`;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

// sticky: matches where it is told to, and nowhere else
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The first thing wrong with a JSON text, or null. Keeps its own stack, so that depth cannot hurt. */
export function checkJson(text: string): JsonFault | null {
	const fault = (index: number, message: string, code: JsonFault['code'] = 'import.json'): JsonFault => ({ index, message, code }); // prettier-ignore
	const unexpected = (index: number, wanted: string) => {
		const what = index < text.length ? shown(text[index]) : 'the end of the file';
		return fault(
			index,
			`invalid JSON: found ${what}; must be ${wanted}; correct it or export the file again`,
		);
	};
	if (!text.isWellFormed()) {
		return fault(
			firstHalf(text),
			'invalid text: half a character; remove it and open the file again',
			'import.text',
		);
	}

	const hasEscapes = text.includes('\\u');
	// keys of each open object; null for a list
	const open: (KeySet | null)[] = [];
	let i = skipBlanks(text, 0);
	for (;;) {
		// a value starts at i
		const unit = text.charCodeAt(i);
		if (unit === OPEN_LIST || unit === OPEN_OBJECT) {
			if (open.length === LIMITS.jsonDepth) {
				return fault(i, `invalid nesting: more than ${LIMITS.jsonDepth} levels; flatten it`, 'import.depth');
			}
			open.push(unit === OPEN_OBJECT ? new KeySet() : null);
			i = skipBlanks(text, i + 1);
			const close = unit === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_LIST;
			if (text.charCodeAt(i) === close) {
				open.pop();
				i++;
			} else if (unit === OPEN_LIST) continue;
			else {
				const key = readKey(i);
				if (typeof key !== 'number') return key;
				i = key;
				continue;
			}
		} else if (unit === QUOTE) {
			const end = stringEnd(text, i);
			if (end < 0) return unexpected(~end, 'a string that is closed and escaped');
			if (hasEscapes && hasHalf(text.slice(i, end))) {
				return fault(i, 'invalid text: half a character; remove it and open the file again', 'import.text');
			}
			i = end;
		} else {
			const end = scalarEnd(text, i);
			if (end === i) return unexpected(i, 'a value');
			i = end;
		}

		// a value ended at i: close what ends with it, up to the next value
		for (;;) {
			i = skipBlanks(text, i);
			if (open.length === 0) return i === text.length ? null : unexpected(i, 'the end of the file');
			const keys = open[open.length - 1];
			const next = text.charCodeAt(i);
			if (next === COMMA) {
				i = skipBlanks(text, i + 1);
				if (keys !== null) {
					const key = readKey(i);
					if (typeof key !== 'number') return key;
					i = key;
				}
				break;
			}
			if (next !== (keys === null ? CLOSE_LIST : CLOSE_OBJECT)) {
				return unexpected(i, keys === null ? '"," or "]"' : '"," or "}"');
			}
			open.pop();
			i++;
		}
	}

	/** Reads a key and its colon at `at`; the index of its value, or what is wrong. */
	function readKey(at: number): number | JsonFault {
		if (text.charCodeAt(at) !== QUOTE) return unexpected(at, 'a key in double quotes');
		const end = stringEnd(text, at);
		if (end < 0) return unexpected(~end, 'a key that is closed and escaped');
		let key = text.slice(at + 1, end - 1);
		if (key.includes('\\')) key = JSON.parse(text.slice(at, end)) as string;
		if (!key.isWellFormed()) {
			return fault(at, 'invalid key: half a character; remove it and open the file again', 'import.text');
		}
		if (!open[open.length - 1]!.add(key)) {
			return fault(
				at,
				`duplicate key: ${shown(key)}; each key of an object must stand once`,
				'import.duplicate',
			);
		}
		const colon = skipBlanks(text, end);
		if (text.charCodeAt(colon) !== COLON) return unexpected(colon, '":"');
		return skipBlanks(text, colon + 1);
	}
}

/** Keys of one object: a list while they are few, which most are. */
class KeySet {
	#few: string[] = [];
	#many: Set<string> | null = null;

	/** Adds a key; false when it is there already. */
	add(key: string): boolean {
		if (this.#many !== null) {
			if (this.#many.has(key)) return false;
			this.#many.add(key);
			return true;
		}
		if (this.#few.includes(key)) return false;
		this.#few.push(key);
		if (this.#few.length > 24) this.#many = new Set(this.#few);
		return true;
	}
}

function skipBlanks(text: string, from: number): number {
	let i = from;
	for (;;) {
		const unit = text.charCodeAt(i);
		if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return i;
		i++;
	}
}

/** Index after the string that opens at `start`; of one that is broken at b, ~b. */
function stringEnd(text: string, start: number): number {
	for (let i = start + 1; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit === QUOTE) return i + 1;
		if (unit < 0x20) return ~i;
		if (unit === BACKSLASH) {
			const escaped = text[i + 1];
			if (escaped === 'u') {
				if (!/^[0-9a-fA-F]{4}$/.test(text.slice(i + 2, i + 6))) return ~i;
				i += 5;
			} else if (escaped !== undefined && '"\\/bfnrt'.includes(escaped)) i++;
			else return ~i;
		}
	}
	return ~text.length;
}

function scalarEnd(text: string, start: number): number {
	for (const word of ['null', 'true', 'false']) if (text.startsWith(word, start)) return start + word.length;
	NUMBER.lastIndex = start;
	return NUMBER.test(text) ? NUMBER.lastIndex : start;
}

function hasHalf(literal: string): boolean {
	return literal.includes('\\u') && !(JSON.parse(literal) as string).isWellFormed();
}

function firstHalf(text: string): number {
	for (let i = 0; i < text.length; i++) {
		const point = text.codePointAt(i)!;
		if (point >= 0xd800 && point < 0xe000) return i;
		if (point > 0xffff) i++;
	}
	return 0;
}
