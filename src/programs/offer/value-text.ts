import type { Unit } from '../report.ts';
import { dollars } from './money.ts';

/** A mean as a sentence has it: money in dollars, ratios in percent, all else to one or two decimals. */
export function valueText(value: number, unit: Unit): string {
	switch (unit) {
		case 'cents':
			return dollars(Math.round(value));
		case 'ratio':
			return `${signed(value * 100, 1)}%`;
		case 'days':
			return `${signed(value, 1)} days`;
		case 'number':
			return signed(value, 2);
		default:
			return signed(value, Number.isInteger(value) ? 0 : 1);
	}
}

/** A difference likewise, with its sign; of ratios in percentage points. */
export function differenceText(value: number, unit: Unit): string {
	const text = unit === 'ratio' ? `${signed(value * 100, 1)} pp` : valueText(value, unit);
	return value > 0 ? `+${text}` : text;
}

function signed(value: number, decimals: number): string {
	const text = Math.abs(value).toFixed(decimals);
	return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
