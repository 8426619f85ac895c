import { closeGaps, stopWaiting, wishAgain } from '../crowd.ts';
import { EXPIRED, NONE } from '../events.ts';
import { log, type PledgeRun } from '../run-state.ts';

/**
 * Stage 1 of 6. Ends suspensions that have run out by the day of the event at hand, earliest due first, then
 * earliest lost; each is dated its due day (spec section 5). Cost: O(1) and what expires.
 */
export function expire(run: PledgeRun): void {
	if (run.waitingCount === 0 || run.levers.policy !== 'suspend') return;
	const { waiting, waitingSince } = run;
	// days never decrease, so the queue is in order of due days
	for (let w = run.waitingFirst; w < waiting.length; w++) {
		const k = waiting.data[w];
		if (k < 0) continue;
		const dueDay = waitingSince.data[w] + run.levers.expiryDays;
		if (dueDay > run.day) break;
		stopWaiting(run, k);
		run.state[k] = NONE;
		run.totals.drops++;
		run.totals.expiries++;
		log(run, EXPIRED, dueDay, run.data.pledgePatron[k], run.data.pledgeProject[k]);
		wishAgain(run, k);
	}
	closeGaps(run);
}
