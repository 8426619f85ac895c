import { bufferPatrons } from '../arithmetic.ts';
import { closeGaps, countReturn, enterCrowd, stopWaiting } from '../crowd.ts';
import { REINSTATED } from '../events.ts';
import { log, type PledgeRun } from '../run-state.ts';
import { loadOf } from '../watch.ts';

/**
 * Stage 5 of 6. Brings back waiting pledges that have room and harm nobody, in one pass, earliest lost first
 * (spec section 5). Without freed room nothing can have changed for the better since the last pass, and none is
 * made. Cost: O(waiting).
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
		// whoever is full would be harmed by one more patron
		if (run.fullCount[p] > 0 || loadOf(run, u) + crowd + buffer > run.room[u]) continue;

		stopWaiting(run, k);
		enterCrowd(run, k);
		countReturn(run, k);
		totals.reinstatements++;
		log(run, REINSTATED, run.day, u, p);
	}
	closeGaps(run);
}
