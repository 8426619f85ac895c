import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankAgreement } from '#engine/stats/rank-agreement.ts';

const of = (...values: number[]) => Float64Array.from(values);

describe('rankAgreement', () => {
	it('gives the published coefficient of ten pupils, −29/165', () => {
		// hours of television against intelligence quotient, the worked example of most textbooks
		const quotient = of(106, 100, 86, 101, 99, 103, 97, 113, 112, 110);
		const hours = of(7, 27, 2, 50, 28, 29, 20, 12, 6, 17);
		expect(rankAgreement(quotient, hours, 10, 3).correlation).toBeCloseTo(-29 / 165, 12);
	});

	it('is 1 for the same order, −1 for the reverse, and counts the cells that are equal', () => {
		expect(rankAgreement(of(1, 2, 3), of(10, 20, 30), 3, 2)).toEqual({ rowCount: 1, correlation: 1, overlap: 1, cellCount: 3, equalCount: 0 }); // prettier-ignore
		expect(rankAgreement(of(1, 2, 3), of(3, 2, 1), 3, 1)).toEqual({ rowCount: 1, correlation: -1, overlap: 0, cellCount: 3, equalCount: 1 }); // prettier-ignore
	});

	it('takes ties by their middle rank, in the known answer of four', () => {
		// ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: √0.9
		expect(rankAgreement(of(1, 5, 5, 9), of(1, 2, 3, 4), 4, 2).correlation).toBeCloseTo(Math.sqrt(0.9), 12);
	});

	it('counts what both say only, and leaves out rows that do not vary', () => {
		const result = rankAgreement(of(1, NaN, 2, 5, 5, 5), of(2, 9, 4, 1, 2, 3), 3, 2);
		expect(result).toEqual({ rowCount: 1, correlation: 1, overlap: 0.75, cellCount: 5, equalCount: 0 });
		expect(rankAgreement(of(), of(), 3, 2)).toMatchObject({ rowCount: 0, correlation: NaN, overlap: NaN });
	});

	it('compares the first few only in rows that have so many, ties going to the lower column', () => {
		const [one, other] = [of(1, 2, NaN, 3, 2, 1), of(1, 2, NaN, 3, 2, 1)];
		expect(rankAgreement(one, other, 3, 3)).toMatchObject({ rowCount: 2, overlap: 1 });
		expect(rankAgreement(of(5, 5, 5), of(9, 8, 1), 3, 1).overlap).toBe(1);
		expect(rankAgreement(of(5, 5, 5), of(1, 8, 9), 3, 1).overlap).toBe(0);
		expect(rankAgreement(of(1, 5, 5, 5), of(1, 9, 9, 2), 4, 2).overlap).toBe(1);
	});

	it('is the same whichever comes first, and never leaves −1…1', () => {
		const cells = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 12, maxLength: 12 });
		fc.assert(
			fc.property(cells, cells, (a, b) => {
				const [there, back] = [rankAgreement(of(...a), of(...b), 6, 3), rankAgreement(of(...b), of(...a), 6, 3)]; // prettier-ignore
				expect(there).toEqual(back);
				if (there.rowCount > 0) expect(Math.abs(there.correlation)).toBeLessThanOrEqual(1 + 1e-12);
			}),
			{ seed: 1, numRuns: 200 },
		);
	});
});
