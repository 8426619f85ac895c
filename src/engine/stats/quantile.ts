/**
 * The quantile at `share` in [0, 1] of ascending values: type 7 of Hyndman and Fan (1996), straight between
 * the two values beside place (n − 1) · share. NaN for no values. O(1).
 */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
	if (sorted.length === 0) return NaN;
	const place = (sorted.length - 1) * share;
	const below = Math.floor(place);
	if (below === place) return sorted[below];
	return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
}

/** The quantiles of `values` at each of `shares`, as `quantileOfSorted`; leaves `values` as they are. O(n log n). */
export function quantiles(values: Float64Array, shares: readonly number[]): Float64Array {
	const sorted = Float64Array.from(values).sort();
	return Float64Array.from(shares, (share) => quantileOfSorted(sorted, share));
}
