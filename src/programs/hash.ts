import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** A hash that takes its data in parts. */
interface Hash {
	update(bytes: Uint8Array): unknown;
	digest(): Uint8Array;
}

// Node has a routine of its own that can be called at once, several times as fast; a page has none
const platform = (globalThis as { readonly process?: Partial<NodeJS.Process> }).process?.getBuiltinModule?.(
	'node:crypto',
);
const create = (): Hash => platform?.createHash('sha256') ?? sha256.create();

/** SHA-256 of text (as UTF-8) or bytes, in lower-case hex. Synchronous, and the same everywhere. */
export function sha256Hex(data: string | Uint8Array): string {
	return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
}

/** SHA-256 of data that comes in parts; the parts count as one piece. */
export function sha256Parts(): { add(bytes: Uint8Array): void; hex(): string } {
	const hash = create();
	return { add: (bytes) => void hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
}

/**
 * As `sha256Parts`, by the platform's own routine where there is one: several times faster. A page that came over
 * plain HTTP from elsewhere has none.
 */
export async function sha256HexFast(parts: readonly Uint8Array[]): Promise<string> {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let end = 0;
	for (const part of parts) {
		whole.set(part, end);
		end += part.length;
	}
	const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto };
	return subtle ? bytesToHex(new Uint8Array(await subtle.digest('SHA-256', whole))) : sha256Hex(whole);
}

/** A SHA-256 of text that comes in parts. */
export interface RunningSha256 {
	add(text: string): void;
	/** the same for a text that is bytes already; they are read at once */
	addBytes(bytes: Uint8Array): void;
	/** lower-case hex of all that was added; nothing may be added after */
	hex(): string;
}

/** Starts a SHA-256 over the UTF-8 bytes of parts of a text. */
export function startSha256(): RunningSha256 {
	const hash = create();
	return {
		add: (text) => void hash.update(utf8ToBytes(text)),
		addBytes: (bytes) => void hash.update(bytes),
		hex: () => bytesToHex(hash.digest()),
	};
}

/**
 * Canonical JSON after RFC 8785: keys in code-unit order, no blanks, numbers as ECMAScript prints them.
 * Throws on what JSON cannot hold: NaN, infinities, bigint, functions, undefined in a list.
 */
export function canonicalJson(value: unknown): string {
	if (value === null || typeof value === 'boolean') return String(value);
	if (typeof value === 'string') {
		if (!value.isWellFormed()) throw new Error('half a character cannot stand in canonical JSON');
		return JSON.stringify(value);
	}
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) throw new Error(`${value} cannot stand in canonical JSON`);
		return JSON.stringify(value);
	}
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (typeof value === 'object') {
		const entries = Object.entries(value).filter(([, child]) => child !== undefined);
		entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
		return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonicalJson(child)}`).join(',')}}`;
	}
	throw new Error(`a ${typeof value} cannot stand in canonical JSON`);
}
