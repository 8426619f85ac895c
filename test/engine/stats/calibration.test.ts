import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniform } from '#engine/random.ts';
import {
	areaUnderCurve,
	brierScore,
	calibrateByGroup,
	decileGroups,
	errorOfArea,
	logLoss,
} from '#engine/stats/calibration.ts';

const RUNS = { seed: 1, numRuns: 1000 };

/** Observations with few different chances, so that there are ties. */
const observations = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 1 })), {
	minLength: 1,
	maxLength: 40,
});
const columns = (rows: [number, number][]) => ({
	chance: Float64Array.from(rows, ([eighths]) => eighths / 8),
	isHit: Uint8Array.from(rows, ([, hit]) => hit),
});

describe('calibrateByGroup', () => {
	it('counts by hand and leaves out who is in no group', () => {
		const chance = Float64Array.of(0.2, 0.4, 0.9, 0.5);
		const found = calibrateByGroup(chance, Uint8Array.of(0, 1, 1, 1), Int32Array.of(0, 0, 2, -1), 3, 0.95);
		expect([...found.count]).toEqual([2, 0, 1]);
		expect([...found.hits]).toEqual([1, 0, 1]);
		expect(found.meanChance[0]).toBeCloseTo(0.3, 15);
		expect([found.rate[0], found.rate[2]]).toEqual([0.5, 1]);
		// Wilson, 1 of 2 at 95 %
		expect(found.low[0]).toBeCloseTo(0.0945, 4);
		expect(found.high[0]).toBeCloseTo(0.9055, 4);
		expect([found.meanChance[1], found.rate[1], found.low[1], found.high[1]]).toEqual([NaN, NaN, 0, 1]);
	});

	it('holds the mean chance of a true forecast in nine of ten tenths', () => {
		let held = 0;
		for (let run = 0; run < 50; run++) {
			const chance = Float64Array.from({ length: 1000 }, (_, i) => 0.1 + 0.8 * uniform(9, 0, run, i));
			const isHit = Uint8Array.from(chance, (p, i) => (uniform(9, 1, run, i) < p ? 1 : 0));
			const found = calibrateByGroup(chance, isHit, decileGroups(chance), 10, 0.9);
			for (let g = 0; g < 10; g++) {
				expect(found.count[g]).toBe(100);
				if (found.low[g] <= found.meanChance[g] && found.meanChance[g] <= found.high[g]) held++;
			}
		}
		expect(Math.abs(held - 450)).toBeLessThan(3 * Math.sqrt(45));
	});
});

describe('decileGroups', () => {
	it('cuts tenths, lowest first, whatever the order', () => {
		const chance = Float64Array.from({ length: 20 }, (_, i) => (19 - i) / 20);
		expect([...decileGroups(chance)]).toEqual(Array.from({ length: 20 }, (_, i) => 9 - Math.floor(i / 2)));
	});

	it('keeps equal chances together, in the tenth of the last of them', () => {
		const chance = Float64Array.of(0.5, 0.1, 0.5, 0.5, 0.5, 0.9, 0.5, 0.5, 0.5, 0.5);
		expect([...decileGroups(chance)]).toEqual([8, 0, 8, 8, 8, 9, 8, 8, 8, 8]);
		expect(decileGroups(new Float64Array(0)).length).toBe(0);
		expect([...decileGroups(Float64Array.of(0.3))]).toEqual([0]);
	});

	it('rises with the chance and gives equal ones the same', () => {
		fc.assert(
			fc.property(observations, (rows) => {
				const { chance } = columns(rows);
				const group = decileGroups(chance);
				for (let i = 0; i < chance.length; i++) {
					for (let k = 0; k < chance.length; k++) {
						if (chance[i] === chance[k]) expect(group[i]).toBe(group[k]);
						if (chance[i] < chance[k]) expect(group[i]).toBeLessThanOrEqual(group[k]);
					}
					const notAbove = chance.filter((other) => other <= chance[i]).length;
					expect(group[i]).toBe(Math.floor((10 * (notAbove - 1)) / chance.length));
				}
			}),
			RUNS,
		);
	});
});

