import type { ReportTable } from '#programs/report.ts';
import { numbersOf, wordsOf } from './read-table.ts';

/** Fewer observations than this say little: drawn hatched. */
export const THIN = 20;

/** A value with its interval, and what was foretold of it. */
export interface IntervalRow {
	readonly label: string;
	readonly low: number;
	readonly value: number;
	readonly high: number;
	/** what was foretold; null where nothing was */
	readonly mark: number | null;
	/** observations behind it; null where that does not matter */
	readonly count: number | null;
}

/** Rows of a calibration table that have observations: observed with its interval, forecast as the mark. */
export function calibrationRows(table: ReportTable | null): IntervalRow[] {
	const [count, forecast, observed] = [numbersOf(table, 'count'), numbersOf(table, 'forecast'), numbersOf(table, 'observed')]; // prettier-ignore
	const [low, high] = [numbersOf(table, 'low'), numbersOf(table, 'high')];
	return wordsOf(table, 'group').flatMap(
		(label, i) =>
		count[i] > 0 ? [{ label, low: low[i], value: observed[i], high: high[i], mark: forecast[i], count: count[i] }] : [], // prettier-ignore
	);
}

/** Does the forecast lie in the interval of what was observed? */
export function isCalibrated({ mark, low, high }: IntervalRow): boolean {
	return mark !== null && mark >= low && mark <= high;
}
