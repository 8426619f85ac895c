import { OVER_LIMIT, WARNING } from '../events.ts';
import { log, withinBounds, type PledgeRun } from '../run-state.ts';

/**
 * Stage 6 of 6. Sends danger-zone and over-limit notices at the end of an accepted event, patrons in order of
 * joining, `warning` before `overLimit` (spec section 8). Only patrons of crowds that changed in size, and those
 * whose own pledges or limit changed, are looked at. Cost: O(those crowds).
 */
export function notify(run: PledgeRun): void {
	const { baseRate, warnRepeat, policy } = run.levers;
	const isFlagging = policy === 'manual-flag';
	const changed: number[] = [];
	for (let i = 0; i < run.touched.length; i++) {
		const p = run.touched.data[i];
		withinBounds(run, baseRate * run.crowd[p] * run.crowd[p]);
		if (run.crowd[p] === run.crowdBefore[p]) continue;
		const start = run.data.projectRoomStart[p];
		const end = start + run.crowd[p];
		for (let m = start; m < end; m++) {
			if (hasChanged(run, run.memberPatron[m], isFlagging)) changed.push(run.memberPatron[m]);
		}
	}
	for (let i = 0; i < run.marked.length; i++) {
		if (hasChanged(run, run.marked.data[i], isFlagging)) changed.push(run.marked.data[i]);
	}
	if (changed.length > 1) changed.sort((a, b) => run.joinOrder[a] - run.joinOrder[b]);

	for (const u of changed) {
		// someone met twice is up to date the second time
		const isInZone = zoneNow(run, u);
		if (isInZone !== run.isInZone[u]) {
			run.isInZone[u] = isInZone;
			const isDue = warnRepeat === 'entry' || run.warnedMonth[u] !== run.month;
			if (isInZone === 1 && isDue) {
				run.warnedMonth[u] = run.month;
				log(run, WARNING, run.day, u, -1);
			}
		}
		const isOver = overNow(run, u);
		if (isFlagging && isOver !== run.isOver[u]) {
			run.isOver[u] = isOver;
			if (isOver === 1) log(run, OVER_LIMIT, run.day, u, -1);
		}
	}
}

function hasChanged(run: PledgeRun, u: number, isFlagging: boolean): boolean {
	return zoneNow(run, u) !== run.isInZone[u] || (isFlagging && overNow(run, u) !== run.isOver[u]);
}

/** With an active pledge and little room left; or with a pledge set aside. */
function zoneNow(run: PledgeRun, u: number): number {
	return run.load[u] >= run.zone[u] || run.asideCount[u] > 0 ? 1 : 0;
}

function overNow(run: PledgeRun, u: number): number {
	return run.load[u] > run.room[u] ? 1 : 0;
}
