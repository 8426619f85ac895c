import { admit, openAdmission, passesTie } from './admission.ts';
import type { Admission } from './admission.ts';
import { markSiblings } from './mark-siblings.ts';
import type { MatchInput } from './match-input.ts';
import { userBreaksTie } from './preference.ts';

const LOWEST = -2147483648;

/** Where a run of `proposeUsers` ended. */
export interface Proposals {
	/** Pairs held by users[i]: places i · quota …, −1 where empty. */
	readonly held: Int32Array;
	readonly admission: Admission;
}

/** Users' short lists, best first: the best contract of each brand that would take her, at most `width` of them. */
interface ShortLists {
	readonly width: number;
	/** Pair, contract and brand points of each entry, copied so that going over a list again stays out of the city's rows. */
	readonly entry: Int32Array;
	readonly length: Uint16Array;
	/** Whether contracts below the last one may have been left out of the list. */
	readonly isCut: Uint8Array;
	/** Whether contracts may have been left out for a better one of their brand that is, or was, on the list. */
	readonly hasSpare: Uint8Array;
	/** The list at work, with its points. */
	readonly topPair: Int32Array;
	readonly topPoints: Int32Array;
	/** Room for the pairs of a row that may be offered. */
	readonly willing: Int32Array;
}

/**
 * User-proposing deferred acceptance over the users named, with the seats given: each offers herself to her choice
 * set among the contracts that have not refused her, contracts keep their best. The order of offers does not change
 * the outcome, so users are served one after another.
 *
 * A user's list is cut to the few best contracts that would take her at the time. Lines only rise, so what
 * would not take her never will; when a list runs out, the whole row is looked at again. `startLine` is as in
 * `openAdmission`. After Gale and Shapley 1962 and Roth 1984; O(pairs) for the first lists, then O(log seats) an offer.
 */
export function proposeUsers(
	input: MatchInput,
	users: Uint32Array,
	seats: Uint32Array,
	startLine: Int32Array | null,
): Proposals {
	const quota = Math.min(input.quota, input.contractCount);
	const admission = openAdmission(users, quota, seats, startLine);
	const { linePoints } = admission;
	const hasSibling = markSiblings(input.contractBrand);
	const held = new Int32Array(users.length * quota).fill(-1);

	const width = Math.max(4, 2 * quota);
	const lists: ShortLists = {
		width,
		entry: new Int32Array(3 * users.length * width),
		length: new Uint16Array(users.length),
		isCut: new Uint8Array(users.length).fill(1),
		hasSpare: new Uint8Array(users.length),
		topPair: new Int32Array(width),
		willing: new Int32Array(input.contractCount),
		topPoints: new Int32Array(width),
	};

	// a stack of users with something left to offer, the first user on top
	const waiting = new Int32Array(users.length);
	const isWaiting = new Uint8Array(users.length).fill(1);
	let waitingCount = quota > 0 ? users.length : 0;
	for (let i = 0; i < users.length; i++) waiting[i] = users.length - 1 - i;

	while (waitingCount > 0) {
		const i = waiting[--waitingCount];
		const u = users[i];
		isWaiting[i] = 0;
		for (;;) {
			let offered = 0;
			let mustRefill = false;
			const end = 3 * (i * width + lists.length[i]);
			for (let e = 3 * i * width; e < end && offered < quota; e += 3) {
				const p = lists.entry[e];
				if (holds(held, i * quota, quota, p)) {
					offered++;
					continue;
				}
				const c = lists.entry[e + 1];
				const b = lists.entry[e + 2];
				if (b < linePoints[c] || (b === linePoints[c] && !passesTie(input, admission, c, u))) {
					// refused: another contract of the brand may now be her best of it
					if (hasSibling[c] === 1 && lists.hasSpare[i] === 1) {
						mustRefill = true;
						break;
					}
					continue;
				}

				offered++;
				let h = i * quota;
				while (held[h] >= 0) h++;
				held[h] = p;
				const vacated = admit(input, admission, c, h, b);
				if (vacated < 0) continue;
				held[vacated] = -1;
				const j = Math.floor(vacated / quota);
				if (isWaiting[j] === 0) {
					isWaiting[j] = 1;
					waiting[waitingCount++] = j;
				}
			}
			if (!mustRefill && (offered === quota || lists.isCut[i] === 0)) break;
			refill(input, admission, hasSibling, lists, i, u);
		}
	}
	return { held, admission };
}

function holds(held: Int32Array, from: number, quota: number, p: number): boolean {
	for (let k = from; k < from + quota; k++) if (held[k] === p) return true;
	return false;
}

/** Writes the short list of users[i] = u anew, from her whole row. */
function refill(
	input: MatchInput,
	admission: Admission,
	hasSibling: Uint8Array,
	lists: ShortLists,
	i: number,
	u: number,
): void {
	const { start, contract, contractBrand, points, brandPoints } = input;
	const { linePoints } = admission;
	const { width, entry, topPair, topPoints, willing } = lists;
	const isShared = points === brandPoints;
	let count = 0;
	let hasSpare = 0;
	let worst = LOWEST;

	// most would not take her: the rest comes after, so that this loop stays small
	const rowEnd = start[u + 1];
	let willingCount = 0;
	for (let p = start[u]; p < rowEnd; p++)
		if (brandPoints[p] >= linePoints[contract[p]]) willing[willingCount++] = p;

	for (let i = 0; i < willingCount; i++) {
		const p = willing[i];
		const a = points[p];
		if (a < worst) continue;
		const c = contract[p];
		const b = isShared ? a : brandPoints[p];
		if (b === linePoints[c] && !passesTie(input, admission, c, u)) continue;

		// the place to fill: her other contract of the brand, a new one, or the last one's
		let k = count;
		if (hasSibling[c] === 1) {
			const brand = contractBrand[c];
			for (k = 0; k < count; k++) if (contractBrand[contract[topPair[k]]] === brand) break;
		}
		if (k === count && count < width) count++;
		else {
			if (k === count) k--;
			else hasSpare = 1;
			const rival = topPoints[k];
			if (a < rival || (a === rival && !userBreaksTie(input, u, c, contract[topPair[k]]))) continue;
		}

		for (; k > 0; k--) {
			const ahead = topPoints[k - 1];
			if (a < ahead || (a === ahead && !userBreaksTie(input, u, c, contract[topPair[k - 1]]))) break;
			topPoints[k] = ahead;
			topPair[k] = topPair[k - 1];
		}
		topPoints[k] = a;
		topPair[k] = p;
		if (count === width) worst = topPoints[width - 1];
	}

	for (let k = 0; k < count; k++) {
		const p = topPair[k];
		const e = 3 * (i * width + k);
		entry[e] = p;
		entry[e + 1] = contract[p];
		entry[e + 2] = brandPoints[p];
	}
	lists.length[i] = count;
	lists.isCut[i] = count === width ? 1 : 0;
	lists.hasSpare[i] = hasSpare;
}
