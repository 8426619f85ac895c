import { describe, expect, it } from 'vitest';
import { readAsOf, type AsOf } from '#programs/drop/as-of.ts';
import { supply, UNLIMITED_SEATS } from '#programs/drop/stages/supply.ts';
import { handMarket } from '../hand-market.ts';
import { configOf, contractRow, datasetOf, daysBefore } from '../marketplace.ts';

const rows = [
	contractRow('k1', 'a', { supply: 100, ends_at: daysBefore(-20) }),
	contractRow('k2', 'b', { supply: 1, ends_at: daysBefore(-14) }),
	contractRow('k3', 'c', { supply: 10, kind: 'growth', price_cents: 0 }),
];
const dataset = datasetOf(handMarket({ contract: rows }));
const nothing = readAsOf(dataset, dataset.now);

function seatsOf(settings: object, known: Partial<AsOf> = {}): number[] {
	const config = configOf({
		supply: { estimate: 'fixed', selectionRate: 0.25, conversionRate: 0.5, ...settings },
	});
	return [...supply(dataset.contracts, { ...nothing, ...known }, config.supply).seats];
}

describe('supply', () => {
	it('aims at the target through the funnel', () => {
		// (0.8 · 100 − 10 − 20 · 0.5) / 0.125 = 480; 0.8 / 0.125 = 6.4; all ten of k3 are converted
		const known = { conversions: Float64Array.of(10, 0, 10), outstanding: Float64Array.of(20, 0, 0) };
		expect(seatsOf({}, known)).toEqual([480, 6, 0]);
	});

	it('gives nothing when tokens outstanding fill the target already', () => {
		expect(seatsOf({}, { outstanding: Float64Array.of(160, 2, 0) })[0]).toBe(0);
	});

	it('keeps the chance of one conversion too many within the risk', () => {
		// P(Binomial(3, 1/8) > 1) = 22/512 = 0.043; P(Binomial(4, 1/8) > 1) = 0.079
		expect(seatsOf({ mode: 'risk', risk: 0.05 })[1]).toBe(3);
		expect(seatsOf({ mode: 'risk', risk: 0.08 })[1]).toBe(4);
	});

	it('assigns what is left without a rule', () => {
		expect(seatsOf({ mode: 'none' }, { conversions: Float64Array.of(10, 1, 12) })).toEqual([90, 0, 0]);
	});

	it('paces evenly over the weekly Drops before the end, at least one', () => {
		// k1 ends in 20 days: Drops on days 0, 7 and 14; k2 in 14 days: days 0 and 7
		expect(seatsOf({ mode: 'none', pacing: 'even' }).slice(0, 2)).toEqual([33, 1]);
		expect(seatsOf({ pacing: 'even' }).slice(0, 2)).toEqual([213, 3]);
	});

	it('has no limit where nobody selects', () => {
		// 40 mature assignments of sponsored contracts and no selection: the pool is 0, and so is the rate
		const known = { matureAssignments: Float64Array.of(40, 0, 0) };
		for (const mode of ['target', 'risk']) {
			expect(seatsOf({ mode, estimate: 'history' }, known)).toEqual([
				UNLIMITED_SEATS,
				UNLIMITED_SEATS,
				expect.any(Number),
			]);
		}
	});

	it('estimates rates from history beside pseudo-observations of the pool of its kind', () => {
		const { selectionRate, conversionRate } = supply(
			dataset.contracts,
			{
				...nothing,
				matureAssignments: Float64Array.of(40, 60, 0),
				matureSelections: Float64Array.of(30, 20, 0),
			},
			configOf().supply,
		);
		// pool 50/100: (20 · 0.5 + 30) / 60 and (20 · 0.5 + 20) / 80; growth has no pool
		expect(selectionRate[0]).toBeCloseTo(2 / 3, 15);
		expect(selectionRate[1]).toBeCloseTo(0.375, 15);
		expect(selectionRate[2]).toBeCloseTo(0.3, 15);
		expect(conversionRate[0]).toBeCloseTo(0.5, 15);
	});
});
