import type { LeverUnit } from '#programs/levers.ts';
import type { ReportColumn, Unit } from '#programs/report.ts';

/** Numbers, money and times for the reader's locale; exports use plain forms instead. */

type AnyUnit = Unit | LeverUnit | ReportColumn['unit'];

const NONE = '–';
/** From here on cents say nothing. */
const MANY_DOLLARS = 1000;
const cache = new Map<string, Intl.NumberFormat>();

/** A number in the reader's locale, its minus a minus sign rather than a hyphen. */
function format(value: number, options: Intl.NumberFormatOptions): string {
	const key = JSON.stringify(options);
	// a number that rounds to nothing has no sign
	const made = cache.get(key) ?? new Intl.NumberFormat(undefined, { signDisplay: 'negative', ...options });
	cache.set(key, made);
	return made.format(value).replace('-', '−');
}

/**
 * A number in its unit, for people: ratios as percent, cents as dollars; a dash for none. `places` are the least decimal
 * places, as `placesOf` gives them for a column.
 */
export function formatValue(value: number | null | undefined, unit: AnyUnit, places = 0): string {
	if (value === null || value === undefined || Number.isNaN(value)) return NONE;
	switch (unit) {
		case 'ratio':
			return format(value, { style: 'percent', minimumFractionDigits: places, maximumFractionDigits: 1 });
		// a difference of ratios: percent of what would be open
		case 'ratioChange':
			return `${format(value * 100, { maximumFractionDigits: 1 })} pp`;
		case 'bps':
			return format(value / 10_000, { style: 'percent', maximumFractionDigits: 2 });
		case 'cents':
			return money(value / 100, 2, places);
		case 'micros':
			return money(value / 1e6, 2, places);
		case 'microUsdc':
			return usdc(value);
		case 'wei':
			return `${format(value / 1e18, { maximumSignificantDigits: 6 })} ETH`;
		case 'km':
			return `${decimals(value, 1)} km`;
		case 'days':
			return counted(value, 'day');
		case 'weeks':
			return counted(value, 'week');
		case 'years':
			return counted(value, 'year');
		case 'seconds':
			return `${decimals(value, 1)} s`;
		case 'time':
			return formatTime(value);
		case 'number':
		case 'rank':
		case 'power':
		case 'weight':
			return decimals(value, 2, places);
		case 'seed':
			return String(value);
		default:
			return decimals(value, Math.max(places, mostPlaces(value)), places);
	}
}

/** Decimal places that numbers below each other are all written with, so that their points stand below each other too. */
export function placesOf(values: Iterable<number | null>, unit: AnyUnit): number {
	if (unit === 'seed') return 0;
	let places = 0;
	for (const value of values) {
		if (value === null || !Number.isFinite(value)) continue;
		if (unit === 'cents' || unit === 'micros') {
			const dollars = Math.abs(value) / (unit === 'cents' ? 100 : 1e6);
			if (dollars > 0 && dollars < MANY_DOLLARS) places = 2;
		} else if (unit === 'ratio') places = Math.max(places, written(100 * value, 1));
		else if (isNumberUnit(unit)) places = Math.max(places, written(value, 2));
		else if (isCountUnit(unit)) places = Math.max(places, written(value, mostPlaces(value)));
	}
	return places;
}

/** The numbers along an axis, written alike: whole dollars have no cents. */
export function formatTicks(ticks: readonly number[], unit: AnyUnit): string[] {
	const size = unit === 'cents' ? 100 : unit === 'micros' ? 1e6 : null;
	if (size !== null && ticks.every((tick) => Math.round(tick) % size === 0)) {
		return ticks.map((tick) =>
			format(tick / size, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 }),
		);
	}
	const places = placesOf(ticks, unit);
	return ticks.map((tick) => formatValue(tick, unit, places));
}

/** Decimal places that a number is written with, at most `most`: none where they are all 0. */
function written(value: number, most: number): number {
	for (let places = most; places > 0; places--) {
		const size = places === 1 ? 10 : 100;
		if (Math.round(value * size) % 10 !== 0) return places;
	}
	return 0;
}

/** A large sum of chances is told without parts. */
function mostPlaces(value: number): number {
	return Number.isInteger(value) || Math.abs(value) >= 1000 ? 0 : 1;
}

function isNumberUnit(unit: AnyUnit): boolean {
	return unit === 'number' || unit === 'rank' || unit === 'power' || unit === 'weight';
}

function isCountUnit(unit: AnyUnit): boolean {
	return unit === 'count' || unit === 'points';
}

