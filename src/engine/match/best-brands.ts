/**
 * A user's best brands, best first: `surplus` descending, `brand` −1 where a place is empty. Empty places count as
 * surplus 0, which is what an open slot is worth, so only positive surpluses enter.
 */
export interface BestBrands {
	readonly surplus: Float64Array;
	readonly brand: Int32Array;
}

/** Room for the best `count` brands. */
export function makeBestBrands(count: number): BestBrands {
	return { surplus: new Float64Array(count), brand: new Int32Array(count).fill(-1) };
}

/** Empties every place. */
export function clearBestBrands(best: BestBrands): void {
	for (let k = 0; k < best.brand.length; k++) {
		best.surplus[k] = 0;
		best.brand[k] = -1;
	}
}

/**
 * Enters a surplus of brand b that is above the last place's; a brand keeps only its best. Of equal surpluses
 * the earlier entered stands first. O(places).
 */
export function enterBrand(best: BestBrands, surplus: number, b: number): void {
	const { surplus: placeSurplus, brand } = best;

	// the brand's place, or the last one
	let k = brand.length - 1;
	for (let j = 0; j < k; j++) if (brand[j] === b) k = j;
	if (placeSurplus[k] >= surplus) return;
	for (; k > 0 && placeSurplus[k - 1] < surplus; k--) {
		placeSurplus[k] = placeSurplus[k - 1];
		brand[k] = brand[k - 1];
	}
	placeSurplus[k] = surplus;
	brand[k] = b;
}
