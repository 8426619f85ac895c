import { clearBestBrands, enterBrand, makeBestBrands } from './best-brands.ts';
import type { Weights } from './contenders.ts';
import type { MatchInput } from './match-input.ts';
import type { SureUsers } from './sure-users.ts';

/**
 * Proof of optimality by linear programming duality: no matching is worth more than `dual`, and this one is worth
 * `primal`; with a gap of 0 it is optimal.
 */
export interface Certificate {
	/** Sum of the weights given. */
	readonly primal: number;
	/** Sum of seats · price over contracts, and over users of what their best choice is worth beyond its prices. */
	readonly dual: number;
	/**
	 * dual − primal, added up from what each user and contract falls short, all ≥ 0: exact and 0 only for an optimum even
	 * where the two sums are beyond 2^53.
	 */
	readonly gap: number;
}

/** What users hold, by places u · quota …: −1 where a slot is open, else a place in a column of pairs. */
export interface Holdings {
	readonly held: Int32Array;
	readonly lists: { readonly pair: Uint32Array };
}

/**
 * The certificate of what users hold, at `price`. Users who do not hold a best
 * choice at these prices are added to `wrong`. One pass over the pairs, O(pairs), but for those of users who are proven
 * already to hold a best choice.
 */
export function certify(
	input: MatchInput,
	weights: Weights,
	seats: Float64Array,
	price: Float64Array,
	{ held, lists }: Holdings,
	wrong: number[],
	sure: SureUsers | null = null,
): Certificate {
	const { userCount, start, contract, contractBrand } = input;
	const quota = Math.min(input.quota, seats.length);
	const best = makeBestBrands(quota);
	const { surplus: bestSurplus } = best;
	const last = quota - 1;
	const unsold = seats.slice();
	let primal = 0;
	let dual = 0;
	let gap = 0;
	for (let c = 0; c < seats.length; c++) dual += seats[c] * price[c];
	if (sure !== null) {
		primal += sure.weight;
		dual += sure.worth;
		for (let c = 0; c < seats.length; c++) unsold[c] -= sure.taken[c];
	}

	for (let u = 0; u < userCount; u++) {
		if (sure !== null && sure.isSure[u] === 1) continue;
		clearBestBrands(best);
		let lastSurplus = 0;
		const end = start[u + 1];
		for (let p = start[u]; p < end; p++) {
			const c = contract[p];
			const surplus = weights[p] - price[c];
			if (surplus <= lastSurplus) continue;
			enterBrand(best, surplus, contractBrand[c]);
			lastSurplus = bestSurplus[last];
		}

		let bestWorth = 0;
		let heldWorth = 0;
		for (let k = 0; k < quota; k++) bestWorth += bestSurplus[k];
		for (let k = u * quota; k < (u + 1) * quota; k++) {
			if (held[k] < 0) continue;
			const p = lists.pair[held[k]];
			primal += weights[p];
			heldWorth += weights[p] - price[contract[p]];
			unsold[contract[p]]--;
		}
		dual += bestWorth;
		gap += bestWorth - heldWorth;
		if (heldWorth !== bestWorth) wrong.push(u);
	}
	for (let c = 0; c < seats.length; c++) gap += unsold[c] * price[c];
	return { primal, dual, gap };
}
