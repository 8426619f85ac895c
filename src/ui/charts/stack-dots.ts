/** A dot of a dot plot: where it stands and how many are below it. */
export interface Dot {
	readonly value: number;
	/** middle of its column */
	readonly at: number;
	readonly level: number;
}

/** Stacks ascending values into columns of equal width from `low` to `high`; one column where they are equal. */
export function stackDots(values: Float64Array, low: number, high: number, columns: number): Dot[] {
	const size = high > low ? (high - low) / columns : 1;
	const count = new Uint32Array(columns);
	return Array.from(values, (value) => {
		const column = Math.min(columns - 1, Math.floor((value - low) / size));
		return { value, at: Math.min(high, low + (column + 0.5) * size), level: count[column]++ };
	});
}

/** How many values are above a limit. */
export function countOver(values: Float64Array, limit: number): number {
	return values.reduce((count, value) => count + (value > limit ? 1 : 0), 0);
}
