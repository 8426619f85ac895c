import { afterEach, describe, expect, it, vi } from 'vitest';

const { NumberFormat } = Intl;

afterEach(() => {
	vi.unstubAllGlobals();
	vi.resetModules();
});

/** `typed-number.ts` as a browser of this locale has it. */
async function typedIn(locale: string) {
	vi.stubGlobal('Intl', {
		...Intl,
		NumberFormat: function (_: unknown, options: Intl.NumberFormatOptions): Intl.NumberFormat {
			return new NumberFormat(locale, options);
		},
	});
	vi.resetModules();
	return import('#ui/typed-number.ts');
}

describe('a typed number', () => {
	it('is read with point or comma before its parts, in any locale', async () => {
		for (const locale of ['en-US', 'de-DE', 'fr-FR', 'de-CH']) {
			const { typedNumber } = await typedIn(locale);
			for (const [text, value] of [
				['0.5', 0.5],
				['0,5', 0.5],
				['12,25', 12.25],
				['-3', -3],
				['−3', -3],
				['.5', 0.5],
				['1e-7', 1e-7],
				['1,234.5', 1234.5],
				['1.234,5', 1234.5],
				['1,234,567', 1_234_567],
				['1.234.567', 1_234_567],
				['1 234', 1234],
				['1’234.5', 1234.5],
			] as const) {
				expect([locale, text, typedNumber(text)]).toEqual([locale, text, value]);
			}
			for (const text of ['', 'many', '1,2,3', '1.2.3', '1,23.4,5', '12a', '-', ','])
				expect([text, typedNumber(text)]).toEqual([text, NaN]);
		}
	});

	it('has its thousands apart as the locale sets them: ten thousand is never read as ten', async () => {
		const english = await typedIn('en-US');
		expect([english.typedNumber('10,000'), english.typedNumber('10.000')]).toEqual([10_000, 10]);
		const german = await typedIn('de-DE');
		expect([german.typedNumber('10.000'), german.typedNumber('10,000')]).toEqual([10_000, 10]);
	});

	it('is read again as it is shown', async () => {
		for (const locale of ['en-US', 'de-DE']) {
			const { plainText, typedNumber } = await typedIn(locale);
			for (const value of [0, 0.125, 1234.5, 10.001, 1e21, 1e-7, -7])
				expect(typedNumber(plainText(value))).toBe(value);
		}
		expect((await typedIn('de-DE')).plainText(12.5)).toBe('12,5');
	});
});
