import type { MatchInput } from './match-input.ts';

/**
 * The city's pairs with every row ascending by contract, as old indexes in new order; null where rows are so already.
 * O(pairs), and a sort of each row that is not.
 */
export function ascendingRows(input: MatchInput): Uint32Array | null {
	const { userCount, start, contract } = input;
	let isAscending = true;
	for (let u = 0; u < userCount && isAscending; u++) {
		for (let p = start[u] + 1; p < start[u + 1]; p++) if (contract[p] < contract[p - 1]) isAscending = false;
	}
	if (isAscending) return null;

	const order = new Uint32Array(contract.length);
	for (let p = 0; p < order.length; p++) order[p] = p;
	for (let u = 0; u < userCount; u++) {
		order.subarray(start[u], start[u + 1]).sort((p, q) => contract[p] - contract[q]);
	}
	return order;
}
