const LOW = 0.025;
const HIGH = 0.975;

/** Mean of the values that are defined; NaN without any. */
export function meanOf(values: Float64Array): number {
	let sum = 0;
	let count = 0;
	for (const value of values) {
		if (Number.isNaN(value)) continue;
		sum += value;
		count++;
	}
	return count === 0 ? NaN : sum / count;
}

/**
 * The percentile interval that holds 95 % of the values that are defined, by linear interpolation between them;
 * NaN without any.
 */
export function intervalOf(values: Float64Array): { readonly low: number; readonly high: number } {
	const sorted = values.filter((value) => !Number.isNaN(value)).sort();
	return { low: quantile(sorted, LOW), high: quantile(sorted, HIGH) };
}

function quantile(sorted: Float64Array, share: number): number {
	if (sorted.length === 0) return NaN;
	const at = share * (sorted.length - 1);
	const below = Math.floor(at);
	const above = below + 1 < sorted.length ? below + 1 : below;
	return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
