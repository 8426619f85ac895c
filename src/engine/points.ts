import { exp } from './math.ts';

/** Points: millionths of a score, as integers, so that every ordering is one of integers. */

const MILLION = 1_000_000;
const STEPS = 2048;
const LEAST = -16;
/** How near the border between two points the short way may not be trusted: five times its largest error. */
const MARGIN = 1e-4;

// e^(−i/2048) in millionths for the whole range that can give a point
const table = Float64Array.from({ length: -LEAST * STEPS + 2 }, (_, i) => exp(-i / STEPS) * MILLION);

/** round_half_up(score · 10^6). */
export function pointsOf(score: number): number {
	return Math.floor(score * MILLION + 0.5);
}

/** `pointsOf(exp(logScore))` for logScore ≤ 0, always the same integer. */
export function pointsOfLog(logScore: number): number {
	return pointsOfLogMean(logScore, 1, 1);
}

/**
 * `pointsOf(exp(total / sum))` for total ≤ 0, always the same integer, without a division or a call of `exp` for most:
 * with `inverse` = 1 / sum, a table and three terms of the series are right to 2 · 10^-5 of a point, and a value that
 * comes near the border between two points is settled by division and `exp` themselves.
 */
export function pointsOfLogMean(total: number, sum: number, inverse: number): number {
	const logScore = total * inverse;
	if (logScore > LEAST) {
		const i = (logScore * -STEPS) | 0;
		const r = logScore + i / STEPS;
		const scaled = table[i] * (1 + r * (1 + r * 0.5)) + 0.5;
		const points = scaled | 0;
		const above = scaled - points;
		if (above > MARGIN && above < 1 - MARGIN) return points;
	}
	return pointsOf(exp(total / sum));
}
