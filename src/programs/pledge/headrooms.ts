import type { PledgeOutcome } from './outcome.ts';

/** The part of an outcome that a staircase reads. */
type Crowds = Pick<PledgeOutcome, 'data' | 'load' | 'room' | 'state'>;

/**
 * For each patron of project p, how many more newcomers she can bear before she is over, ascending: the staircase
 * of headrooms. Newcomers are taken to pledge to p alone, one by one, with nobody dropped between.
 */
export function headroomsOf({ data, load, room, state }: Crowds, p: number): Float64Array {
	const slack: number[] = [];
	for (let k = 0; k < state.length; k++) {
		if (state[k] !== 1 || data.pledgeProject[k] !== p) continue;
		const u = data.pledgePatron[k];
		slack.push(room[u] - load[u]);
	}
	return Float64Array.from(slack).sort();
}

/** How many newcomers project p can gain before the next one puts somebody over; Infinity for an empty crowd. */
export function growthBeforeLoss(crowds: Crowds, p: number): number {
	const [least] = headroomsOf(crowds, p);
	return least === undefined ? Infinity : least < 0 ? 0 : least;
}

/** How many patrons `newcomers` more would put over, by headrooms ascending. */
export function overAfter(headrooms: Float64Array, newcomers: number): number {
	let count = 0;
	while (count < headrooms.length && headrooms[count] < newcomers) count++;
	return count;
}
