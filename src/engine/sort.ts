const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Reorders `items` so that key[item] is ascending; equal keys keep their order. Keys are uint32, looked up by item.
 * Least-significant-digit radix sort by digits of 11 bits; keys travel with their items, and passes above the highest
 * key are left out. O(n).
 */
export function radixSort(items: Uint32Array, key: Uint32Array): void {
	const count = items.length;
	let from: Uint32Array = items;
	let fromKey: Uint32Array = new Uint32Array(count);
	let to: Uint32Array = new Uint32Array(count);
	let toKey: Uint32Array = new Uint32Array(count);
	const place = new Uint32Array(DIGITS);
	let highest = 0;
	for (let i = 0; i < count; i++) {
		const k = key[items[i]];
		fromKey[i] = k;
		if (k > highest) highest = k;
	}

	for (let shift = 0; shift < 32 && highest >>> shift > 0; shift += DIGIT_BITS) {
		place.fill(0);
		for (let i = 0; i < count; i++) place[(fromKey[i] >>> shift) & (DIGITS - 1)]++;
		let next = 0;
		for (let digit = 0; digit < DIGITS; digit++) {
			const size = place[digit];
			place[digit] = next;
			next += size;
		}
		for (let i = 0; i < count; i++) {
			const k = fromKey[i];
			const at = place[(k >>> shift) & (DIGITS - 1)]++;
			to[at] = from[i];
			toKey[at] = k;
		}
		[from, to] = [to, from];
		[fromKey, toKey] = [toKey, fromKey];
	}
	if (from !== items) items.set(from);
}
