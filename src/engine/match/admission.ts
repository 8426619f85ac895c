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
	/** Brand points of the worst holder once full, else the starting line. */
	readonly linePoints: Int32Array;
	/** The worst holder once full; −1 while seats are free; −2 without seats. */
	readonly lineUser: Int32Array;
	readonly holderPoints: Int32Array[];
	readonly holderUser: Int32Array[];
}

/**
 * An empty house. `startLine` gives lines below which a contract takes nobody even while seats are free; null for
 * none.
 */
export function openAdmission(seats: Uint32Array, startLine: Int32Array | null): Admission {
	const contractCount = seats.length;
	const linePoints = new Int32Array(contractCount).fill(LOWEST);
	const lineUser = new Int32Array(contractCount).fill(OPEN);
	if (startLine !== null) linePoints.set(startLine);

	const holderPoints: Int32Array[] = [];
	const holderUser: Int32Array[] = [];
	for (let c = 0; c < contractCount; c++) {
		holderPoints.push(new Int32Array(Math.min(seats[c], 16)));
		holderUser.push(new Int32Array(Math.min(seats[c], 16)));
		if (seats[c] > 0) continue;
		linePoints[c] = HIGHEST;
		lineUser[c] = CLOSED;
	}
	return { seats, held: new Uint32Array(contractCount), linePoints, lineUser, holderPoints, holderUser };
}

/** Whether contract c would take user u, whose brand points equal its line. A holder keeps her seat. */
export function passesTie(input: MatchInput, admission: Admission, c: number, u: number): boolean {
	const v = admission.lineUser[c];
	if (v === OPEN || v === u) return true;
	return v !== CLOSED && contractBreaksTie(input, c, u, v);
}

/**
 * Seats user u at contract c, which must be willing, and returns the user who leaves for it, or −1.
 * O(log seats).
 */
export function admit(input: MatchInput, admission: Admission, c: number, u: number, points: number): number {
	const { seats, held, holderPoints, holderUser } = admission;
	let leaver = -1;
	if (held[c] < seats[c]) {
		const i = held[c]++;
		if (i === holderPoints[c].length) growRoom(admission, c);
		holderPoints[c][i] = points;
		holderUser[c][i] = u;
		if (held[c] < seats[c]) return leaver;
		for (let j = (seats[c] >>> 1) - 1; j >= 0; j--) {
			siftDown(input, admission, c, j, holderPoints[c][j], holderUser[c][j]);
		}
	} else {
		leaver = holderUser[c][0];
		siftDown(input, admission, c, 0, points, u);
	}
	admission.linePoints[c] = holderPoints[c][0];
	admission.lineUser[c] = holderUser[c][0];
	return leaver;
}

function growRoom(admission: Admission, c: number): void {
	const { seats, holderPoints, holderUser } = admission;
	const room = Math.min(seats[c], 2 * holderPoints[c].length);
	const grownPoints = new Int32Array(room);
	const grownUser = new Int32Array(room);
	grownPoints.set(holderPoints[c]);
	grownUser.set(holderUser[c]);
	holderPoints[c] = grownPoints;
	holderUser[c] = grownUser;
}

/** Puts (points, u) at place j of a full contract's heap or below, worse holders moving up. */
function siftDown(
	input: MatchInput,
	admission: Admission,
	c: number,
	j: number,
	points: number,
	u: number,
): void {
	const heapPoints = admission.holderPoints[c];
	const heapUser = admission.holderUser[c];
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
				(rightPoints === childPoints && contractBreaksTie(input, c, heapUser[child], heapUser[right]))
			) {
				child = right;
				childPoints = rightPoints;
			}
		}
		const isChildWorse =
			childPoints < points || (childPoints === points && contractBreaksTie(input, c, u, heapUser[child]));
		if (!isChildWorse) break;
		heapPoints[j] = childPoints;
		heapUser[j] = heapUser[child];
		j = child;
	}
	heapPoints[j] = points;
	heapUser[j] = u;
}
