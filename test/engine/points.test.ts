import { describe, expect, it } from 'vitest';
import { exp } from '#engine/math.ts';
import { pointsOf, pointsOfLog, pointsOfLogMean } from '#engine/points.ts';

describe('points', () => {
	it('are millionths, a half rounded up', () => {
		expect([0, 0.25, 0.0000004, 0.0000005, 1].map(pointsOf)).toEqual([0, 250_000, 0, 1, 1_000_000]);
	});

	it('of a logarithm are those of its power, for 100 000 values', () => {
		let differences = 0;
		for (let i = 0; i <= 100_000; i++) {
			const logScore = -18 * (i / 100_000) * (i / 100_000);
			if (pointsOfLog(logScore) !== pointsOf(exp(logScore))) differences++;
		}
		expect(differences).toBe(0);
	});

	it('of a logarithm right at a border between two points are settled like the power', () => {
		for (let points = 1; points < 1_000_000; points += 997) {
			const border = Math.log((points - 0.5) / 1_000_000);
			// a hair from it, and where the short way begins to be trusted
			const offsets = [0, 1e-15, 1e-11, 2e-5 / points, 9e-5 / points, 1.1e-4 / points, 2e-4 / points];
			for (const logScore of offsets.flatMap((by) => [border - by, Math.min(0, border + by)])) {
				expect(pointsOfLog(logScore)).toBe(pointsOf(exp(logScore)));
			}
		}
	});

	it('of a mean of logarithms are those of the quotient, whatever the weights', () => {
		let differences = 0;
		for (const sum of [13, 0.7, 3, 1e-3, 499.99, 11.1]) {
			const inverse = 1 / sum;
			for (let i = 0; i < 20_000; i++) {
				// every other one at a border
				const logScore = i % 2 === 0 ? (-18 * i) / 20_000 : Math.log((i * 41 + 0.5) / 1_000_000);
				const total = logScore * sum;
				if (pointsOfLogMean(total, sum, inverse) !== pointsOf(exp(total / sum))) differences++;
			}
		}
		expect(differences).toBe(0);
	});
});
