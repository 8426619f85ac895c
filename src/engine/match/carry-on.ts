/** What the step from `price` to `next` is of the one before it, along that one; 0 where there was none. */
export function stepRatio(before: Float64Array, price: Float64Array, next: Float64Array): number {
	let product = 0;
	let square = 0;
	for (let c = 0; c < price.length; c++) {
		const stepBefore = price[c] - before[c];
		product += (next[c] - price[c]) * stepBefore;
		square += stepBefore * stepBefore;
	}
	return square > 0 ? product / square : 0;
}

/** Carries prices on to where steps lead that shrink by `ratio` each time, the last of which led from `before`; whole, ≥ 0. */
export function carryOn(price: Float64Array, before: Float64Array, ratio: number): void {
	const carry = ratio < 0.9 ? ratio / (1 - ratio) : 9;
	for (let c = 0; c < price.length; c++) {
		price[c] = Math.max(0, Math.round(price[c] + carry * (price[c] - before[c])));
	}
}
