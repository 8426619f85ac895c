import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines } from '../../src/cli/split-lines.ts';

async function* stream<T>(chunks: readonly T[]): AsyncGenerator<T> {
	for (const chunk of chunks) yield await Promise.resolve(chunk);
}

async function linesOf(chunks: readonly (Uint8Array | string)[]): Promise<string[]> {
	const lines: string[] = [];
	for await (const batch of splitLines(stream(chunks))) lines.push(...batch);
	return lines;
}

describe('splitLines', () => {
	it('cuts at line feeds and takes a carriage return off', async () => {
		expect(await linesOf(['a\nb\r\n', '\nc'])).toEqual(['a', 'b', '', 'c']);
		expect(await linesOf(['a\r', '\nb\n'])).toEqual(['a', 'b']);
		expect(await linesOf([])).toEqual([]);
		expect(await linesOf(['\n'])).toEqual(['']);
	});

	it('leaves line separators inside a line alone, which JSON texts may hold', async () => {
		expect(await linesOf(['"a\u2028b\u2029\u0085"\n"c"'])).toEqual(['"a\u2028b\u2029\u0085"', '"c"']);
	});

	it('takes off one byte order mark, at the start', async () => {
		expect(await linesOf([new Uint8Array([0xef, 0xbb]), new Uint8Array([0xbf, 0x61, 0x0a])])).toEqual(['a']);
		expect(await linesOf(['\ufeff\ufeffa\n\ufeffb'])).toEqual(['\ufeffa', '\ufeffb']);
	});

	it('gives the same lines however the bytes are cut into chunks', async () => {
		const text = fc.array(
			fc.string({ unit: 'grapheme' }).map((line) => line.replace(/[\r\n\ufeff]/g, '')),
			{
				minLength: 1,
			},
		);
		await fc.assert(
			fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (lines, size) => {
				const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
				const chunks: Uint8Array[] = [];
				for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.slice(i, i + size));
				expect(await linesOf(chunks)).toEqual(lines);
			}),
			{ seed: 1, numRuns: 200 },
		);
	});

	it('gives the lines of a chunk as one batch, so that answers need not wait for more', async () => {
		const batches: (readonly string[])[] = [];
		for await (const batch of splitLines(stream(['a\nb\nc', 'd\n']))) batches.push(batch);
		expect(batches).toEqual([['a', 'b'], ['cd']]);
	});
});
