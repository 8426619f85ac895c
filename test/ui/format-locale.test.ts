import { afterEach, expect, it, vi } from 'vitest';
import { writeReportCsv } from '#data/write-report-csv.ts';

afterEach(() => {
	vi.unstubAllGlobals();
	vi.resetModules();
});

/** `format.ts` as a browser of this locale has it. */
async function formatIn(locale: string) {
	const { NumberFormat, DateTimeFormat } = Intl;
	vi.stubGlobal('Intl', {
		NumberFormat: function (_: unknown, options: Intl.NumberFormatOptions): Intl.NumberFormat {
			return new NumberFormat(locale, options);
		},
		DateTimeFormat: function (_: unknown, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
			return new DateTimeFormat(locale, options);
		},
	});
	vi.resetModules();
	return import('#ui/format.ts');
}

it('numbers and money follow the reader’s locale without mixed separators, and exports stay plain', async () => {
	const { formatChange, formatValue } = await formatIn('de-DE');
	const bare = (text: string) => text.replace(/\s/g, ' ');
	expect(formatValue(1_234_567, 'count')).toBe('1.234.567');
	expect(bare(formatValue(0.125, 'ratio'))).toBe('12,5 %');
	expect(bare(formatValue(12_345, 'cents'))).toBe('123,45 $');
	expect(bare(formatValue(123_456_00, 'cents'))).toBe('123.456 $');
	expect(bare(formatChange(0, 250_000_00, 'cents'))).toBe('+250.000 $');
	const columns = [{ id: 'n', title: 'n', unit: 'cents' as const, values: Float64Array.of(123_456) }];
	const before = writeReportCsv({ id: '', title: 't', columns });
	vi.unstubAllGlobals();
	expect(writeReportCsv({ id: '', title: 't', columns })).toBe(before);
	expect(before).not.toMatch(/\d\.\d{3},\d/);
});
