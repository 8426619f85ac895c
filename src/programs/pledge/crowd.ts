import { ACTIVE, NOT_LISTED, OVER_BUDGET, SUSPENDED, WISHED_AUTO } from './events.ts';
import { push } from './growing.ts';
import { markPatron, type PledgeRun } from './run-state.ts';
import { lookAt, trip, unwire } from './watch.ts';

const FEW_GAPS = 32;

/** Moves of one pledge in and out of its crowd; each costs O(who has to be looked at because of it). */

/** Counts pledge k in: everybody in the crowd owes b more, she owes the whole new crowd. */
export function enterCrowd(run: PledgeRun, k: number): void {
	const { crowd, member, memberPatron } = run;
	const p = run.data.pledgeProject[k];
	const u = run.data.pledgePatron[k];
	touchProject(run, p);
	const last = run.data.projectRoomStart[p] + crowd[p]++;
	run.newlyOver.length = 0;
	trip(run, run.above, p, run.newlyOver);

	member[last] = k;
	memberPatron[last] = u;
	run.place[k] = last;
	run.state[k] = ACTIVE;
	run.fullCount[p] += run.isFull[u];
	lookAt(run, u);
	markPatron(run, u);
}

/** Takes the active pledge k out of its crowd and leaves it in `state`. */
export function leaveCrowd(run: PledgeRun, k: number, state: number): void {
	const { crowd, member, memberPatron, place } = run;
	const p = run.data.pledgeProject[k];
	const u = run.data.pledgePatron[k];
	touchProject(run, p);
	const last = run.data.projectRoomStart[p] + --crowd[p];
	const free = place[k];

	// the last member takes the free place
	member[free] = member[last];
	memberPatron[free] = memberPatron[last];
	place[member[free]] = free;
	unwire(run, k);
	run.state[k] = state;
	run.fullCount[p] -= run.isFull[u];
	lookAt(run, u);
	trip(run, run.below, p, null);
	run.hasRelief = true;
	markPatron(run, u);
}

function touchProject(run: PledgeRun, p: number): void {
	if (run.touchedAt[p] === run.seq) return;
	run.touchedAt[p] = run.seq;
	push(run.touched, p);
}

/** Counts a flap where pledge k was lost not long ago; call it when k is active again. */
export function countReturn(run: PledgeRun, k: number): void {
	// false for NaN: not lost, or cancelled
	if (run.day - run.flapFrom[k] <= run.levers.flapDays) run.totals.flaps++;
	run.flapFrom[k] = NaN;
}

/** Puts a lost pledge last in the queue of those that may come back. */
export function startWaiting(run: PledgeRun, k: number): void {
	run.waitPlace[k] = run.waiting.length;
	push(run.waiting, k);
	push(run.waitingSince, run.day);
	run.waitingCount++;
	if (run.state[k] === OVER_BUDGET) run.asideCount[run.data.pledgePatron[k]]++;
}

/** Takes a pledge out of the queue, whatever comes next; its state must still be the waiting one. */
export function stopWaiting(run: PledgeRun, k: number): void {
	const u = run.data.pledgePatron[k];
	if (run.state[k] === OVER_BUDGET) run.asideCount[u]--;
	run.waiting.data[run.waitPlace[k]] = -1;
	run.waitPlace[k] = -1;
	run.waitingCount--;
	markPatron(run, u);
}

/** Is a pledge in a state that may come back by itself? */
export function isWaiting(run: PledgeRun, k: number): boolean {
	return run.state[k] === SUSPENDED || run.state[k] === OVER_BUDGET;
}

/** Moves the queue together once most of it is gaps, so that a pass costs what is waiting. Places change. */
export function closeGaps(run: PledgeRun): void {
	const { waiting, waitingSince, waitPlace } = run;
	while (run.waitingFirst < waiting.length && waiting.data[run.waitingFirst] < 0) run.waitingFirst++;
	if (waiting.length - run.waitingFirst <= 2 * run.waitingCount + FEW_GAPS) return;

	let kept = 0;
	for (let w = run.waitingFirst; w < waiting.length; w++) {
		const k = waiting.data[w];
		if (k < 0) continue;
		waiting.data[kept] = k;
		waitingSince.data[kept] = waitingSince.data[w];
		waitPlace[k] = kept++;
	}
	waiting.length = kept;
	waitingSince.length = kept;
	run.waitingFirst = 0;
}

/** Puts a project on its patron’s wish list because the pledge to it is gone; the first reason stays. */
export function wishAgain(run: PledgeRun, k: number): void {
	if (run.levers.wishlist && run.wish[k] === NOT_LISTED) run.wish[k] = WISHED_AUTO;
}
