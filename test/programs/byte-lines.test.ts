import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeByteLines, quotedBytes } from '#programs/byte-lines.ts';

describe('lines of bytes', () => {
	it('are the UTF-8 of the text they stand for, however long', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }),
				fc.array(fc.oneof(fc.nat(), fc.nat(9), fc.constantFrom(0, 10, 999_999, 1_000_000)), { maxLength: 20 }),
				fc.integer({ min: 1, max: 900 }),
				(ids, numbers, times) => {
					const lines = makeByteLines(times % 7);
					const list = quotedBytes(ids);
					let text = '';
					for (let n = 0; n < times; n++) {
						lines.text('\n[');
						lines.quoted(list, n % ids.length);
						for (const number of numbers) lines.whole(number);
						text += `\n[${JSON.stringify(ids[n % ids.length])}${numbers.join('')}`;
					}
					const end = lines.length();
					lines.copy(lines.written(), 0, end);
					expect(Buffer.from(lines.written()).toString()).toBe(text + text);
					expect(lines.length()).toBe(2 * end);
				},
			),
			{ seed: 3, numRuns: 300 },
		);
	});

	it('hold an id longer than their room', () => {
		const lines = makeByteLines();
		lines.text('a');
		lines.quoted(quotedBytes(['é'.repeat(100_000)]), 0);
		lines.whole(7);
		expect(Buffer.from(lines.written()).toString()).toBe(`a"${'é'.repeat(100_000)}"7`);
	});
}); // prettier-ignore
