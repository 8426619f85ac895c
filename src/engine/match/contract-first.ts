import type { MatchInput } from './match-input.ts';
import { contractBreaksTie, userPrefers } from './preference.ts';
import { residency } from './residency.ts';

/** Every contract's pairs as a heap, the user it ranks best on top. */
interface Candidates {
	/** Pairs of contract c are pair[start[c]] … pair[start[c] + left[c] − 1]. */
	readonly start: Uint32Array;
	readonly left: Uint32Array;
	readonly pair: Uint32Array;
	readonly pairUser: Uint32Array;
}

/**
 * Contract-proposing deferred acceptance (spec section 7): a mask over pairs, the contract-optimal stable matching.
 * Contracts offer to their best users who have not refused them, up to their seats; each user keeps her choice set (the
 * best, at most one of a brand, at most her quota) and refuses the rest for good. Choice sets are path-independent, so
 * offers are made one at a time. After Gale and Shapley 1962 and Roth 1984; O(pairs + offers · log pairs).
 *
 * With shared points both sides follow one order of pairs, the stable matching is unique, and `residency` finds it
 * sooner.
 */
export function contractFirst(input: MatchInput): Uint8Array {
	if (input.brandPoints === input.points) return residency(input);

	const { contractCount, userCount, seats } = input;
	const quota = Math.min(input.quota, contractCount);
	const isGiven = new Uint8Array(input.contract.length);
	if (quota === 0) return isGiven;

	const candidates = listCandidates(input);
	const held = new Int32Array(userCount * quota).fill(-1);
	const seated = new Uint32Array(contractCount);

	// a stack of contracts with a seat to offer
	const waiting = new Uint32Array(contractCount);
	const isWaiting = new Uint8Array(contractCount).fill(1);
	let waitingCount = contractCount;
	for (let c = 0; c < contractCount; c++) waiting[c] = c;

	while (waitingCount > 0) {
		const c = waiting[--waitingCount];
		isWaiting[c] = 0;
		while (seated[c] < seats[c] && candidates.left[c] > 0) {
			const p = takeBest(input, candidates, c);
			const u = candidates.pairUser[p];
			const place = choosePlace(input, held, u, quota, p);
			if (place < 0) continue;

			const refused = held[place];
			held[place] = p;
			seated[c]++;
			if (refused < 0) continue;
			const d = input.contract[refused];
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

function listCandidates(input: MatchInput): Candidates {
	const { contractCount, userCount, contract } = input;
	const start = new Uint32Array(contractCount + 1);
	for (const c of contract) start[c + 1]++;
	for (let c = 0; c < contractCount; c++) start[c + 1] += start[c];

	const left = new Uint32Array(contractCount);
	const pair = new Uint32Array(contract.length);
	const pairUser = new Uint32Array(contract.length);
	for (let u = 0; u < userCount; u++) {
		for (let p = input.start[u]; p < input.start[u + 1]; p++) {
			const c = contract[p];
			pairUser[p] = u;
			pair[start[c] + left[c]++] = p;
		}
	}

	const candidates = { start, left, pair, pairUser };
	for (let c = 0; c < contractCount; c++) {
		for (let i = (left[c] >>> 1) - 1; i >= 0; i--) siftDown(input, candidates, c, i, pair[start[c] + i]);
	}
	return candidates;
}

/** Takes the best pair off contract c's heap. */
function takeBest(input: MatchInput, candidates: Candidates, c: number): number {
	const { start, left, pair } = candidates;
	const best = pair[start[c]];
	const last = pair[start[c] + --left[c]];
	if (left[c] > 0) siftDown(input, candidates, c, 0, last);
	return best;
}

/** Puts pair p at place i of contract c's heap or below, better ones moving up. */
function siftDown(input: MatchInput, candidates: Candidates, c: number, i: number, p: number): void {
	const { start, left, pair } = candidates;
	const base = start[c];
	for (;;) {
		let child = 2 * i + 1;
		if (child >= left[c]) break;
		if (
			child + 1 < left[c] &&
			contractPrefers(input, candidates, c, pair[base + child + 1], pair[base + child])
		) {
			child++;
		}
		if (!contractPrefers(input, candidates, c, pair[base + child], p)) break;
		pair[base + i] = pair[base + child];
		i = child;
	}
	pair[base + i] = p;
}

/** Whether contract c ranks the user of its pair p ahead of that of its pair q. */
function contractPrefers(
	input: MatchInput,
	candidates: Candidates,
	c: number,
	p: number,
	q: number,
): boolean {
	const lead = input.brandPoints[p] - input.brandPoints[q];
	const { pairUser } = candidates;
	return lead > 0 || (lead === 0 && contractBreaksTie(input, c, pairUser[p], pairUser[q]));
}
