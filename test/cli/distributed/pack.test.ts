import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../../../src/cli/distributed/pack.ts';

describe('a packed result', () => {
	it('is what it was, to the last bit', () => {
		const value = {
			none: null,
			text: 'Bücher',
			numbers: [0, -0, 1e-300, 0.1 + 0.2, NaN, Infinity, -Infinity],
			doubles: Float64Array.of(NaN, -0, Math.PI),
			words: Uint32Array.of(0, 2 ** 32 - 1),
			bytes: Uint8Array.of(255),
			empty: new Int32Array(0),
			rows: [{ id: 'a', deep: { list: [[], {}] } }],
		};
		expect(unpack(pack(value))).toStrictEqual(value);
	});

	it('keeps data that looks like our marks', () => {
		const value = { $number: 'NaN', a: { $Float64Array: 'AAAA' }, b: { $entries: [] }, c: { $: 1 } };
		expect(unpack(pack(value))).toStrictEqual(value);
	});

	it('keeps any plain data', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
				expect(unpack(pack(value))).toStrictEqual(value);
			}),
			{ seed: 7, numRuns: 300 },
		);
	});

	it('takes views by what they show, and refuses what it does not know', () => {
		expect(unpack(pack(Float64Array.of(1, 2, 3).subarray(1)))).toStrictEqual(Float64Array.of(2, 3));
		expect(() => pack(new DataView(new ArrayBuffer(8)))).toThrow('DataView cannot be packed');
		expect(() => unpack('!')).toThrow();
	});
});