describe('brierScore and logLoss', () => {
	it('add up by hand', () => {
		const chance = Float64Array.of(0.9, 0.5, 0);
		const isHit = Uint8Array.of(1, 0, 0);
		expect(brierScore(chance, isHit)).toBeCloseTo(0.26 / 3, 15);
		expect(logLoss(chance, isHit)).toBeCloseTo(-(Math.log(0.9) + Math.log(0.5)) / 3, 15);
	});

	it('take a sure miss for very bad, not endless', () => {
		expect(logLoss(Float64Array.of(0), Uint8Array.of(1))).toBeCloseTo(15 * Math.LN10, 10);
		expect(logLoss(Float64Array.of(1), Uint8Array.of(0))).toBeCloseTo(15 * Math.LN10, 10);
		expect(brierScore(Float64Array.of(1), Uint8Array.of(0))).toBe(1);
	});

	it('of nothing are not a number', () => {
		expect(brierScore(new Float64Array(0), new Uint8Array(0))).toBeNaN();
		expect(logLoss(new Float64Array(0), new Uint8Array(0))).toBeNaN();
	});

	it('are least, over all constant forecasts, at the share that happened', () => {
		fc.assert(
			fc.property(observations, fc.integer({ min: 1, max: 99 }), (rows, percent) => {
				const { isHit } = columns(rows);
				const share = isHit.reduce((a, b) => a + b, 0) / isHit.length;
				const constant = (p: number) => new Float64Array(isHit.length).fill(p);
				for (const score of [brierScore, logLoss]) {
					expect(score(constant(share), isHit)).toBeLessThanOrEqual(
						score(constant(percent / 100), isHit) + 1e-12,
					);
				}
			}),
			RUNS,
		);
	});
});

describe('areaUnderCurve', () => {
	it('counts pairs by hand, ties half', () => {
		const isHit = Uint8Array.of(0, 0, 1, 1);
		expect(areaUnderCurve(Float64Array.of(0.1, 0.4, 0.35, 0.8), isHit)).toBe(0.75);
		expect(areaUnderCurve(Float64Array.of(1, 2, 3, 4), isHit)).toBe(1);
		expect(areaUnderCurve(Float64Array.of(4, 3, 2, 1), isHit)).toBe(0);
		expect(areaUnderCurve(Float64Array.of(7, 7, 7, 7), isHit)).toBe(0.5);
		expect(areaUnderCurve(Float64Array.of(1, 2, 2, 3), isHit)).toBe(0.875);
	});

	it('is not a number where all or none happened', () => {
		expect(areaUnderCurve(Float64Array.of(1, 2), Uint8Array.of(1, 1))).toBeNaN();
		expect(areaUnderCurve(Float64Array.of(1, 2), Uint8Array.of(0, 0))).toBeNaN();
		expect(areaUnderCurve(new Float64Array(0), new Uint8Array(0))).toBeNaN();
	});

	it('equals counting all pairs', () => {
		fc.assert(
			fc.property(observations, (rows) => {
				let wins = 0;
				let pairs = 0;
				for (const [a, hitA] of rows) {
					for (const [b, hitB] of rows) {
						if (hitA !== 1 || hitB !== 0) continue;
						pairs++;
						wins += a > b ? 1 : a === b ? 0.5 : 0;
					}
				}
				const { chance, isHit } = columns(rows);
				const area = areaUnderCurve(chance, isHit);
				if (pairs === 0) expect(area).toBeNaN();
				else expect(area).toBe(wins / pairs);
			}),
			RUNS,
		);
	});
});

describe('errorOfArea', () => {
	it('is by hand 0.0325 for an area of 0.893 over 51 and 58 observations', () => {
		// (0.095551 + 50 · 0.009234 + 57 · 0.045072) / 2958, and its root
		expect(errorOfArea(0.893, 51, 58)).toBeCloseTo(0.0325, 4);
	});

	it('falls with the root of the sample, and is not a number without one of both', () => {
		expect(errorOfArea(0.7, 400, 400) / errorOfArea(0.7, 1600, 1600)).toBeCloseTo(2, 1);
		expect(errorOfArea(0.7, 0, 10)).toBeNaN();
	});
});
