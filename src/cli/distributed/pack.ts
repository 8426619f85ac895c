import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * Results as text and back, to the last bit: plain data with typed arrays, NaN, infinities and −0, which JSON alone loses. A
 * property that is undefined is left out.
 */

const ARRAYS = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Uint8Array, Int8Array };
type ArrayName = keyof typeof ARRAYS;

/** Most bytes that a result may unpack to. */
const MOST_BYTES = 1 << 30;

/** A result as text: JSON in which special values are marked, deflated, in base64. */
export function pack(value: unknown): string {
	return deflateRawSync(JSON.stringify(marked(value))).toString('base64');
}

/** What `pack` was given. Throws where the text is not of its making. */
export function unpack(text: string): unknown {
	const json = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: MOST_BYTES }).toString('utf8');
	return unmarked(JSON.parse(json));
}

function marked(value: unknown): unknown {
	if (typeof value === 'number') {
		return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) }; // prettier-ignore
	}
	if (value === null || typeof value !== 'object') return value;
	if (ArrayBuffer.isView(value)) {
		const name = value.constructor.name;
		if (!isArrayName(name)) throw new Error(`a ${name} cannot be packed`);
		const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
		return { [`$${name}`]: bytes.toString('base64') };
	}
	if (Array.isArray(value)) return value.map(marked);
	const entries = Object.entries(value).map(([key, child]) => [key, marked(child)] as const);
	// a key of the data that looks like a mark of ours
	if (entries.some(([key]) => key.startsWith('$'))) return { $entries: entries };
	return Object.fromEntries(entries);
}

function unmarked(value: unknown): unknown {
	if (value === null || typeof value !== 'object') return value;
	if (Array.isArray(value)) return value.map(unmarked);
	const entries: [string, unknown][] = Object.entries(value);
	const [key, child]: [string, unknown] = entries.length === 1 ? entries[0] : ['', undefined];
	if (!key.startsWith('$')) return Object.fromEntries(entries.map(([name, part]) => [name, unmarked(part)]));
	if (key === '$number') return Number(child);
	if (key === '$entries' && Array.isArray(child)) {
		return Object.fromEntries((child as [string, unknown][]).map(([name, part]) => [name, unmarked(part)]));
	}
	const name = key.slice(1);
	if (!isArrayName(name) || typeof child !== 'string') throw new Error(`unknown mark ${key} in a result`);
	// a copy, so that the bytes lie where the elements may start
	const bytes = Uint8Array.from(Buffer.from(child, 'base64'));
	return new ARRAYS[name](bytes.buffer);
}

function isArrayName(name: string): name is ArrayName {
	return name in ARRAYS;
}
