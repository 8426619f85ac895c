import { formatInstant } from '#programs/instant.ts';
import type { ReportColumn, Unit } from '#programs/report.ts';

/** A number as people read it, with its unit; `–` where there is none. The same text in every language. */
export function formatValue(value: number | null, unit: Unit): string {
	if (value === null || Number.isNaN(value)) return '–';
	switch (unit) {
		case 'count':
		case 'points':
		case 'rank':
			return grouped(value, Number.isInteger(value) ? 0 : 2);
		case 'ratio':
			return `${grouped(value * 100, 1)} %`;
		case 'ratioChange':
			return `${grouped(value * 100, 1)} pp`;
		case 'cents':
			return money(value / 100, 2);
		case 'micros':
		case 'microUsdc':
			return money(value / 1_000_000, 2);
		case 'wei':
			return `${grouped(value / 1e18, 6)} ETH`;
		case 'km':
			return `${grouped(value, 2)} km`;
		case 'days':
		case 'seconds':
		case 'years':
			return `${grouped(value, Number.isInteger(value) ? 0 : 1)} ${unit}`;
		case 'number':
			return grouped(value, Number.isInteger(value) ? 0 : 4);
	}
}

/** One cell of a report's table as people read it. */
export function formatCell(
	{ values, unit, units }: Pick<ReportColumn, 'values' | 'unit' | 'units'>,
	row: number,
): string {
	const value = values[row];
	if (typeof value === 'string') return value;
	if (value === null || value === undefined || Number.isNaN(value)) return '–';
	if (unit === 'time') return formatInstant(value);
	return unit === 'text' || unit === 'id' ? String(value) : formatValue(value, units?.[row] ?? unit);
}

function money(amount: number, decimals: number): string {
	return amount < 0 ? `-$${grouped(-amount, decimals)}` : `$${grouped(amount, decimals)}`;
}

function grouped(value: number, decimals: number): string {
	if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return String(value);
	const [whole, fraction] = value.toFixed(decimals).split('.');
	const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	return fraction === undefined ? digits : `${digits}.${fraction}`;
}
