import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from '#programs/instant.ts';

describe('parseInstant', () => {
	it('reads UTC and offsets', () => {
		expect(parseInstant('1970-01-01T00:00:00Z')).toBe(0);
		expect(parseInstant('1970-01-02T00:00:00.5Z')).toBe(86_400_500);
		expect(parseInstant('1970-01-01T01:30:00+01:30')).toBe(0);
		expect(parseInstant('1969-12-31T20:00:00-04:00')).toBe(0);
		expect(parseInstant('0001-01-01T00:00:00Z')).toBe(-62_135_596_800_000);
	});

	it('takes real days only', () => {
		expect(parseInstant('2024-02-29T00:00:00Z')).not.toBeNull();
		expect(parseInstant('2000-02-29T00:00:00Z')).not.toBeNull();
		const wrong = [
			'2023-02-29',
			'1900-02-29',
			'2024-02-30',
			'2024-04-31',
			'2024-13-01',
			'2024-00-10',
			'2024-01-00',
		];
		expect(wrong.map((day) => parseInstant(`${day}T00:00:00Z`))).toEqual(wrong.map(() => null));
	});

	it('refuses what is not a full time with its offset', () => {
		const wrong = [
			'', '2024-01-01', '2024-01-01T00:00:00', '2024-01-01 00:00:00Z', '2024-01-01T24:00:00Z', '2024-01-01T00:60:00Z',
			'2024-01-01T00:00:60Z', '2024-01-01T00:00:00.1234Z', '2024-01-01T00:00:00+24:00', '2024-01-01T00:00:00+01:60',
			'2024-01-01T00:00:00z', ' 2024-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '2024-1-1T00:00:00Z', '٢٠٢٤-01-01T00:00:00Z',
		]; // prettier-ignore
		expect(wrong.map(parseInstant)).toEqual(wrong.map(() => null));
	});

	it('reads back what formatInstant writes', () => {
		expect(formatInstant(0)).toBe('1970-01-01T00:00:00Z');
		expect(formatInstant(1)).toBe('1970-01-01T00:00:00.001Z');
		fc.assert(
			fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (time) => {
				expect(parseInstant(formatInstant(time))).toBe(time);
			}),
			{ seed: 1, numRuns: 500 },
		);
	});
});
