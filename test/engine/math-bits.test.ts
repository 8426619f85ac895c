import { describe, expect, it } from 'vitest';
import { asin, cos, exp, expm1, log, pow, sin, tanh } from '#engine/math.ts';

/** Where one formula takes over from another, and where results end. */
const EDGES = [
	0, 5e-324, 2.2250738585072014e-308, 5.551115123125783e-17, 2.7755575615628914e-17, 3.725290298461914e-9, 0.25,
	0.34657359027997264, 0.5, 0.6931471805599453, 1, 1.0397207708399179, 13.862943611198906, 22, 38.816242111356935,
	39.16281570138, 707.7, 708.3964185322641, 709.782712893384, 745.1332191019411,
]; // prettier-ignore

/** Numbers beside every edge and over the whole range, of either sign, and what is no number. */
function inputs(): number[] {
	const xs = [NaN, Infinity, -Infinity, -0];
	for (const edge of EDGES)
		for (const x of [edge, edge * (1 - 2e-16), edge * (1 + 3e-16), edge * 1.001]) xs.push(x, -x);
	for (let i = -2000; i <= 2000; i++) xs.push(i / 37, i / 4001, i * 0.37);
	for (let scale = 1e-18; scale < 1e18; scale *= 7) xs.push(scale, -scale);
	return xs;
}

/** A number that changes with every bit of every result (FNV-1a over the words of the doubles). */
function digestOf(results: readonly number[]): string {
	const words = new Uint32Array(Float64Array.from(results, (x) => (Number.isNaN(x) ? NaN : x)).buffer);
	let hash = 2166136261;
	for (const word of words) hash = Math.imul(hash ^ word, 16777619);
	return (hash >>> 0).toString(16);
}

// every outcome hash rests on these bits: a function that gives others, however near, is another function
describe('portable functions give the recorded bits', () => {
	const xs = inputs();
	const turns = xs.filter((x) => Math.abs(x) < 1e5);
	it.each([
		['exp', () => xs.map(exp), 'c58eaca6'],
		['log', () => xs.map(log), '7f6f4308'],
		['expm1', () => xs.map(expm1), '28dae4a7'],
		['tanh', () => xs.map(tanh), 'cf00bae5'],
		['sin', () => turns.map(sin), '864faa55'],
		['cos', () => turns.map(cos), 'daddcc25'],
		['asin', () => xs.map(asin), 'c9fd9bcd'],
		[
			'pow',
			() => xs.flatMap((x) => [0, 0.5, 1, 3, 64, 65, -1, 2.5, 1e-3].map((y) => pow(Math.abs(x), y))),
			'd39910dd',
		],
	] as const)('%s', (_, run, recorded) => {
		expect(digestOf(run())).toBe(recorded);
	});
});
