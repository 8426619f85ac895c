import { radixSort } from '../sort.ts';

/**
 * Gini coefficient of values ≥ 0: half the mean difference between two members, relative to the mean. 0 when
 * all have the same, (n − 1)/n when one has everything. NaN for no values, 0 for a total of 0.
 * Leaves `values` as they are. Whole numbers with a total below 2^53 / n give an exact sum. O(n log n), or O(n) for
 * whole numbers below 2^32.
 */
export function gini(values: Float64Array): number {
	const sorted = ascending(values);
	const n = sorted.length;
	if (n === 0) return NaN;

	// Σᵢ (2i − n − 1) xᵢ / (n Σ xᵢ) over ascending x, i from 1
	let spread = 0;
	let total = 0;
	for (let i = 0; i < n; i++) {
		spread += (2 * i - n + 1) * sorted[i];
		total += sorted[i];
	}
	return total > 0 ? spread / (n * total) : 0;
}

function ascending(values: Float64Array): Float64Array {
	const whole = new Uint32Array(values);
	const order = new Uint32Array(values.length);
	for (let i = 0; i < values.length; i++) {
		if (whole[i] !== values[i]) return values.slice().sort();
		order[i] = i;
	}
	radixSort(order, whole);
	const sorted = new Float64Array(values.length);
	for (let i = 0; i < sorted.length; i++) sorted[i] = values[order[i]];
	return sorted;
}

/** The Lorenz curve: the poorest share `members[i]` of all has the share `amounts[i]` of the total. */
export interface LorenzCurve {
	readonly members: Float64Array;
	readonly amounts: Float64Array;
}

/**
 * The Lorenz curve of values ≥ 0 at `steps` + 1 even shares of the members, from (0, 0) to (1, 1), straight
 * between members. A total of 0, or no values, gives the diagonal. O(n log n).
 */
export function lorenzCurve(values: Float64Array, steps: number): LorenzCurve {
	const sorted = ascending(values);
	const n = sorted.length;
	const sumBelow = new Float64Array(n + 1);
	for (let i = 0; i < n; i++) sumBelow[i + 1] = sumBelow[i] + sorted[i];
	const total = sumBelow[n];

	const members = new Float64Array(steps + 1);
	const amounts = new Float64Array(steps + 1);
	for (let step = 0; step <= steps; step++) {
		members[step] = step / steps;
		if (!(total > 0)) {
			amounts[step] = members[step];
			continue;
		}
		const whole = Math.floor((n * step) / steps);
		const rest = (n * step) / steps - whole;
		const inside = whole < n ? rest * sorted[whole] : 0;
		amounts[step] = (sumBelow[whole] + inside) / total;
	}
	return { members, amounts };
}
