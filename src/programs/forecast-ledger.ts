import { z } from 'zod';

// the page reads exports under a policy that forbids code from text, which zod would otherwise try for speed
z.config({ jitless: true });

const text = z.string().regex(/\S/);

/** One number that was forecast, with the interval it should lie in. */
export const forecastRowSchema = z.looseObject({
	metric: text.describe('what was forecast: selections, conversions, revenue, ratio.selections'),
	group: z.string().describe('empty for the whole run, else the kind of the member: city, brand'),
	member: z.string().describe('id of the member, empty for the whole run'),
	title: z.string(),
	unit: z.string(),
	mean: z.number(),
	low: z.number(),
	high: z.number(),
});

/** What an export foretells, so that it can be held against what happened. */
export const forecastIntervalsSchema = z.looseObject({
	at: text.describe('as-of time of the data it was made on'),
	level: z.number().gt(0).lt(1).describe('share of the intervals that should hold'),
	rows: z.array(forecastRowSchema),
});

/** A forecast kept in the ledger: that of one export, with the configuration it was made for. */
export const storedForecastSchema = forecastIntervalsSchema.extend({
	id: text.describe('digest of the export it was stored by'),
	configuration: z.record(z.string(), z.unknown()),
});

export type ForecastRow = z.infer<typeof forecastRowSchema>;
export type ForecastIntervals = z.infer<typeof forecastIntervalsSchema>;
export type StoredForecast = z.infer<typeof storedForecastSchema>;

/** What became of a number that was forecast. */
export interface ObservedRow {
	readonly metric: string;
	readonly group: string;
	readonly member: string;
	readonly value: number;
}

/** A forecast beside what happened. */
export interface ScoredRow {
	readonly forecast: ForecastRow;
	readonly observed: number;
	/** observed less the mean that was forecast */
	readonly residual: number;
	/** did it lie in the interval, ends included? */
	readonly isHeld: boolean;
}

/** Holds forecasts against what happened, in their order; a row that nothing is known of is left out. */
export function scoreForecast(
	rows: readonly ForecastRow[],
	observed: readonly ObservedRow[],
): ScoredRow[] {
	const keyOf = ({ metric, group, member }: Omit<ObservedRow, 'value'>) => JSON.stringify([metric, group, member]);
	const values = new Map(observed.map((row) => [keyOf(row), row.value]));
	return rows.flatMap((forecast): ScoredRow[] => {
		const value = values.get(keyOf(forecast));
		if (value === undefined || !Number.isFinite(value)) return [];
		const isHeld = value >= forecast.low && value <= forecast.high;
		return [{ forecast, observed: value, residual: value - forecast.mean, isHeld }];
	});
} // prettier-ignore
