import type { LeverSpec } from '#programs/levers.ts';
import { formatSetting } from './format.ts';
import { plainText, typedNumber } from './typed-number.ts';

/** A bound from here on says nothing to people. */
const FAR = 1_000_000;

/** The number in a lever's text field: ratios as percent, money in dollars; parts as the reader's locale writes them. */
export function toFieldText(value: unknown, spec: LeverSpec): string {
	if (typeof value !== 'number') return typeof value === 'string' ? value : '';
	// fifteen digits take the noise of the scaling away
	return plainText(Number((value * fieldScale(spec)).toPrecision(15)));
}

/** What stands behind the text field. */
export function fieldUnit(spec: LeverSpec): string {
	switch (spec.unit) {
		case 'ratio':
			return '%';
		case 'cents':
		case 'micros':
		case 'microUsdc':
			return '$';
		case 'days':
		case 'weeks':
		case 'seconds':
			return spec.unit;
		case 'bps':
			return 'bp';
		default:
			return '';
	}
}

/**
 * Reads what was typed, as `typedNumber` does, or says what is wrong with it. For a ratio 70, 70 % and 0.7 all mean 70 %: a number
 * below 1 without a sign is taken as a share.
 */
export function readField(
	text: string,
	spec: LeverSpec,
): { readonly value: unknown } | { readonly wrong: string } {
	const trimmed = text.trim().replace(/[$%\s]|USDC/g, '');
	if (trimmed === '' && spec.isNullable) return { value: null };
	const typed = typedNumber(trimmed);
	if (!Number.isFinite(typed)) return { wrong: `invalid number: "${text}"; ${rangeInWords(spec)}` };
	const isShare = spec.unit === 'ratio' && typed < 1 && !text.includes('%');
	const value = Number((isShare ? typed : typed / fieldScale(spec)).toPrecision(15));
	if (spec.kind === 'integer' && !Number.isInteger(value))
		return { wrong: `must be a whole number; ${rangeInWords(spec)}` };
	const isLow = spec.min !== null && (spec.isMinOpen ? value <= spec.min : value < spec.min);
	const isHigh = spec.max !== null && (spec.isMaxOpen ? value >= spec.max : value > spec.max);
	if (isLow || isHigh)
		return { wrong: `${formatSetting(value, spec.unit)} is out of range; ${rangeInWords(spec)}` };
	return { value };
}

/** Allowed values: `must be above 0 % and at most 100 %`. */
export function rangeInWords(spec: LeverSpec): string {
	const text = (bound: number) => formatSetting(bound, spec.unit);
	const low = spec.min === null ? '' : `${spec.isMinOpen ? 'above' : 'at least'} ${text(spec.min)}`;
	const high = spec.max === null ? '' : `${spec.isMaxOpen ? 'below' : 'at most'} ${text(spec.max)}`;
	if (low === '' && high === '') return 'any number';
	return `must be ${[low, high].filter((bound) => bound !== '').join(' and ')}`;
}

/** The same for reading: bounds that nobody comes near are left out. */
export function boundsInWords(spec: LeverSpec): string {
	const isFar = (bound: number | null) => bound !== null && Math.abs(bound) >= FAR;
	const near = { ...spec, min: isFar(spec.min) ? null : spec.min, max: isFar(spec.max) ? null : spec.max };
	return near.min === null && near.max === null ? '' : rangeInWords(near).replace('must be ', '');
}

/** The text of a time as a field for dates takes it, `2026-03-01T00:00:00`, in UTC; empty for none. */
export function toDateField(value: unknown): string {
	const epochMs = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(epochMs) ? '' : instantText(epochMs).slice(0, -1);
}

/** The time that stands in a field for dates; null for none, and for what is no time. */
export function fromDateField(text: string): string | null {
	const epochMs = text === '' ? NaN : Date.parse(`${text}Z`);
	return Number.isNaN(epochMs) ? null : instantText(epochMs);
}

/** `2026-03-01T00:00:00Z`; milliseconds only where there are some. */
export function instantText(epochMs: number): string {
	return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

/** The slider over a range that a run gave, widened to the values; steps are at most a hundredth of it. */
export function sliderOver(
	[from, to]: readonly [number, number],
	spec: LeverSpec,
	...values: readonly unknown[]
): { min: number; max: number; step: number } {
	const numbers = values.filter((value) => typeof value === 'number');
	const [min, max] = [Math.min(from, ...numbers), Math.max(to, ...numbers)];
	const most = Math.max(spec.kind === 'number' ? 0.001 : 1, Math.floor((max - min) / 100));
	return { min, max, step: Math.min(spec.step ?? most, most) };
}

/** Ends and step of the slider; bounds that are left out are moved in by one step. */
export function sliderRange(
	spec: LeverSpec,
	...values: readonly unknown[]
): { min: number; max: number; step: number } {
	const numbers = values.filter((value) => typeof value === 'number');
	const step = spec.step ?? (spec.kind === 'integer' ? 1 : 0.01);
	const least = spec.min === null ? Math.min(0, ...numbers) : spec.min + (spec.isMinOpen ? step : 0);
	// steps are counted from the lower end: from 1 on in hundreds is 100, 200, not 101, 201
	const even = Number((Math.ceil(least / step) * step).toPrecision(12));
	const low = numbers.some((value) => value < even) ? least : even;
	// a bound far above anything used would leave no way to drag
	const usual = Math.max(...numbers.map((value) => value * 2), (spec.usual?.[1] ?? 0) * 2, step * 10);
	const high = spec.max === null ? usual : spec.max - (spec.isMaxOpen ? step : 0);
	const max = high > usual * 3 ? usual : high;
	return { min: low, max: Math.max(max, ...numbers), step };
}

function fieldScale(spec: LeverSpec): number {
	if (spec.unit === 'ratio') return 100;
	if (spec.unit === 'cents') return 1 / 100;
	if (spec.unit === 'micros' || spec.unit === 'microUsdc') return 1 / 1e6;
	return 1;
}
