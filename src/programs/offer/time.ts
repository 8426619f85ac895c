import { DAY_MS, formatInstant, parseInstant } from '../instant.ts';

/** Instants and UTC months of spec section 1. A month is a count from January 1970 = 0. */

const FIRST = 0;
const LAST = 7_258_118_399_999; // 2199-12-31T23:59:59.999Z

/** Epoch milliseconds of an instant's text between 1970 and 2199, or null for anything else. */
export function readInstant(value: unknown): number | null {
	if (typeof value !== 'string') return null;
	const at = parseInstant(value);
	return at !== null && at >= FIRST && at <= LAST ? at : null;
}

/** `2019-07-24T09:30:00.000Z`, or null for -1. */
export function instantText(at: number): string | null {
	return at < 0 ? null : new Date(at).toISOString();
}

/** The UTC month an instant lies in. Year and month by days of the civil calendar (Hinnant's algorithm). */
export function monthOf(at: number): number {
	const day = Math.floor(at / DAY_MS) + 719_468;
	const era = Math.floor(day / 146_097);
	const dayOfEra = day - era * 146_097;
	const yearOfEra = Math.floor(
		(dayOfEra -
			Math.floor(dayOfEra / 1460) +
			Math.floor(dayOfEra / 36_524) -
			Math.floor(dayOfEra / 146_096)) /
			365,
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	// months counted from March, so that the leap day is the last day of a year
	const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
	const month = marchMonth < 10 ? marchMonth + 2 : marchMonth - 10;
	const year = yearOfEra + era * 400 + (month < 2 ? 1 : 0);
	return (year - 1970) * 12 + month;
}

/** First instant of a month. */
export function monthStart(month: number): number {
	const date = new Date(0);
	date.setUTCFullYear(1970 + Math.floor(month / 12), month % 12, 1);
	return date.getTime();
}

/** `2019-07`. */
export function monthText(month: number): string {
	return `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']; // prettier-ignore

/** An instant as a customer reads it, to the minute begun, in UTC: `24 July 2019, 09:30 UTC`. */
export function customerTime(at: number): string {
	const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d\d:\d\d)/.exec(formatInstant(at))!;
	return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}, ${time} UTC`;
}
