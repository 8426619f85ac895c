import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearBestBrands, enterBrand, makeBestBrands } from '#engine/match/best-brands.ts';

describe('best brands', () => {
	it('keep the best of each brand, best first, of equal ones the one entered earlier', () => {
		const entries = fc.array(
			fc.record({ surplus: fc.integer({ min: 1, max: 6 }), brand: fc.integer({ min: 0, max: 5 }) }),
			{ maxLength: 14 },
		);
		fc.assert(
			fc.property(entries, fc.integer({ min: 1, max: 4 }), fc.boolean(), (all, count, isUsed) => {
				const best = makeBestBrands(count);
				if (isUsed) {
					enterBrand(best, 9, 9);
					clearBestBrands(best);
				}
				// each brand at its best surplus, in order of when it first reached that
				const entered = new Map<number, { surplus: number; at: number }>();
				all.forEach(({ surplus, brand }, at) => {
					enterBrand(best, surplus, brand);
					if (surplus > (entered.get(brand)?.surplus ?? 0)) entered.set(brand, { surplus, at });
				});
				const expected = [...entered].sort(([, a], [, b]) => b.surplus - a.surplus || a.at - b.at);
				for (let k = 0; k < count; k++) {
					expect(best.surplus[k]).toBe(expected[k]?.[1].surplus ?? 0);
					expect(best.brand[k]).toBe(expected[k]?.[0] ?? -1);
				}
			}),
			{ seed: 1, numRuns: 500 },
		);
	});
});
