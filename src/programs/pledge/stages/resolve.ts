import { ACTIVE } from '../events.ts';
import { push } from '../growing.ts';
import type { PledgeRun } from '../run-state.ts';
import { loadOf } from '../watch.ts';
import { chooseAnyPledge, choosePatron, chooseSmallest } from './choose.ts';
import { lose } from './lose.ts';

const NOBODY = new Int32Array(0);

/** Most ids of over lists that a run keeps; a loss beyond keeps its count only. */
const MOST_OVER_IDS = 4_000_000;

/**
 * Stage 4 of 6. After an accepted pledge to project p by patron u: takes pledges away until nobody in the crowd
 * of p is over (spec section 5). Nobody else can have come over, and each later over list is the one before
 * without who was chosen and who fits again (section 6). Cost: O(over lists).
 */
export function resolve(run: PledgeRun, p: number, u: number): void {
	const { totals, record } = run;
	const over = overList(run, p);
	let count = over.length;
	let rounds = 1;

	if (count > 0) {
		push(record.triggerSeq, run.seq);
		push(record.triggerProject, p);
		push(record.triggerLossStart, record.lossPledge.length);
		push(record.triggerFlagCount, run.pick === null ? count : 0);
		push(record.triggerFlagStart, run.pick === null ? keepOver(run, over, count) : -1);
		while (count > 0 && run.pick !== null) {
			const chosen = choosePatron(run, over, count, p);
			const lost = lostPledge(run, chosen, p);
			push(record.lossPledge, lost);
			push(record.lossIsNeedless, 0);
			push(record.lossOverCount, count);
			push(record.lossOverStart, keepOver(run, over, count));
			lose(run, lost, u);
			if (run.data.pledgeProject[lost] !== p) totals.collateralLosses++;
			count = stillOver(run, over, count);
			rounds++;
		}
		push(record.triggerRounds, rounds);
	}
	totals.rounds += rounds;
	if (rounds > totals.roundsMax) totals.roundsMax = rounds;
}

/**
 * Active pledges to p whose patrons are over, oldest first. Between events nobody is, except under `manual-flag`,
 * so that these are the ones whom this growth put over, and there also those who were before.
 */
function overList(run: PledgeRun, p: number): Int32Array {
	const { member, memberPatron, isOver, newlyOver, sinceSeq } = run;
	if (newlyOver.length === 0 && run.overCount === 0) return NOBODY;
	const found = Array.from(newlyOver.data.subarray(0, newlyOver.length));
	if (run.overCount > 0) {
		const start = run.data.projectRoomStart[p];
		const end = start + run.crowd[p];
		for (let i = start; i < end; i++) if (isOver[memberPatron[i]] === 1) found.push(member[i]);
	}
	// events that make pledges are all different, so ages are too
	found.sort((a, b) => sinceSeq[a] - sinceSeq[b]);
	return Int32Array.from(found);
}

/** Keeps in place what is still active and over; returns how many that are. */
function stillOver(run: PledgeRun, over: Int32Array, count: number): number {
	let kept = 0;
	for (let i = 0; i < count; i++) {
		const j = run.data.pledgePatron[over[i]];
		if (run.state[over[i]] === ACTIVE && loadOf(run, j) > run.room[j]) over[kept++] = over[i];
	}
	return kept;
}

/** Notes the patrons of an over list; gives where it starts, -1 where memory is spent. */
function keepOver(run: PledgeRun, over: Int32Array, count: number): number {
	const list = run.record.over;
	if (list.length + count > MOST_OVER_IDS) return -1;
	const start = list.length;
	for (let i = 0; i < count; i++) push(list, run.data.pledgePatron[over[i]]);
	return start;
}

/** Which pledge of the chosen one goes; `chosen` is hers to p. */
function lostPledge(run: PledgeRun, chosen: number, p: number): number {
	const u = run.data.pledgePatron[chosen];
	switch (run.levers.policy) {
		case 'favour-bigger':
			return chooseSmallest(run, u, p);
		case 'drop-random-any':
			return chooseAnyPledge(run, u);
		default:
			return chosen;
	}
}
