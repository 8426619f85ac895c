import { leaveCrowd, startWaiting, wishAgain } from '../crowd.ts';
import { AUTO_DROP, NONE, OVER_BUDGET, OVER_BUDGET_NOTE, SUSPENDED, SUSPENDED_NOTE } from '../events.ts';
import { log, withinBounds, type PledgeRun } from '../run-state.ts';

/** Takes pledge k away for lack of budget, because of a pledge by patron `trigger`. */
export function lose(run: PledgeRun, k: number, trigger: number): void {
	const { totals } = run;
	const u = run.data.pledgePatron[k];
	const p = run.data.pledgeProject[k];
	const { policy } = run.levers;
	const state = policy === 'suspend' ? SUSPENDED : policy === 'over-budget' ? OVER_BUDGET : NONE;
	leaveCrowd(run, k, state);
	run.flapFrom[k] = run.day;
	run.lossCount[p]++;
	totals.losses++;
	totals.lostLimitSum = withinBounds(run, totals.lostLimitSum + run.limit[u]);
	totals.triggerLimitSum = withinBounds(run, totals.triggerLimitSum + run.limit[trigger]);
	if (run.hasEverLost[u] === 0) {
		run.hasEverLost[u] = 1;
		totals.patronsEverLost++;
	}

	if (state === NONE) {
		totals.drops++;
		log(run, AUTO_DROP, run.day, u, p);
		wishAgain(run, k);
	} else {
		startWaiting(run, k);
		log(run, state === SUSPENDED ? SUSPENDED_NOTE : OVER_BUDGET_NOTE, run.day, u, p);
	}
}
