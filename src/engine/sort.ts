const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Reorders `items` so that key[item] is ascending; equal keys keep their order. Keys are uint32, looked up by item.
 * Least-significant-digit radix sort, three passes of 11 bits, of which those where all keys agree are skipped: O(n).
 */
export function radixSort(items: Uint32Array, key: Uint32Array): void {
	let from: Uint32Array = items;
	let to: Uint32Array = new Uint32Array(items.length);
	const place = new Uint32Array(DIGITS);

	for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
		place.fill(0);
		for (const item of from) place[(key[item] >>> shift) & (DIGITS - 1)]++;
		if (from.length === 0 || place[(key[from[0]] >>> shift) & (DIGITS - 1)] === from.length) continue;

		let next = 0;
		for (let digit = 0; digit < DIGITS; digit++) {
			const count = place[digit];
			place[digit] = next;
			next += count;
		}
		for (const item of from) to[place[(key[item] >>> shift) & (DIGITS - 1)]++] = item;
		[from, to] = [to, from];
	}
	if (from !== items) items.set(from);
}
