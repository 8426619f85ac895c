/**
 * Counter-based random numbers: a draw is a pure function of (seed, stream, a, b), so that no result depends
 * on evaluation order or on how the work was cut. Threefry-2x32 with 20 rounds, after Salmon, Moraes, Dror
 * and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */

const encoder = new TextEncoder();

/** FNV-1a 32-bit hash of the id's UTF-8 bytes, as a uint32. */
export function key32(id: string): number {
	let hash = 0x811c9dc5;
	let isAscii = true;
	for (let i = 0; i < id.length; i++) {
		const unit = id.charCodeAt(i);
		if (unit > 127) {
			isAscii = false;
			break;
		}
		hash = Math.imul(hash ^ unit, 0x01000193);
	}
	if (isAscii) return hash >>> 0;

	hash = 0x811c9dc5;
	for (const byte of encoder.encode(id)) hash = Math.imul(hash ^ byte, 0x01000193);
	return hash >>> 0;
}

/** The two words of one draw. Made once and filled by `threefry`, so that a draw allocates nothing. */
export type Words = Uint32Array;

/** Room for one draw. */
export function makeWords(): Words {
	return new Uint32Array(2);
}

/**
 * Threefry-2x32-20 of key words (k0, k1) and counter words (c0, c1), all taken modulo 2^32. Fills `out`
 * with (x0, x1).
 */
export function threefry(k0: number, k1: number, c0: number, c1: number, out: Words): void {
	const k2 = 0x1bd11bda ^ k0 ^ k1;
	let x0 = (c0 + k0) | 0;
	let x1 = (c1 + k1) | 0;

	// five groups of four rounds, each followed by a key injection
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0; // prettier-ignore
	x0 = (x0 + k1) | 0;
	x1 = (x1 + k2 + 1) | 0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0; // prettier-ignore
	x0 = (x0 + k2) | 0;
	x1 = (x1 + k0 + 2) | 0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0; // prettier-ignore
	x0 = (x0 + k0) | 0;
	x1 = (x1 + k1 + 3) | 0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0; // prettier-ignore
	x0 = (x0 + k1) | 0;
	x1 = (x1 + k2 + 4) | 0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0; // prettier-ignore
	x0 = (x0 + x1) | 0;
	x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0; // prettier-ignore
	x0 = (x0 + k2) | 0;
	x1 = (x1 + k0 + 5) | 0; // prettier-ignore

	out[0] = x0;
	out[1] = x1;
}

/** A double in [0, 1) with 53 random bits, from the two words of a draw. */
export function unitFromWords(words: Words): number {
	return ((words[0] >>> 5) * 67108864 + (words[1] >>> 6)) / 9007199254740992;
}

const scratch = makeWords();

/** Uniform draw in [0, 1) for key words (seed, stream) and counter words (a, b). */
export function uniform(seed: number, stream: number, a: number, b: number): number {
	threefry(seed, stream, a, b, scratch);
	return unitFromWords(scratch);
}

/** The first word of a draw, a uint32: luck, for ties. */
export function luckWord(seed: number, stream: number, a: number, b: number): number {
	threefry(seed, stream, a, b, scratch);
	return scratch[0];
}
