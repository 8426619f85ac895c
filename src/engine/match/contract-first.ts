import type { MatchInput } from './match-input.ts';
import { userPrefers } from './preference.ts';
import { breakTies, pairsByPoints, usersOfPairs } from './rank-pairs.ts';
import { residency } from './residency.ts';

const LOWEST = -2147483648;

/** Every contract's pairs, best user first, and how far down it has offered. */
interface Candidates {
	readonly pair: Uint32Array;
	readonly pairUser: Uint32Array;
	/** The place of contract c's next offer, and the end of its places. */
	readonly next: Uint32Array;
	readonly end: Uint32Array;
	/** Places before this one are in order of luck too. */
	readonly tiesBroken: Uint32Array;
}

/**
 * Contract-proposing deferred acceptance (spec section 7): a mask over pairs, the contract-optimal stable matching.
 * Contracts offer to their best users who have not refused them, up to their seats; each user keeps her choice set (the
 * best, at most one of a brand, at most her quota) and refuses the rest for good. Choice sets are path-independent, so
 * offers are made one at a time. After Gale and Shapley 1962 and Roth 1984; O(pairs + offers · quota).
 *
 * With shared points both sides follow one order of pairs, the stable matching is unique, and `residency` finds it
 * sooner.
 */
export function contractFirst(input: MatchInput): Uint8Array {
	if (input.brandPoints === input.points) return residency(input);

	const { contractCount, userCount, seats, contract, points } = input;
	const quota = Math.min(input.quota, contractCount);
	const isGiven = new Uint8Array(contract.length);
	if (quota === 0) return isGiven;

	const candidates = rankCandidates(input);
	const held = new Int32Array(userCount * quota).fill(-1);
	// points of the worst pair of a user without open slot: what is below is refused unseen
	const leastPoints = new Int32Array(userCount).fill(LOWEST);
	const seated = new Uint32Array(contractCount);

	// a stack of contracts with a seat to offer
	const waiting = new Uint32Array(contractCount);
	const isWaiting = new Uint8Array(contractCount).fill(1);
	let waitingCount = contractCount;
	for (let c = 0; c < contractCount; c++) waiting[c] = c;

	while (waitingCount > 0) {
		const c = waiting[--waitingCount];
		isWaiting[c] = 0;
		while (seated[c] < seats[c] && candidates.next[c] < candidates.end[c]) {
			const p = takeNext(input, candidates, c);
			const u = candidates.pairUser[p];
			if (points[p] < leastPoints[u]) continue;
			const place = choosePlace(input, held, u, quota, p);
			if (place < 0) continue;

			const refused = held[place];
			held[place] = p;
			leastPoints[u] = leastHeld(input, held, u, quota);
			seated[c]++;
			if (refused < 0) continue;
			const d = contract[refused];
			seated[d]--;
			if (isWaiting[d] === 1) continue;
			isWaiting[d] = 1;
			waiting[waitingCount++] = d;
		}
	}
	for (const p of held) if (p >= 0) isGiven[p] = 1;
	return isGiven;
}

/** The place in `held` that an offered pair takes in user u's choice set, or −1 if she refuses it. */
function choosePlace(input: MatchInput, held: Int32Array, u: number, quota: number, p: number): number {
	const { contract, contractBrand } = input;
	const brand = contractBrand[contract[p]];
	let free = -1;
	let worst = -1;
	for (let k = u * quota; k < (u + 1) * quota; k++) {
		const q = held[k];
		if (q < 0) free = k;
		else if (contractBrand[contract[q]] === brand) return userPrefers(input, u, p, q) ? k : -1;
		else if (worst < 0 || userPrefers(input, u, held[worst], q)) worst = k;
	}
	if (free >= 0) return free;
	return userPrefers(input, u, p, held[worst]) ? worst : -1;
}

function leastHeld(input: MatchInput, held: Int32Array, u: number, quota: number): number {
	let least = 2147483647;
	for (let k = u * quota; k < (u + 1) * quota; k++) {
		if (held[k] < 0) return LOWEST;
		least = Math.min(least, input.points[held[k]]);
	}
	return least;
}

function rankCandidates(input: MatchInput): Candidates {
	const { contractCount, contract } = input;
	const next = new Uint32Array(contractCount);
	const end = new Uint32Array(contractCount);
	for (let p = 0; p < contract.length; p++) end[contract[p]]++;
	for (let c = 1; c < contractCount; c++) {
		end[c] += end[c - 1];
		next[c] = end[c - 1];
	}

	// dealt out to contracts in the order of all
	const ranking = pairsByPoints(input.brandPoints);
	const pair = new Uint32Array(contract.length);
	const place = next.slice();
	for (let i = 0; i < ranking.length; i++) pair[place[contract[ranking[i]]]++] = ranking[i];
	return { pair, pairUser: usersOfPairs(input), next, end, tiesBroken: next.slice() };
}

/** Contract c's best pair that was not offered yet. */
function takeNext(input: MatchInput, candidates: Candidates, c: number): number {
	const { pair, pairUser, next, end, tiesBroken } = candidates;
	const { brandPoints } = input;
	const place = next[c]++;
	if (place === tiesBroken[c]) {
		let to = place + 1;
		while (to < end[c] && brandPoints[pair[to]] === brandPoints[pair[place]]) to++;
		if (to - place > 1) breakTies(input, pairUser, pair, place, to);
		tiesBroken[c] = to;
	}
	return pair[place];
}
