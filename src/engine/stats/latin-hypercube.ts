import { makeWords, threefry, unitFromWords } from '../random.ts';

/** Counter words that keep the two uses of the stream apart. */
const ORDER = 0;
const JITTER = 0x80000000;

/**
 * A Latin hypercube (McKay, Beckman and Conover 1979): `count` points in [0, 1)^`dimensions`, one in each of
 * `count` equal slices of every axis. Row by row: point i has the values `[i · dimensions …)`. A pure function
 * of seed and stream; axis d is the same whatever the number of dimensions. O(count · dimensions).
 */
export function latinHypercube(
	count: number,
	dimensions: number,
	seed: number,
	stream: number,
): Float64Array {
	const points = new Float64Array(count * dimensions);
	const slice = new Uint32Array(count);
	const words = makeWords();
	for (let d = 0; d < dimensions; d++) {
		// Fisher and Yates
		for (let i = 0; i < count; i++) slice[i] = i;
		for (let i = count - 1; i > 0; i--) {
			threefry(seed, stream, ORDER + d, i, words);
			const k = Math.floor(unitFromWords(words) * (i + 1));
			const swap = slice[i];
			slice[i] = slice[k];
			slice[k] = swap;
		}
		for (let i = 0; i < count; i++) {
			threefry(seed, stream, JITTER + d, i, words);
			const point = (slice[i] + unitFromWords(words)) / count;
			// the last slice may round up to 1
			points[i * dimensions + d] = Math.min(point, 1 - 1.1102230246251565e-16);
		}
	}
	return points;
}
