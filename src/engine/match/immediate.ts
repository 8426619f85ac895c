import type { MatchInput } from './match-input.ts';
import { contractBreaksTie } from './preference.ts';
import { breakTies, usersOfPairs } from './rank-pairs.ts';

/**
 * Immediate acceptance (spec section 7), a mask over pairs. In round r = 1, 2, … each user with an open slot, whose
 * r-th ranked contract is of a brand she does not hold, applies to it; the contract takes its best applicants up to its
 * remaining seats, finally. A round passed over is not made up for. Not stable in general. Also called the Boston
 * mechanism (Abdulkadiroğlu and Sönmez 2003). O(pairs · log contracts).
 */
export function immediate(input: MatchInput): Uint8Array {
	const { userCount, contractCount, start, contract } = input;
	const quota = Math.min(input.quota, contractCount);
	const isGiven = new Uint8Array(contract.length);
	if (quota === 0) return isGiven;

	const held = new Int32Array(userCount * quota);
	const heldCount = new Uint32Array(userCount);
	const seatsLeft = input.seats.slice();
	const ranking = rankRows(input);

	// the round's applicants, chained by contract, as many as are counted
	const firstApplicant = new Int32Array(contractCount);
	const applicantCount = new Uint32Array(contractCount);
	const nextApplicant = new Int32Array(userCount);

	// users who may still apply in a later round
	const active = new Uint32Array(userCount);
	let activeCount = userCount;
	for (let u = 0; u < userCount; u++) active[u] = u;

	for (let round = 0; activeCount > 0; round++) {
		applicantCount.fill(0);
		let kept = 0;
		for (let i = 0; i < activeCount; i++) {
			const u = active[i];
			if (heldCount[u] === quota || start[u] + round >= start[u + 1]) continue;
			active[kept++] = u;
			const c = contract[ranking[start[u] + round]];
			if (seatsLeft[c] === 0 || holdsBrand(input, held, u * quota, heldCount[u], c)) continue;
			nextApplicant[u] = firstApplicant[c];
			firstApplicant[c] = u;
			applicantCount[c]++;
		}
		activeCount = kept;

		for (let c = 0; c < contractCount; c++) {
			if (applicantCount[c] === 0) continue;
			const applicants = new Uint32Array(applicantCount[c]);
			let u = firstApplicant[c];
			for (let i = 0; i < applicants.length; i++, u = nextApplicant[u]) applicants[i] = u;
			if (applicants.length > seatsLeft[c]) sortApplicants(input, ranking, round, c, applicants);

			const taken = Math.min(applicants.length, seatsLeft[c]);
			for (let i = 0; i < taken; i++) {
				const v = applicants[i];
				const p = ranking[start[v] + round];
				held[v * quota + heldCount[v]++] = p;
				isGiven[p] = 1;
			}
			seatsLeft[c] -= taken;
		}
	}
	return isGiven;
}

/** Every user's pairs, best first, in the places of her row. */
function rankRows(input: MatchInput): Uint32Array {
	const { userCount, contractCount, start, points } = input;
	const pairUser = usersOfPairs(input);
	const ranking = new Uint32Array(input.contract.length);
	const keys = new Float64Array(contractCount);
	for (let u = 0; u < userCount; u++) {
		// points and place in one number, which sorts without a comparator
		const first = start[u];
		const end = start[u + 1];
		const length = end - first;
		const row = keys.subarray(0, length);
		for (let i = 0; i < length; i++) row[i] = (2147483647 - points[first + i]) * length + i;
		row.sort();
		for (let i = 0; i < length; i++) ranking[first + i] = first + (row[i] % length);

		for (let from = first, to; from < end; from = to) {
			to = from + 1;
			while (to < end && points[ranking[to]] === points[ranking[from]]) to++;
			if (to - from > 1) breakTies(input, pairUser, ranking, from, to);
		}
	}
	return ranking;
}

function holdsBrand(input: MatchInput, held: Int32Array, from: number, count: number, c: number): boolean {
	const { contract, contractBrand } = input;
	for (let k = from; k < from + count; k++) {
		if (contractBrand[contract[held[k]]] === contractBrand[c]) return true;
	}
	return false;
}

/** Puts a contract's applicants of a round best first. */
function sortApplicants(
	input: MatchInput,
	ranking: Uint32Array,
	round: number,
	c: number,
	applicants: Uint32Array,
): void {
	const { start, brandPoints } = input;
	applicants.sort(
		(u, v) =>
			brandPoints[ranking[start[v] + round]] - brandPoints[ranking[start[u] + round]] ||
			(contractBreaksTie(input, c, u, v) ? -1 : 1),
	);
}
