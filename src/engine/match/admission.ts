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
	readonly holderPoints: Int32Array[];
	readonly holderPlace: Int32Array[];
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

	const holderPoints: Int32Array[] = [];
	const holderPlace: Int32Array[] = [];
	for (let c = 0; c < contractCount; c++) {
		holderPoints.push(new Int32Array(Math.min(seats[c], 16)));
		holderPlace.push(new Int32Array(Math.min(seats[c], 16)));
		if (seats[c] > 0) continue;
		linePoints[c] = HIGHEST;
		linePlace[c] = CLOSED;
	}
	const held = new Uint32Array(contractCount);
	return { seats, held, users, quota, linePoints, linePlace, holderPoints, holderPlace };
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
	const { seats, held, holderPoints, holderPlace } = admission;
	let vacated = -1;
	if (held[c] < seats[c]) {
		const i = held[c]++;
		if (i === holderPoints[c].length) growRoom(admission, c);
		holderPoints[c][i] = points;
		holderPlace[c][i] = h;
		if (held[c] < seats[c]) return vacated;
		for (let j = (seats[c] >>> 1) - 1; j >= 0; j--) {
			siftDown(input, admission, c, j, holderPoints[c][j], holderPlace[c][j]);
		}
	} else {
		vacated = holderPlace[c][0];
		siftDown(input, admission, c, 0, points, h);
	}
	admission.linePoints[c] = holderPoints[c][0];
	admission.linePlace[c] = holderPlace[c][0];
	return vacated;
}

function growRoom(admission: Admission, c: number): void {
	const { seats, holderPoints, holderPlace } = admission;
	const room = Math.min(seats[c], 2 * holderPoints[c].length);
	const grownPoints = new Int32Array(room);
	const grownPlace = new Int32Array(room);
	grownPoints.set(holderPoints[c]);
	grownPlace.set(holderPlace[c]);
	holderPoints[c] = grownPoints;
	holderPlace[c] = grownPlace;
}

/** Puts (points, h) at node j of a full contract's heap or below, worse holders moving up. */
function siftDown(
	input: MatchInput,
	admission: Admission,
	c: number,
	j: number,
	points: number,
	h: number,
): void {
	const heapPoints = admission.holderPoints[c];
	const heapPlace = admission.holderPlace[c];
	const size = admission.seats[c];

	for (;;) {
		let child = 2 * j + 1;
		if (child >= size) break;
		let childPoints = heapPoints[child];
		const right = child + 1;
		if (right < size) {
			const rightPoints = heapPoints[right];
			if (
				rightPoints < childPoints ||
				(rightPoints === childPoints && goesBefore(input, admission, c, heapPlace[child], heapPlace[right]))
			) {
				child = right;
				childPoints = rightPoints;
			}
		}
		const isChildWorse =
			childPoints < points ||
			(childPoints === points && goesBefore(input, admission, c, h, heapPlace[child]));
		if (!isChildWorse) break;
		heapPoints[j] = childPoints;
		heapPlace[j] = heapPlace[child];
		j = child;
	}
	heapPoints[j] = points;
	heapPlace[j] = h;
}

/** Whether contract c ranks the user of place g ahead of the user of place h when both have the same points. */
function goesBefore(input: MatchInput, admission: Admission, c: number, g: number, h: number): boolean {
	return contractBreaksTie(input, c, userOf(admission, g), userOf(admission, h));
}
