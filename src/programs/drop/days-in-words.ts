/** A span of days to a tenth, as it is read: `1 day`, `1.5 days`, `0 days`. */
export function daysInWords(days: number): string {
	const tenths = Math.round(days * 10) / 10;
	return `${tenths} ${tenths === 1 ? 'day' : 'days'}`;
}
