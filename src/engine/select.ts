/**
 * The k-th largest (k = 0 is the largest) of values[from] … values[end − 1], which are reordered. `end − from` must
 * exceed k. Hoare's quickselect, O(n) in the mean.
 */
export function selectLargest(values: Float64Array, from: number, end: number, k: number): number {
	let low = from;
	let high = end - 1;
	const place = from + k;
	while (low < high) {
		const pivot = values[(low + high) >>> 1];
		let i = low;
		let j = high;
		while (i <= j) {
			while (values[i] > pivot) i++;
			while (values[j] < pivot) j--;
			if (i > j) break;
			const value = values[i];
			values[i++] = values[j];
			values[j--] = value;
		}
		if (place <= j) high = j;
		else if (place >= i) low = i;
		else break;
	}
	return values[place];
}
