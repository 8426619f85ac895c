/** Strict reading of points in time: real calendar days, explicit UTC, no engine's `Date.parse`. */

const PATTERN =
	/^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;
const FIRST = -62_135_596_800_000; // 0001-01-01T00:00:00Z

/**
 * Epoch milliseconds of an ISO 8601 date and time with `Z` or an offset, up to three decimals; null for
 * anything else, such as 30 February, a leap second, or a time without an offset.
 */
export function parseInstant(text: string): number | null {
	const match = text.length <= 32 ? PATTERN.exec(text) : null;
	if (!match) return null;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
	const milliseconds = Number((match[7] ?? '').padEnd(3, '0'));
	if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
	if (day > daysInMonth(year, month)) return null;

	let at = utcMilliseconds(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
	if (match[8] !== undefined) {
		const [offsetHour, offsetMinute] = [Number(match[9]), Number(match[10])];
		if (offsetHour > 23 || offsetMinute > 59) return null;
		at -= (match[8] === '+' ? 1 : -1) * (offsetHour * 60 + offsetMinute) * 60_000;
	}
	return at >= FIRST ? at : null;
}

function daysInMonth(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function utcMilliseconds(year: number, month: number, day: number): number {
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	return date.getTime();
}

/** `2026-03-17T15:00:00Z`, with `.sss` only where there are milliseconds. */
export function formatInstant(epochMs: number): string {
	const text = new Date(epochMs).toISOString();
	return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

/** Milliseconds of a day, whatever local clocks do. */
export const DAY_MS = 86_400_000;
