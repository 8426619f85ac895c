import type { MatchInput } from './match-input.ts';

/** What `checkOptimal` found. */
export interface OptimalityCheck {
	readonly overQuotaCount: number;
	readonly repeatedBrandCount: number;
	readonly overSeatsCount: number;
	/** Prices below 0, or not a number: they bound nothing. */
	readonly invalidPriceCount: number;
	/** Sum of the weights given. */
	readonly primal: number;
	/** The bound that prices alone put on any matching. */
	readonly dual: number;
	/** dual − primal, from the shortfalls of users and contracts. */
	readonly gap: number;
	/** The matching is allowed, the prices are, and the gap is 0: no matching has a larger sum. */
	readonly isProven: boolean;
}

/**
 * Judges a claim of optimality from the input, the matching and the prices, with nothing taken over from how they were
 * found. For any prices ≥ 0 a matching is worth at most the seats at their prices plus, for each user, the best
 * that she could choose at these prices (weak duality). O(pairs · quota).
 */
export function checkOptimal(
	input: MatchInput,
	weights: Int32Array | Float64Array,
	isGiven: Uint8Array,
	prices: Float64Array,
): OptimalityCheck {
	const { userCount, contractCount, start, contract, contractBrand, seats, quota } = input;
	let overQuotaCount = 0;
	let repeatedBrandCount = 0;
	let overSeatsCount = 0;
	let invalidPriceCount = 0;
	let primal = 0;
	let dual = 0;
	let gap = 0;

	let brandCount = 0;
	for (const b of contractBrand) brandCount = Math.max(brandCount, b + 1);
	const taken = new Float64Array(contractCount);
	// per brand of the user at hand: its best surplus, and whether it is held
	const brandSurplus = new Float64Array(brandCount);
	const isHeld = new Uint8Array(brandCount);

	for (let u = 0; u < userCount; u++) {
		let heldCount = 0;
		let heldWorth = 0;
		for (let p = start[u]; p < start[u + 1]; p++) {
			const c = contract[p];
			const b = contractBrand[c];
			const surplus = weights[p] - prices[c];
			if (surplus > brandSurplus[b]) brandSurplus[b] = surplus;
			if (isGiven[p] === 0) continue;
			repeatedBrandCount += isHeld[b];
			isHeld[b] = 1;
			heldCount++;
			taken[c]++;
			primal += weights[p];
			heldWorth += surplus;
		}
		if (heldCount > quota) overQuotaCount++;

		// her best choice: the largest brand surpluses above 0, one after another
		let bestWorth = 0;
		for (let k = 0; k < quota; k++) {
			let bestBrand = -1;
			let bestSurplus = 0;
			for (let p = start[u]; p < start[u + 1]; p++) {
				const b = contractBrand[contract[p]];
				if (brandSurplus[b] <= bestSurplus) continue;
				bestSurplus = brandSurplus[b];
				bestBrand = b;
			}
			if (bestBrand < 0) break;
			bestWorth += bestSurplus;
			brandSurplus[bestBrand] = 0;
		}
		dual += bestWorth;
		gap += bestWorth - heldWorth;

		for (let p = start[u]; p < start[u + 1]; p++) {
			const b = contractBrand[contract[p]];
			brandSurplus[b] = 0;
			isHeld[b] = 0;
		}
	}

	for (let c = 0; c < contractCount; c++) {
		if (taken[c] > seats[c]) overSeatsCount++;
		if (!(prices[c] >= 0)) invalidPriceCount++;
		dual += seats[c] * prices[c];
		gap += (seats[c] - taken[c]) * prices[c];
	}
	const isAllowed = overQuotaCount + repeatedBrandCount + overSeatsCount + invalidPriceCount === 0;
	return {
		overQuotaCount,
		repeatedBrandCount,
		overSeatsCount,
		invalidPriceCount,
		primal,
		dual,
		gap,
		isProven: isAllowed && gap === 0,
	};
}
