import { bufferPatrons } from '../arithmetic.ts';
import { closeGaps, countReturn, enterCrowd, stopWaiting } from '../crowd.ts';
import { ACTIVE, REINSTATED } from '../events.ts';
import { log, type PledgeRun } from '../run-state.ts';

/**
 * Stage 5 of 6. Brings back waiting pledges that have room and harm nobody, in one pass, earliest lost first
 * (spec section 5). Without freed room nothing can have changed for the better since the last pass, and none is
 * made. Cost: O(waiting) and O(crowd) for each project whose tightest patron changed.
 */
export function reinstate(run: PledgeRun): void {
	if (run.waitingCount === 0 || !run.hasRelief) return;
	const { levers, waiting, totals } = run;
	const isSuspend = levers.policy === 'suspend';
	for (let w = run.waitingFirst; w < waiting.length; w++) {
		const k = waiting.data[w];
		if (k < 0) continue;
		const u = run.data.pledgePatron[k];
		const p = run.data.pledgeProject[k];
		const crowd = run.crowd[p] + 1;
		const buffer = isSuspend ? bufferPatrons(crowd, levers.buffer) : 0;
		if (run.load[u] + crowd + buffer > run.room[u] || wouldHarm(run, p)) continue;

		stopWaiting(run, k);
		enterCrowd(run, k);
		countReturn(run, k);
		totals.reinstatements++;
		log(run, REINSTATED, run.day, u, p);
	}
	closeGaps(run);
}

/** Would one more patron of p put any other active one over? */
function wouldHarm(run: PledgeRun, p: number): boolean {
	const { load, room, memberPatron, member, tightest } = run;
	const start = run.data.projectRoomStart[p];
	const end = start + run.crowd[p];

	// whoever stood in the way last time mostly still does
	const known = tightest[p];
	if (known >= 0 && run.state[known] === ACTIVE) {
		const j = run.data.pledgePatron[known];
		if (load[j] + 1 > room[j]) return true;
	}
	for (let i = start; i < end; i++) {
		const j = memberPatron[i];
		if (load[j] + 1 > room[j]) {
			tightest[p] = member[i];
			return true;
		}
	}
	return false;
}
