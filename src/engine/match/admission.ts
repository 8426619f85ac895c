import type { MatchInput } from './match-input.ts';
import { contractBreaksTie } from './preference.ts';

const OPEN = -1;
const CLOSED = -2;
const LOWEST = -2147483648;
const HIGHEST = 2147483647;

/**
 * Who sits at each contract, and the line to beat. A contract with free seats takes anybody at or above its
 * starting line; a full one takes whoever it ranks above its worst holder, who then leaves.
 *
 * Holders are listed unordered until a contract is full, then kept as a binary heap with the worst on top: a
 * contract that never fills costs no ordering. Room grows with what is held, not with `seats`.
 */
export interface Admission {
	readonly seats: Uint32Array;
	readonly held: Uint32Array;
	/** Holders are named by their place in `Proposals.held`, so that nobody searches for it: h is one of users[⌊h / quota⌋]. */
	readonly users: Uint32Array;
	readonly quota: number;
	/** Brand points of the worst holder once full, else the starting line. */
	readonly linePoints: Int32Array;
	/** The worst holder's place once full; −1 while seats are free; −2 without seats. */
	readonly linePlace: Int32Array;
	/** Points and place of each holder, one after the other, so that a step down a heap stays in one piece of memory. */
	readonly holders: Int32Array[];
}

/**
 * An empty house. `startLine` gives lines below which a contract takes nobody even while seats are free; null for
 * none.
 */
export function openAdmission(
	users: Uint32Array,
	quota: number,
	seats: Uint32Array,
	startLine: Int32Array | null,
): Admission {
	const contractCount = seats.length;
	const linePoints = new Int32Array(contractCount).fill(LOWEST);
	const linePlace = new Int32Array(contractCount).fill(OPEN);
	if (startLine !== null) linePoints.set(startLine);

	const holders: Int32Array[] = [];
	for (let c = 0; c < contractCount; c++) {
		holders.push(new Int32Array(2 * Math.min(seats[c], 16)));
		if (seats[c] > 0) continue;
		linePoints[c] = HIGHEST;
		linePlace[c] = CLOSED;
	}
	const held = new Uint32Array(contractCount);
	return { seats, held, users, quota, linePoints, linePlace, holders };
}

/** Whether contract c would take user u, whose brand points equal its line. A holder keeps her seat. */
export function passesTie(input: MatchInput, admission: Admission, c: number, u: number): boolean {
	const h = admission.linePlace[c];
	if (h === OPEN) return true;
	if (h === CLOSED) return false;
	const v = userOf(admission, h);
	return v === u || contractBreaksTie(input, c, u, v);
}

function userOf(admission: Admission, h: number): number {
	return admission.users[Math.floor(h / admission.quota)];
}

/**
 * Seats the user of place h at contract c, which must be willing, and returns the place that is left for it, or −1.
 * O(log seats).
 */
export function admit(input: MatchInput, admission: Admission, c: number, h: number, points: number): number {
	const { seats, held, holders } = admission;
	let vacated = -1;
	const size = seats[c];
	let heap = holders[c];
	if (held[c] < size) {
		const i = held[c]++;
		if (2 * i === heap.length) heap = growRoom(admission, c);
		heap[2 * i] = points;
		heap[2 * i + 1] = h;
		if (i + 1 < size) return vacated;
		for (let j = (size >>> 1) - 1; j >= 0; j--) {
			siftDown(input, admission, c, heap, size, j, heap[2 * j], heap[2 * j + 1]);
		}
	} else {
		vacated = heap[1];
		siftDown(input, admission, c, heap, size, 0, points, h);
	}
	admission.linePoints[c] = heap[0];
	admission.linePlace[c] = heap[1];
	return vacated;
}

function growRoom(admission: Admission, c: number): Int32Array {
	const { seats, holders } = admission;
	const grown = new Int32Array(2 * Math.min(seats[c], holders[c].length));
	grown.set(holders[c]);
	holders[c] = grown;
	return grown;
}

/** Puts (points, h) at node j of a full contract's heap or below, worse holders moving up. */
function siftDown(
	input: MatchInput,
	admission: Admission,
	c: number,
	heap: Int32Array,
	size: number,
	j: number,
	points: number,
	h: number,
): void {
	const end = 2 * size;
	let at = 2 * j;
	for (;;) {
		let child = 2 * at + 2;
		if (child >= end) break;
		let childPoints = heap[child];
		const right = child + 2;
		if (right < end) {
			const rightPoints = heap[right];
			if (
				rightPoints < childPoints ||
				(rightPoints === childPoints && goesBefore(input, admission, c, heap[child + 1], heap[right + 1]))
			) {
				child = right;
				childPoints = rightPoints;
			}
		}
		const isChildWorse =
			childPoints < points || (childPoints === points && goesBefore(input, admission, c, h, heap[child + 1]));
		if (!isChildWorse) break;
		heap[at] = childPoints;
		heap[at + 1] = heap[child + 1];
		at = child;
	}
	heap[at] = points;
	heap[at + 1] = h;
}

/** Whether contract c ranks the user of place g ahead of the user of place h when both have the same points. */
function goesBefore(input: MatchInput, admission: Admission, c: number, g: number, h: number): boolean {
	return contractBreaksTie(input, c, userOf(admission, g), userOf(admission, h));
}
