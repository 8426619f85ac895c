import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniform } from '#engine/random.ts';
import { meanInterval, pairedDifference, wilsonInterval } from '#engine/stats/interval.ts';

const RUNS = { seed: 1, numRuns: 1000 };
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('meanInterval', () => {
	it('follows Student by hand', () => {
		// t(0.975, 3) = 3.182446, sd = √(20/3)
		const { count, mean, sd, low, high } = meanInterval(Float64Array.of(1, 3, 5, 7), 0.95);
		expect([count, mean]).toEqual([4, 4]);
		expect(sd).toBeCloseTo(2.581988897471611, 14);
		expect(low).toBeCloseTo(4 - (3.182446305284263 * 2.581988897471611) / 2, 11);
		expect(high).toBeCloseTo(4 + (3.182446305284263 * 2.581988897471611) / 2, 11);
	});

	it('says what it cannot know', () => {
		expect(meanInterval(Float64Array.of(4), 0.95)).toEqual({
			count: 1,
			mean: 4,
			sd: NaN,
			low: NaN,
			high: NaN,
		});
		expect(meanInterval(new Float64Array(0), 0.95)).toEqual({
			count: 0,
			mean: NaN,
			sd: NaN,
			low: NaN,
			high: NaN,
		});
	});

	it('has no width for equal values, to the last bit', () => {
		const tenths = meanInterval(new Float64Array(10).fill(0.1), 0.9);
		expect(tenths).toEqual({ count: 10, mean: 0.1, sd: 0, low: 0.1, high: 0.1 });
	});

	it('holds the true mean as often as it says', () => {
		// means of 8 uniform draws: a 90 % interval holds 0.5 in 900 of 1000, give or take 3 deviations
		let held = 0;
		const values = new Float64Array(8);
		for (let run = 0; run < 1000; run++) {
			for (let i = 0; i < 8; i++) values[i] = uniform(3, 0, run, i);
			const { low, high } = meanInterval(values, 0.9);
			if (low <= 0.5 && 0.5 <= high) held++;
		}
		expect(Math.abs(held - 900)).toBeLessThan(3 * Math.sqrt(90));
	});
});

describe('pairedDifference', () => {
	it('is the interval of the differences', () => {
		const found = pairedDifference(Float64Array.of(10, 20, 30), Float64Array.of(11, 22, 33), 0.9);
		expect(found).toEqual(meanInterval(Float64Array.of(1, 2, 3), 0.9));
	});

	it('is exactly 0 with no width for a variant beside itself', () => {
		fc.assert(
			fc.property(fc.array(number, { minLength: 2, maxLength: 20 }), (values) => {
				const column = Float64Array.from(values);
				const same = pairedDifference(column, Float64Array.from(values), 0.95);
				expect(same).toEqual({ count: values.length, mean: 0, sd: 0, low: 0, high: 0 });
			}),
			RUNS,
		);
	});

	it('refuses columns of different length', () => {
		expect(() => pairedDifference(new Float64Array(2), new Float64Array(3), 0.9)).toThrow(
			/2 before, 3 after/,
		);
	});
});

describe('wilsonInterval', () => {
	it('knows worked values', () => {
		// 81 of 263 at 95 %: Newcombe (1998), table I
		const { low, high } = wilsonInterval(81, 263, 0.95);
		expect(low).toBeCloseTo(0.2553, 4);
		expect(high).toBeCloseTo(0.3662, 4);
		const none = wilsonInterval(0, 20, 0.95);
		expect(none.low).toBe(0);
		expect(none.high).toBeCloseTo(0.1611, 4);
		expect(wilsonInterval(1, 29, 0.95).high).toBeCloseTo(0.1718, 4);
		expect(wilsonInterval(20, 20, 0.95).high).toBe(1);
		expect(wilsonInterval(0, 0, 0.95)).toEqual({ low: 0, high: 1 });
	});

	it('ends where a score test just rejects', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (count, n) => {
				const hits = n % (count + 1);
				const { low, high } = wilsonInterval(hits, count, 0.9);
				for (const end of [low, high]) {
					if (end === 0 || end === 1) continue;
					const score = (hits / count - end) / Math.sqrt((end * (1 - end)) / count);
					expect(Math.abs(score)).toBeCloseTo(1.6448536269514722, 6);
				}
				expect(low).toBeLessThanOrEqual(hits / count);
				expect(high).toBeGreaterThanOrEqual(hits / count);
			}),
			RUNS,
		);
	});
});
