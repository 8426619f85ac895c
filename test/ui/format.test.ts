import type { Unit } from '#programs/report.ts';
import { describe, expect, it } from 'vitest';
import { formatChange, formatValue, placesOf } from '#ui/format.ts';

describe('numbers for people', () => {
	it('have no sign when they round to nothing', () => {
		expect(formatValue(-0.0001, 'ratio')).toBe('0%');
		expect(formatValue(-0, 'count')).toBe('0');
	});

	it('have a minus sign, not a hyphen', () => {
		expect(formatValue(-6000, 'cents')).toBe('−$60.00');
		expect(formatValue(-1234, 'count')).toBe('−1,234');
	});

	it('have as many places as their neighbours need, and none where all are whole', () => {
		const column = (values: readonly number[], unit: Unit) => values.map((value) => formatValue(value, unit, placesOf(values, unit))); // prettier-ignore
		expect(column([0.7, 0.631, 1, NaN], 'ratio')).toEqual(['70.0%', '63.1%', '100.0%', '–']);
		expect(column([0.7, 1], 'ratio')).toEqual(['70%', '100%']);
		expect(column([0.6999999], 'ratio')).toEqual(['70%']);
		expect(column([9, 4.25, 1206.4], 'count')).toEqual(['9.0', '4.3', '1,206.4']);
		expect(column([9, 1206.4], 'count')).toEqual(['9', '1,206']);
		expect(column([1.5, 0.25, 2], 'number')).toEqual(['1.50', '0.25', '2.00']);
		expect(column([115_702, 8_74, 0], 'cents')).toEqual(['$1,157.02', '$8.74', '$0.00']);
		expect(column([115_702, 250_000], 'cents')).toEqual(['$1,157', '$2,500']);
	});

	it('round micro-USDC down to the cent, as sentences of the program do', () => {
		const text = (micros: number) => formatValue(micros, 'microUsdc');
		expect([182_569_999, 1_150_000, 2_000_000, 10_000_000_009].map(text)).toEqual(['$182.56', '$1.15', '$2', '$10,000']); // prettier-ignore
		expect([9_999, 0, -1_239_999].map(text)).toEqual(['$0.009999', '$0', '−$1.23']);
	});

	it('show a change with its sign, points for ratios, and tell nothing from next to nothing', () => {
		expect(formatChange(1, 3, 'count')).toBe('+2');
		expect(formatChange(0.7, 0.6, 'ratio')).toBe('−10 pp');
		expect(formatChange(100, 50, 'cents')).toBe('−$0.50');
		expect(formatChange(5, 5, 'count')).toBe('±0');
		expect(formatChange(5, 5.01, 'count')).toBe('≈0');
		expect(formatChange(0.7, 0.70001, 'ratio')).toBe('≈0');
		expect(formatChange(100, 100.2, 'cents')).toBe('≈0');
		expect(formatChange(null, 5, 'count')).toBe('');
	});
});
