import { normalQuantile, tQuantile } from './t-quantile.ts';

/** Where a value lies, with a confidence level between 0 and 1: `low` to `high`. */
export interface Interval {
	readonly low: number;
	readonly high: number;
}

/** A mean with its sample standard deviation (n − 1) and a t interval. */
export interface MeanInterval extends Interval {
	readonly count: number;
	readonly mean: number;
	readonly sd: number;
}

/**
 * Mean, standard deviation and Student interval of independent values, in two passes. One value has no
 * deviation: sd, low and high are NaN; no value: the mean too. Equal values give sd 0 and an interval of no
 * width.
 */
export function meanInterval(values: Float64Array, level: number): MeanInterval {
	const count = values.length;
	if (count > 0 && values.every((value) => value === values[0])) {
		// the mean of n times x may round away from x
		const none = count > 1 ? 0 : NaN;
		return { count, mean: values[0], sd: none, low: values[0] - none, high: values[0] + none };
	}
	let sum = 0;
	for (let i = 0; i < count; i++) sum += values[i];
	const mean = sum / count;
	let squares = 0;
	for (let i = 0; i < count; i++) squares += (values[i] - mean) * (values[i] - mean);
	const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : NaN;
	const reach = count > 1 ? (tQuantile((1 + level) / 2, count - 1) * sd) / Math.sqrt(count) : NaN;
	return { count, mean, sd, low: mean - reach, high: mean + reach };
}

/**
 * Interval of the mean of `after[i] − before[i]`: two variants on common random numbers, seed by seed. Equal
 * columns give exactly 0 and [0, 0] from two seeds on. Lengths must be equal.
 */
export function pairedDifference(before: Float64Array, after: Float64Array, level: number): MeanInterval {
	if (before.length !== after.length) {
		throw new RangeError(`mismatched lengths: ${before.length} before, ${after.length} after`);
	}
	const differences = new Float64Array(before.length);
	for (let i = 0; i < before.length; i++) differences[i] = after[i] - before[i];
	return meanInterval(differences, level);
}

/** Wilson's score interval (1927) for a share of `hits` among `count` trials; [0, 1] without trials. */
export function wilsonInterval(hits: number, count: number, level: number): Interval {
	if (count === 0) return { low: 0, high: 1 };
	const z = normalQuantile((1 + level) / 2);
	const share = hits / count;
	const grow = 1 + (z * z) / count;
	const middle = (share + (z * z) / (2 * count)) / grow;
	const reach = (z / grow) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
	return {
		low: hits === 0 ? 0 : Math.max(0, middle - reach),
		high: hits === count ? 1 : Math.min(1, middle + reach),
	};
}
