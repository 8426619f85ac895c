import { key32 } from '#engine/random.ts';

/** inverse of FNV's prime modulo 2^32: one step of the hash, undone */
const INVERSE = 899433627;
const LETTERS = Array.from({ length: 32 }, (_, i) => String.fromCharCode(0x41 + i));

/**
 * Other ids with the very keys (`key32`) of the ids given, which stand in order, and in the same order themselves. Each
 * starts with its place; what comes behind is found from both ends, forwards from the start and backwards from the key.
 */
export function idsAlike(ids: readonly string[]): string[] {
	return ids.map((id, i) => {
		const head = `${String.fromCharCode(0x61 + Math.floor(i / 26))}${String.fromCharCode(0x61 + (i % 26))}`;
		const starts = new Map<number, string>();
		for (const a of LETTERS) for (const b of LETTERS) for (const c of LETTERS) starts.set(key32(head + a + b + c), head + a + b + c); // prettier-ignore
		const tail = tailFrom(key32(id), starts, 5);
		if (tail === null) throw new Error(`no other id with the key of ${id}`);
		return tail;
	});
}

/** The id of at most `most` more letters that ends at `key` and begins at one of `starts`; null for none. */
function tailFrom(key: number, starts: ReadonlyMap<number, string>, most: number, tail = ''): string | null {
	const start = starts.get(key);
	if (start !== undefined) return start + tail;
	if (most === 0) return null;
	for (const letter of LETTERS) {
		const before = (Math.imul(key, INVERSE) ^ letter.charCodeAt(0)) >>> 0;
		const found = tailFrom(before, starts, most - 1, letter + tail);
		if (found !== null) return found;
	}
	return null;
}
