import { describe, expect, it } from 'vitest';
import { formatCell, formatValue } from '../../src/cli/format-value.ts';

describe('formatValue', () => {
	it('writes each unit the way people read it', () => {
		expect(formatValue(1234567, 'count')).toBe('1,234,567');
		expect(formatValue(-1234, 'count')).toBe('-1,234');
		expect(formatValue(2.505, 'count')).toBe('2.50');
		expect(formatValue(0.7, 'ratio')).toBe('70.0 %');
		expect(formatValue(123456, 'cents')).toBe('$1,234.56');
		expect(formatValue(-50, 'cents')).toBe('-$0.50');
		expect(formatValue(1_500_000, 'microUsdc')).toBe('$1.50');
		expect(formatValue(25e16, 'wei')).toBe('0.250000 ETH');
		expect(formatValue(3.14159, 'km')).toBe('3.14 km');
		expect(formatValue(7, 'days')).toBe('7 days');
		expect(formatValue(0.12345, 'number')).toBe('0.1235');
	});

	it('writes a dash where there is no number', () => {
		expect(formatValue(null, 'count')).toBe('–');
		expect(formatValue(NaN, 'ratio')).toBe('–');
	});
});

describe('formatCell', () => {
	it('writes text, times and numbers', () => {
		expect(formatCell({ values: ['a', null], unit: 'text' }, 0)).toBe('a');
		expect(formatCell({ values: ['a', null], unit: 'text' }, 1)).toBe('–');
		expect(formatCell({ values: Float64Array.of(0), unit: 'time' }, 0)).toBe('1970-01-01T00:00:00Z');
		expect(formatCell({ values: Float64Array.of(1200), unit: 'cents' }, 0)).toBe('$12.00');
	});
});
