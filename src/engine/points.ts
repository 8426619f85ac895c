import { exp } from './math.ts';

/** Points: millionths of a score, as integers, so that every ordering is one of integers. */

const MILLION = 1_000_000;
const STEPS = 256;
const LEAST = -16;

// e^(−i/256) for the whole range that can give a point
const table = Float64Array.from({ length: -LEAST * STEPS + 2 }, (_, i) => exp(-i / STEPS));

/** round_half_up(score · 10^6). */
export function pointsOf(score: number): number {
	return Math.floor(score * MILLION + 0.5);
}

/**
 * `pointsOf(exp(logScore))` for logScore ≤ 0, always the same integer, without a call of `exp` for most: a
 * table and a short polynomial are right to a few units in the last place, and a value that comes near the
 * border between two points is settled by `exp` itself.
 */
export function pointsOfLog(logScore: number): number {
	if (logScore < LEAST) return pointsOf(exp(logScore));
	const i = Math.floor(-logScore * STEPS);
	const r = logScore + i / STEPS;
	const e = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120)))));
	const scaled = table[i] * e * MILLION + 0.5;
	const points = Math.floor(scaled);
	const above = scaled - points;
	return above > 1e-7 && above < 1 - 1e-7 ? points : pointsOf(exp(logScore));
}
