import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256Hex, sha256Parts, startSha256 } from '#programs/hash.ts';

describe('SHA-256', () => {
	// FIPS 180-2, appendix B
	it('gives the digests of the standard', () => {
		expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
		expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
		expect(sha256Hex(new Uint8Array([97, 98, 99]))).toBe(sha256Hex('abc'));
	});

	it('does not depend on how the text was parted, but on its UTF-8 bytes', () => {
		const text = startSha256();
		for (const part of ['a', '', 'bç', '🙂']) text.add(part);
		expect(text.hex()).toBe(sha256Hex('abç🙂'));
		const bytes = sha256Parts();
		bytes.add(new Uint8Array([97]));
		bytes.add(new Uint8Array([98, 99]));
		expect(bytes.hex()).toBe(sha256Hex('abc'));
	});
});

describe('canonicalJson', () => {
	it('writes as RFC 8785 does', () => {
		// section 3.2.2 and 3.2.3 of the RFC
		const value = {
			numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
			literals: [null, true, false],
		};
		expect(canonicalJson(value)).toBe(
			'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
		);
		expect(
			canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7 }),
		).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\ud83d\ude00":5,"\ufb33":3}');
	});

	it('writes -0 as 0, leaves out undefined, and keeps __proto__ as a key', () => {
		expect(canonicalJson({ b: -0, a: undefined })).toBe('{"b":0}');
		expect(canonicalJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
	});

	it('refuses what JSON cannot hold', () => {
		for (const value of [NaN, Infinity, 1n, undefined, [undefined], () => 1, '\ud800', { a: '\udc00' }]) {
			expect(() => canonicalJson(value)).toThrow();
		}
	});
});
