import { OVER_LIMIT, WARNING } from '../events.ts';
import { log, withinBounds, type PledgeRun } from '../run-state.ts';
import { loadOf } from '../watch.ts';

/**
 * Stage 6 of 6. Sends danger-zone and over-limit notices at the end of an accepted event, patrons in order of
 * joining, `warning` before `overLimit` (spec section 8). Only patrons whose own pledges or limit changed, and those
 * whom a change of a crowd took over a threshold, are looked at. Cost: O(those patrons).
 */
export function notify(run: PledgeRun): void {
	const { baseRate, warnRepeat, policy } = run.levers;
	const isFlagging = policy === 'manual-flag';
	for (let i = 0; i < run.touched.length; i++) {
		const size = run.crowd[run.touched.data[i]];
		withinBounds(run, baseRate * size * size);
	}
	const marked = run.marked.data.subarray(0, run.marked.length);
	if (marked.length > 1) marked.sort((a, b) => run.joinOrder[a] - run.joinOrder[b]);

	for (const u of marked) {
		const load = loadOf(run, u);
		// with an active pledge and little room left, or with a pledge set aside
		const isInZone = load >= run.zone[u] || run.asideCount[u] > 0 ? 1 : 0;
		if (isInZone !== run.isInZone[u]) {
			run.isInZone[u] = isInZone;
			const isDue = warnRepeat === 'entry' || run.warnedMonth[u] !== run.month;
			if (isInZone === 1 && isDue) {
				run.warnedMonth[u] = run.month;
				log(run, WARNING, run.day, u, -1);
			}
		}
		const isOver = load > run.room[u] ? 1 : 0;
		if (isOver !== run.isOver[u]) {
			run.isOver[u] = isOver;
			run.overCount += isOver === 1 ? 1 : -1;
			if (isOver === 1 && isFlagging) log(run, OVER_LIMIT, run.day, u, -1);
		}
	}
}
