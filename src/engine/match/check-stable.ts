import { listGiven } from './list-given.ts';
import type { MatchInput } from './match-input.ts';
import { contractBreaksTie, userPrefers } from './preference.ts';

const LOWEST = -2147483648;
const HIGHEST = 2147483647;

/** What `checkStable` found. A stable matching has four zeros and −1. */
export interface StabilityCheck {
	/** Users with more pairs than the quota. */
	readonly overQuotaCount: number;
	/** Pairs given on top of another of the same user and brand. */
	readonly repeatedBrandCount: number;
	/** Contracts with more users than seats. */
	readonly overSeatsCount: number;
	readonly blockingCount: number;
	/** A pair that blocks, the lowest; −1 for none. */
	readonly firstBlocking: number;
}

/**
 * Judges a matching from the input alone. A pair (u, c) blocks (spec section 7) when it is not given, u would put c into
 * her choice set given what she holds, and c has a free seat or holds someone it ranks below u; `onBlocking` is told
 * of each, ascending. O(pairs · quota).
 */
export function checkStable(
	input: MatchInput,
	isGiven: Uint8Array,
	onBlocking: (pair: number) => void = () => {},
): StabilityCheck {
	const { userCount, contractCount, start, contract, contractBrand, seats, quota, points, brandPoints } =
		input;
	let overQuotaCount = 0;
	let repeatedBrandCount = 0;
	let overSeatsCount = 0;
	let blockingCount = 0;
	let firstBlocking = -1;

	// seats taken and the worst holder of each contract
	const given = listGiven(isGiven);
	const taken = new Uint32Array(contractCount);
	const worstPair = new Int32Array(contractCount).fill(-1);
	const worstUser = new Int32Array(contractCount).fill(-1);
	for (let g = 0, u = 0; g < given.length; g++) {
		const p = given[g];
		while (start[u + 1] <= p) u++;
		const c = contract[p];
		taken[c]++;
		const lead = worstPair[c] < 0 ? -1 : brandPoints[p] - brandPoints[worstPair[c]];
		if (lead > 0 || (lead === 0 && contractBreaksTie(input, c, u, worstUser[c]))) continue;
		worstPair[c] = p;
		worstUser[c] = u;
	}
	// points below which a contract takes nobody
	const line = new Int32Array(contractCount).fill(LOWEST);
	for (let c = 0; c < contractCount; c++) {
		if (taken[c] > seats[c]) overSeatsCount++;
		if (seats[c] === 0) line[c] = HIGHEST;
		else if (taken[c] >= seats[c]) line[c] = brandPoints[worstPair[c]];
	}

	const held: number[] = [];
	let g = 0;
	for (let u = 0; u < userCount; u++) {
		const end = start[u + 1];
		held.length = 0;
		let worstHeld = -1;
		for (; g < given.length && given[g] < end; g++) {
			const p = given[g];
			const brand = contractBrand[contract[p]];
			for (const q of held) {
				if (contractBrand[contract[q]] !== brand) continue;
				repeatedBrandCount++;
				break;
			}
			held.push(p);
			if (worstHeld < 0 || userPrefers(input, u, worstHeld, p)) worstHeld = p;
		}
		if (held.length > quota) overQuotaCount++;

		// what has fewer points than her worst has fewer than any rival of it
		const leastPoints = held.length < quota || worstHeld < 0 ? LOWEST : points[worstHeld];
		for (let p = start[u]; p < end; p++) {
			// the side that says no sooner is asked first: contracts are mostly full
			const c = contract[p];
			if (brandPoints[p] < line[c] || points[p] < leastPoints) continue;
			if (isGiven[p] === 1 || seats[c] === 0) continue;
			const isTie = taken[c] >= seats[c] && brandPoints[p] === line[c];
			if (isTie && !contractBreaksTie(input, c, u, worstUser[c])) continue;
			let rival = held.length < quota ? -1 : worstHeld;
			for (const q of held) if (contractBrand[contract[q]] === contractBrand[c]) rival = q;
			if (quota === 0 || (rival >= 0 && !userPrefers(input, u, p, rival))) continue;

			blockingCount++;
			onBlocking(p);
			if (firstBlocking < 0) firstBlocking = p;
		}
	}
	return { overQuotaCount, repeatedBrandCount, overSeatsCount, blockingCount, firstBlocking };
}
