import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latinHypercube } from '#engine/stats/latin-hypercube.ts';

const axis = (points: Float64Array, dimensions: number, d: number) =>
	Array.from(points).filter((_, i) => i % dimensions === d);

describe('latinHypercube', () => {
	it('has one point in every slice of every axis', () => {
		fc.assert(
			fc.property(fc.nat(100), fc.integer({ min: 1, max: 8 }), fc.nat(), (count, dimensions, seed) => {
				const points = latinHypercube(count, dimensions, seed, 3);
				for (let d = 0; d < dimensions; d++) {
					const slices = axis(points, dimensions, d).map((x) => Math.floor(x * count));
					expect(slices.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
				}
			}),
			{ seed: 1, numRuns: 500 },
		);
	});

	it('has axes that do not depend on their number, and differs by seed and stream', () => {
		const two = latinHypercube(20, 2, 5, 1);
		const five = latinHypercube(20, 5, 5, 1);
		expect(axis(five, 5, 1)).toEqual(axis(two, 2, 1));
		expect(axis(two, 2, 0)).not.toEqual(axis(two, 2, 1));
		expect(latinHypercube(20, 2, 6, 1)).not.toEqual(two);
		expect(latinHypercube(20, 2, 5, 2)).not.toEqual(two);
		expect(latinHypercube(20, 2, 5, 1)).toEqual(two);
	});

	it('gives the recorded points: saved sweeps were drawn with them', () => {
		expect([...latinHypercube(3, 2, 7, 1)]).toEqual([
			0.16823283555321347, 0.8547125060660998, 0.8840976923479401, 0.08319198156976977, 0.5977461341818251,
			0.40592068669393705,
		]);
	});

	it('takes the orders of an axis equally often', () => {
		// six orders of three slices
		const times = new Map<string, number>();
		for (let seed = 0; seed < 3000; seed++) {
			const order = axis(latinHypercube(3, 1, seed, 0), 1, 0)
				.map((x) => Math.floor(3 * x))
				.join('');
			times.set(order, (times.get(order) ?? 0) + 1);
		}
		expect(times.size).toBe(6);
		for (const count of times.values()) expect(Math.abs(count - 500)).toBeLessThan(4 * Math.sqrt(500));
	});

	it('averages a smooth function better than as many independent points', () => {
		const errorOf = (points: Float64Array) => {
			let sum = 0;
			for (let i = 0; i < 50; i++) sum += points[2 * i] + points[2 * i + 1] * points[2 * i + 1];
			return Math.abs(sum / 50 - (1 / 2 + 1 / 3));
		};
		let worst = 0;
		for (let seed = 0; seed < 100; seed++) worst = Math.max(worst, errorOf(latinHypercube(50, 2, seed, 0)));
		// the standard error of independent points is 0.059
		expect(worst).toBeLessThan(0.01);
	});
});
