import { ascendingOrder } from './ascending-order.ts';

/** How alike two scorings order the same things, row by row. */
export interface RankAgreement {
	/** rows with at least two cells that both scorings have, and not all equal in either */
	readonly rowCount: number;
	/** mean over those rows of Spearman's rank correlation, −1…1; NaN without rows */
	readonly correlation: number;
	/** mean over rows with at least `k` such cells of the share of the first `k` that both have, 0…1; NaN without rows */
	readonly overlap: number;
	/** cells that both scorings have, and how many of them are equal to the last bit */
	readonly cellCount: number;
	readonly equalCount: number;
}

/**
 * Compares two scorings of rows × columns, row-major, NaN where a scoring says nothing; a cell counts where both
 * say something. Spearman's ρ (1904) is the correlation of middle ranks, so that ties are fair; the overlap of the
 * first `k` is `|A ∩ B| / k` (Fagin, Kumar and Sivakumar, "Comparing top k lists", 2003), ties going to the lower
 * column. O(rows · columns · log columns).
 */
export function rankAgreement(
	first: Float64Array,
	second: Float64Array,
	columnCount: number,
	k: number,
): RankAgreement {
	let [rowCount, correlationSum, topRows, overlapSum, cellCount, equalCount] = [0, 0, 0, 0, 0, 0];
	const rows = columnCount > 0 ? first.length / columnCount : 0;
	for (let r = 0; r < rows; r++) {
		const a: number[] = [];
		const b: number[] = [];
		for (let i = r * columnCount; i < (r + 1) * columnCount; i++) {
			if (Number.isNaN(first[i]) || Number.isNaN(second[i])) continue;
			a.push(first[i]);
			b.push(second[i]);
			cellCount++;
			if (first[i] === second[i]) equalCount++;
		}
		const rho = correlationOf(middleRanks(Float64Array.from(a)), middleRanks(Float64Array.from(b)));
		if (!Number.isNaN(rho)) {
			rowCount++;
			correlationSum += rho;
		}
		if (a.length < k) continue;
		const top = new Set(firstOf(a, k));
		topRows++;
		overlapSum += firstOf(b, k).filter((i) => top.has(i)).length / k;
	}
	return { rowCount, correlation: correlationSum / rowCount, overlap: overlapSum / topRows, cellCount, equalCount };
} // prettier-ignore

/** Ranks from 1, those of equal values their mean. */
function middleRanks(values: Float64Array): Float64Array {
	const order = ascendingOrder(values);
	const rank = new Float64Array(values.length);
	for (let i = 0; i < order.length;) {
		let end = i + 1;
		while (end < order.length && values[order[end]] === values[order[i]]) end++;
		for (let j = i; j < end; j++) rank[order[j]] = (i + 1 + end) / 2;
		i = end;
	}
	return rank;
}

/** Pearson's correlation; NaN where either column does not vary. */
function correlationOf(a: Float64Array, b: Float64Array): number {
	// ranks of n things always have this mean, ties or not
	const mean = (a.length + 1) / 2;
	let [product, squareA, squareB] = [0, 0, 0];
	for (let i = 0; i < a.length; i++) {
		product += (a[i] - mean) * (b[i] - mean);
		squareA += (a[i] - mean) * (a[i] - mean);
		squareB += (b[i] - mean) * (b[i] - mean);
	}
	return squareA > 0 && squareB > 0 ? product / Math.sqrt(squareA * squareB) : NaN;
}

/** Indexes of the `k` greatest values, the lower index first among equals. */
function firstOf(values: readonly number[], k: number): number[] {
	return [...values.keys()].sort((i, j) => values[j] - values[i] || i - j).slice(0, k);
}
