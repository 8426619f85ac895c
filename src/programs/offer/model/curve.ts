/** Points (x, y) with rising x: a curve over cents, or a quantile table over 0 … 1. */
export type Points = readonly (readonly [number, number])[];

/**
 * Reads a curve at x by straight lines, flat outside, in the order of operations of spec section 15.1, so that
 * every platform agrees to the last bit. At least one point.
 */
export function readCurve(points: Points, x: number): number {
	if (x <= points[0][0]) return points[0][1];
	for (let i = 1; i < points.length; i++) {
		const [x1, y1] = points[i];
		if (x > x1) continue;
		const [x0, y0] = points[i - 1];
		return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
	}
	return points[points.length - 1][1];
}
