/**
 * Median of a non-empty list without NaN: the middle value, or the mean of the two middle ones. Reorders
 * `values` (quickselect, Hoare 1961, pivot the median of three). O(n) on average.
 */
export function medianOf(values: Float64Array): number {
	const middle = values.length >> 1;
	const upper = select(values, middle);
	if (values.length % 2 === 1) return upper;
	// the lower middle is the greatest of those left of it
	let lower = values[0];
	for (let i = 1; i < middle; i++) if (values[i] > lower) lower = values[i];
	return (lower + upper) / 2;
}

/** The k-th smallest value, from 0; afterwards nothing left of k is greater and nothing right of it smaller. */
function select(values: Float64Array, k: number): number {
	let low = 0;
	let high = values.length - 1;
	while (low < high) {
		const a = values[low];
		const b = values[(low + high) >> 1];
		const c = values[high];
		const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
		let i = low;
		let j = high;
		while (i <= j) {
			while (values[i] < pivot) i++;
			while (values[j] > pivot) j--;
			if (i > j) break;
			const swap = values[i];
			values[i++] = values[j];
			values[j--] = swap;
		}
		if (k <= j) high = j;
		else if (k >= i) low = i;
		else break;
	}
	return values[k];
}