/** The difference of two numbers with its sign: `+412`, `−3.1 pp`, `+$1,200`; empty where one is missing. */
export function formatChange(before: number | null, after: number | null, unit: AnyUnit): string {
	if (before === null || after === null || Number.isNaN(before) || Number.isNaN(after)) return '';
	const change = after - before;
	const size = Math.abs(change);
	if (unit === 'ratio') {
		const points = format(size * 100, { maximumFractionDigits: 1 });
		return points === '0' ? (size === 0 ? '±0' : '≈0') : `${change < 0 ? '−' : '+'}${points} pp`;
	}
	// cents say nothing beside hundreds of dollars
	const isLarge = unit === 'cents' && size >= 10_000;
	// and parts of a cent nothing beside cents: only a price may be that small
	if (unit === 'cents' && size > 0 && size < 0.5) return '≈0';
	const text = formatValue(isLarge ? Math.round(size / 100) * 100 : size, unit).replace(
		isLarge ? /[.,]00(?=\D*$)/ : /^$/,
		'',
	);
	if (size === 0) return '±0';
	return text === formatValue(0, unit) ? '≈0' : `${change < 0 ? '−' : '+'}${text}`;
}

/** Better or worse, in a word; empty where nothing changed or it depends. */
export function judgeChange(
	before: number | null,
	after: number | null,
	better: 'more' | 'less' | null,
): 'better' | 'worse' | '' {
	if (before === null || after === null || better === null || before === after) return '';
	return after > before === (better === 'more') ? 'better' : 'worse';
}

/** A setting's value as a lever shows it. */
export function formatSetting(value: unknown, unit: LeverUnit): string {
	if (value === undefined || value === null) return 'none';
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (typeof value === 'number') return unit === 'micros' ? wholeMicros(value) : formatValue(value, unit);
	if (typeof value === 'string') return unit === 'instant' ? formatInstantText(value) : value;
	if (Array.isArray(value)) return value.length === 0 ? 'none' : counted(value.length, 'item');
	return JSON.stringify(value);
}

/** A rate to its last digit: two that differ never read the same. */
function wholeMicros(micros: number): string {
	return format(micros / 1e6, {
		style: 'currency',
		currency: 'USD',
		minimumFractionDigits: 2,
		maximumFractionDigits: 6,
	});
}

/** A point in time, epoch milliseconds, in UTC as the data has it. */
export function formatTime(epochMs: number): string {
	return new Intl.DateTimeFormat(undefined, {
		dateStyle: 'medium',
		timeStyle: 'short',
		timeZone: 'UTC',
	}).format(epochMs);
}

function formatInstantText(text: string): string {
	const epochMs = Date.parse(text);
	return Number.isNaN(epochMs) ? text : `${formatTime(epochMs)} UTC`;
}

/** A day, from ISO text or epoch milliseconds. */
export function formatDay(at: string | number): string {
	const epochMs = typeof at === 'number' ? at : Date.parse(at);
	if (Number.isNaN(epochMs)) return String(at);
	return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(epochMs);
}

/** `1 user`, `2,412 users`. */
export function countOf(count: number, noun: readonly [string, string]): string {
	return `${format(count, {})} ${count === 1 ? noun[0] : noun[1]}`;
}

/** A step of a sum, with its sign and two places: `−0.42`. */
export function formatEffect(effect: number): string {
	const text = format(Math.abs(effect), { minimumFractionDigits: 2, maximumFractionDigits: 2 });
	return `${effect < 0 ? '−' : '+'}${text}`;
}

/** `12.4 MB`. */
export function formatBytes(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	const [size, unit] =
		bytes < 1e6 ? [bytes / 1000, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
	return `${format(size, { maximumFractionDigits: size < 10 ? 1 : 0 })} ${unit}`;
}

function money(dollars: number, most: number, least = 0): string {
	const size = Math.abs(dollars);
	// a tenth of a cent matters where rates are that small
	if (size > 0 && size < 0.01) {
		return format(dollars, { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });
	}
	const digits = Math.max(least, size >= MANY_DOLLARS ? 0 : most);
	return format(dollars, {
		style: 'currency',
		currency: 'USD',
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	});
}

/**
 * Micro-USDC as the dollars they are, as sentences about them have it: cents rounded down, whole amounts plain, what is
 * less than a cent to its last digit.
 */
function usdc(micros: number): string {
	const isTiny = micros !== 0 && Math.abs(micros) < 10_000;
	const cents = Math.trunc(micros / 10_000);
	const digits = isTiny ? 6 : cents % 100 === 0 ? 0 : 2;
	return format(isTiny ? micros / 1e6 : cents / 100, {
		style: 'currency',
		currency: 'USD',
		minimumFractionDigits: isTiny ? 0 : digits,
		maximumFractionDigits: digits,
	});
}

function decimals(value: number, most: number, least = 0): string {
	return format(value, { minimumFractionDigits: least, maximumFractionDigits: most });
}

function counted(value: number, noun: string): string {
	return `${decimals(value, 1)} ${value === 1 ? noun : `${noun}s`}`;
}

/** A sentence with a capital; one that begins with an id stays as it is. */
export function asSentence(text: string): string {
	return /^[a-z]+[ ,:]/.test(text) ? inTitle(text) : text;
}

/** With a capital: `brands` as a heading. */
export function inTitle(noun: string): string {
	return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;
}
