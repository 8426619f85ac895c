import type { PledgeDataset, PledgeEvents } from './dataset.ts';
import { ACCEPTED, ACTIVE, MONTH_END, PLEDGE } from './events.ts';
import { push } from './growing.ts';
import type { PledgeLevers } from './levers.ts';
import { startRun, type PledgeRun } from './run-state.ts';
import { expire } from './stages/expire.ts';
import { judge } from './stages/judge.ts';
import { notify } from './stages/notify.ts';
import { reinstate } from './stages/reinstate.ts';
import { resolve } from './stages/resolve.ts';
import { takeEffect } from './stages/take-effect.ts';
import { loadOf } from './watch.ts';

/** Told from time to time how many events are done. */
export type OnEvents = (done: number) => void;

/** Events between two reports of progress. */
const PROGRESS_EVERY = 2048;

/**
 * Runs the first `eventCount` events (all when left out) of a history. The same as stepping through them one by
 * one. Cost: for each pledge the patrons it may take over a threshold, O(active pledges + patrons) for each month end.
 */
export function simulate(
	data: PledgeDataset,
	levers: PledgeLevers,
	eventCount = data.events.type.length,
	onEvents?: OnEvents,
): PledgeRun {
	const run = startRun(data, levers);
	for (let e = 0; e < eventCount; e++) {
		if (onEvents && e % PROGRESS_EVERY === 0) onEvents(e);
		step(run, data.events, e);
	}
	return run;
}

/** Carries out row e of `events` as event number `seq`: the six stages in order, two for one that is refused. */
export function step(run: PledgeRun, events: PledgeEvents, e: number, seq = e): void {
	run.seq = seq;
	run.day = events.day[e];
	run.touched.length = 0;
	run.marked.length = 0;
	run.hasRelief = false;
	run.lossStart = run.record.lossPledge.length;

	expire(run);
	const verdict = judge(run, events, e);
	if (verdict !== ACCEPTED) {
		push(run.record.refusedSeq, seq);
		push(run.record.refusedCode, verdict);
		return;
	}
	takeEffect(run, events, e);
	if (events.type[e] === PLEDGE) resolve(run, events.project[e], events.patron[e]);
	reinstate(run);
	notify(run);
	countNeedless(run);
	if (events.type[e] === MONTH_END) run.month++;
}

/** Marks losses of this event that their patrons could take back at its end. */
function countNeedless(run: PledgeRun): void {
	const { lossPledge, lossIsNeedless } = run.record;
	for (let i = run.lossStart; i < lossPledge.length; i++) {
		const k = lossPledge.data[i];
		const u = run.data.pledgePatron[k];
		if (run.state[k] === ACTIVE) continue;
		if (loadOf(run, u) + run.crowd[run.data.pledgeProject[k]] + 1 > run.room[u]) continue;
		lossIsNeedless.data[i] = 1;
		run.totals.needlessLosses++;
	}
}
