import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { radixSort } from '#engine/sort.ts';

describe('radixSort', () => {
	it('orders items by key and keeps equal keys in order', () => {
		const items = Uint32Array.of(0, 1, 2, 3);
		radixSort(items, Uint32Array.of(7, 4294967295, 0, 7));
		expect([...items]).toEqual([2, 0, 3, 1]);
	});

	it('leaves nothing to do without items', () => {
		const items = new Uint32Array(0);
		radixSort(items, new Uint32Array(0));
		expect(items.length).toBe(0);
	});

	it('equals a stable comparison sort', () => {
		const key = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffffffff }));
		fc.assert(
			fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
				const items = Uint32Array.from(keys, (_, i) => keys.length - 1 - i);
				const expected = [...items].sort((a, b) => keys[a] - keys[b]);
				radixSort(items, Uint32Array.from(keys));
				expect([...items]).toEqual(expected);
			}),
			{ seed: 1, numRuns: 1000 },
		);
	});
});
