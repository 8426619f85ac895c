import { describe, expect, it } from 'vitest';
import { exp } from '#engine/math.ts';
import { pointsOf, pointsOfLog } from '#engine/points.ts';

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
			for (const logScore of [border * (1 - 1e-15), border, border * (1 + 1e-15)]) {
				expect(pointsOfLog(logScore)).toBe(pointsOf(exp(logScore)));
			}
		}
	});
});
