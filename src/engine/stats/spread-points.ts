import { powInteger } from '../math.ts';
import { makeWords, threefry, unitFromWords } from '../random.ts';

/** More halvings than a double has bits. */
const HALVINGS = 64;

/**
 * Points `from` … `from + count` of an endless evenly spread sequence in [0, 1)^`dimensions`, row by row: the
 * additive recurrence of Roberts (2018), `frac(shift + index · φ^-(d+1))` with φ the root of φ^(D+1) = φ + 1,
 * shifted at random by seed and stream. Adding points never moves earlier ones, unlike in a Latin hypercube.
 * O(count · dimensions).
 */
export function spreadPoints(
	from: number,
	count: number,
	dimensions: number,
	seed: number,
	stream: number,
): Float64Array {
	const root = stepRoot(dimensions);
	const points = new Float64Array(count * dimensions);
	const words = makeWords();
	let stride = 1;
	for (let d = 0; d < dimensions; d++) {
		stride /= root;
		threefry(seed, stream, d, 0, words);
		const shift = unitFromWords(words);
		for (let i = 0; i < count; i++) {
			const place = shift + (from + i) * stride;
			points[i * dimensions + d] = place - Math.floor(place);
		}
	}
	return points;
}

/** The root φ above 1 of φ^(dimensions + 1) = φ + 1, by bisection. */
function stepRoot(dimensions: number): number {
	let low = 1;
	let high = 2;
	for (let halving = 0; halving < HALVINGS; halving++) {
		const middle = (low + high) / 2;
		if (powInteger(middle, dimensions + 1) < middle + 1) low = middle;
		else high = middle;
	}
	return high;
}
