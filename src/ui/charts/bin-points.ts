/** A rectangle of a chart and how many points lie in it. */
export interface Bin {
	/** lower ends */
	readonly x: number;
	readonly y: number;
	readonly count: number;
}

/** Points counted in equal rectangles. */
export interface Bins {
	readonly bins: readonly Bin[];
	/** size of each, in the units of the axes */
	readonly width: number;
	readonly height: number;
}

/** From here on a chart counts points instead of drawing each. */
export const MOST_MARKS = 2000;

/**
 * Counts points in `columns` × `rows` equal rectangles over their extent; a point on an inner border belongs to the
 * rectangle above it, the highest to the last. Points with NaN are left out; bins without a point are not listed.
 */
export function binPoints(x: Float64Array, y: Float64Array, columns: number, rows: number): Bins {
	const known: number[] = [];
	for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i]) && !Number.isNaN(y[i])) known.push(i);
	if (known.length === 0) return { bins: [], width: 0, height: 0 };
	const lowest = (values: Float64Array) => known.reduce((least, i) => Math.min(least, values[i]), Infinity);
	const highest = (values: Float64Array) => known.reduce((most, i) => Math.max(most, values[i]), -Infinity);
	const [left, bottom] = [lowest(x), lowest(y)];
	const width = (highest(x) - left) / columns;
	const height = (highest(y) - bottom) / rows;
	const place = (value: number, from: number, size: number, count: number) =>
		size > 0 ? Math.min(count - 1, Math.floor((value - from) / size)) : 0;
	const counts = new Map<number, number>();
	for (const i of known) {
		const cell = place(y[i], bottom, height, rows) * columns + place(x[i], left, width, columns);
		counts.set(cell, (counts.get(cell) ?? 0) + 1);
	}
	const bins = [...counts].map(([cell, count]) => ({
		x: left + (cell % columns) * width,
		y: bottom + Math.floor(cell / columns) * height,
		count,
	}));
	return { bins, width, height };
}
