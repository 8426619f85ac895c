import { describe, expect, it } from 'vitest';
import { scoreForecast, type ForecastRow } from '#programs/forecast-ledger.ts';

const row = (member: string, low: number, mean: number, high: number): ForecastRow => ({ metric: 'selections', group: 'brand', member, title: member, unit: 'count', low, mean, high }); // prettier-ignore
const found = (member: string, value: number) => ({ metric: 'selections', group: 'brand', member, value });

describe('scoreForecast', () => {
	it('holds at both ends of the interval and not beyond, in the known answer of four', () => {
		const rows = [row('a', 10, 12, 14), row('b', 10, 12, 14), row('c', 10, 12, 14), row('d', 10, 12, 14)];
		const scored = scoreForecast(rows, [found('a', 10), found('b', 14), found('c', 15), found('d', 9)]);
		expect(scored.map(({ isHeld }) => isHeld)).toEqual([true, true, false, false]);
		expect(scored.map(({ residual }) => residual)).toEqual([-2, 2, 3, -3]);
	});

	it('leaves out what nothing is known of, and what was not foretold', () => {
		const rows = [row('a', 1, 2, 3), row('b', 1, 2, 3)];
		const scored = scoreForecast(rows, [found('b', 2), found('z', 9), { ...found('a', 2), group: 'city' }]);
		expect(scored.map(({ forecast }) => forecast.member)).toEqual(['b']);
		expect(scoreForecast(rows, [found('a', NaN)])).toEqual([]);
	});
});
