import { describe, expect, it } from 'vitest';
import { formatChange, formatValue } from '#ui/format.ts';

describe('numbers for people', () => {
	it('have no sign when they round to nothing', () => {
		expect(formatValue(-0.0001, 'ratio')).toBe('0%');
		expect(formatValue(-0, 'count')).toBe('0');
	});

	it('have a minus sign, not a hyphen', () => {
		expect(formatValue(-6000, 'cents')).toBe('−$60.00');
		expect(formatValue(-1234, 'count')).toBe('−1,234');
	});

	it('show a change with its sign, points for ratios, and tell nothing from next to nothing', () => {
		expect(formatChange(1, 3, 'count')).toBe('+2');
		expect(formatChange(0.7, 0.6, 'ratio')).toBe('−10 pp');
		expect(formatChange(100, 50, 'cents')).toBe('−$0.50');
		expect(formatChange(5, 5, 'count')).toBe('±0');
		expect(formatChange(5, 5.01, 'count')).toBe('≈0');
		expect(formatChange(null, 5, 'count')).toBe('');
	});
});
