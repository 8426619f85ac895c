import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { key32, luckWord, makeWords, threefry, uniform, unitFromWords } from '#engine/random.ts';

function words(k0: number, k1: number, c0: number, c1: number): string {
	const out = makeWords();
	threefry(k0, k1, c0, c1, out);
	return [...out].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

/** Threefry-2x32 as the paper writes it: a loop over rounds, words modulo 2^32. */
function slowThreefry(k0: number, k1: number, c0: number, c1: number): string {
	const rotations = [13, 15, 26, 6, 17, 29, 16, 24];
	const mask = 0xffffffffn;
	const keys = [BigInt(k0), BigInt(k1), 0x1bd11bdan ^ BigInt(k0) ^ BigInt(k1)];
	let x0 = (BigInt(c0) + keys[0]) & mask;
	let x1 = (BigInt(c1) + keys[1]) & mask;
	for (let round = 0; round < 20; round++) {
		const turn = BigInt(rotations[round % 8]);
		x0 = (x0 + x1) & mask;
		x1 = (((x1 << turn) | (x1 >> (32n - turn))) & mask) ^ x0;
		if (round % 4 === 3) {
			const injection = (round + 1) / 4;
			x0 = (x0 + keys[injection % 3]) & mask;
			x1 = (x1 + keys[(injection + 1) % 3] + BigInt(injection)) & mask;
		}
	}
	return [x0, x1].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

const word = fc.integer({ min: 0, max: 0xffffffff });

describe('threefry', () => {
	it('gives the published known answers of Random123', () => {
		expect(words(0, 0, 0, 0)).toBe('6b200159 99ba4efe');
		const ones = 0xffffffff;
		expect(words(ones, ones, ones, ones)).toBe('1cb996fc bb002be7');
		expect(words(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3)).toBe('c4923a9c 483df7a0');
	});

	it('equals the rounds as the paper writes them', () => {
		fc.assert(
			fc.property(word, word, word, word, (k0, k1, c0, c1) => {
				expect(words(k0, k1, c0, c1)).toBe(slowThreefry(k0, k1, c0, c1));
			}),
			{ seed: 1, numRuns: 2000 },
		);
	});
});

describe('key32', () => {
	it('gives the published FNV-1a answers', () => {
		expect(key32('')).toBe(0x811c9dc5);
		expect(key32('a')).toBe(0xe40c292c);
		expect(key32('foobar')).toBe(0xbf9cf968);
		expect(key32('chongo was here!\n')).toBe(0xd49930d5);
	});

	it('hashes the UTF-8 bytes of what is not ASCII, also after an ASCII start', () => {
		const hashOfBytes = (bytes: number[]) =>
			Number(bytes.reduce((hash, byte) => ((hash ^ BigInt(byte)) * 16777619n) & 0xffffffffn, 2166136261n));
		expect(key32('é')).toBe(hashOfBytes([0xc3, 0xa9]));
		expect(key32('caf\u00e9')).toBe(hashOfBytes([0x63, 0x61, 0x66, 0xc3, 0xa9]));
		expect(key32('寿司')).toBe(hashOfBytes([0xe5, 0xaf, 0xbf, 0xe5, 0x8f, 0xb8]));
		expect(key32('🍔')).toBe(hashOfBytes([0xf0, 0x9f, 0x8d, 0x94]));
		expect(key32('\u007f\u0080')).toBe(hashOfBytes([0x7f, 0xc2, 0x80]));
	});
});

describe('uniform', () => {
	it('takes 27 bits of the first word and 26 of the second', () => {
		expect(unitFromWords(Uint32Array.of(0, 0))).toBe(0);
		expect(unitFromWords(Uint32Array.of(0, 63))).toBe(0);
		expect(unitFromWords(Uint32Array.of(0, 64))).toBe(1 / 9007199254740992);
		expect(unitFromWords(Uint32Array.of(32, 0))).toBe(1 / 134217728);
		expect(unitFromWords(Uint32Array.of(0x80000000, 0))).toBe(0.5);
		expect(unitFromWords(Uint32Array.of(0xffffffff, 0xffffffff))).toBe(1 - 1 / 9007199254740992);
	});

	it('is the known answer as a number, and luck is its first word', () => {
		expect(uniform(0, 0, 0, 0)).toBe(((0x6b200159 >>> 5) * 67108864 + (0x99ba4efe >>> 6)) / 9007199254740992);
		expect(luckWord(0, 0, 0, 0)).toBe(0x6b200159);
	});

	it('does not depend on what was drawn before', () => {
		fc.assert(
			fc.property(word, word, word, word, (seed, stream, a, b) => {
				const first = uniform(seed, stream, a, b);
				uniform(seed, stream, b, a);
				luckWord(a, b, seed, stream);
				expect(uniform(seed, stream, a, b)).toBe(first);
				expect(first >= 0 && first < 1).toBe(true);
			}),
			{ seed: 1, numRuns: 1000 },
		);
	});

	it('spreads evenly over 100 bins for counters that follow each other', () => {
		const bins = new Float64Array(100);
		for (let a = 0; a < 100_000; a++) bins[Math.floor(uniform(7, 3, a, 0) * 100)]++;
		let chiSquare = 0;
		for (const count of bins) chiSquare += ((count - 1000) * (count - 1000)) / 1000;
		// 99 degrees of freedom: 0.1 % and 99.9 % points
		expect(chiSquare).toBeGreaterThan(60.3);
		expect(chiSquare).toBeLessThan(149.4);
	});
});
