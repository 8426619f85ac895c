import { countReturn, enterCrowd, isWaiting, leaveCrowd, stopWaiting } from '../crowd.ts';
import type { PledgeEvents } from '../dataset.ts';
import {
	ACTIVE,
	JOIN,
	LEAVE,
	MONTH_END,
	NONE,
	NOT_LISTED,
	PLEDGE,
	SET_LIMIT,
	UNPLEDGE,
	UNWISH,
	WISH,
	WISHED,
	WISHED_MANUAL,
} from '../events.ts';
import { markPatron, type PledgeRun } from '../run-state.ts';
import { takeLimit } from '../watch.ts';
import { endMonth } from './end-month.ts';

/** Stage 3 of 6. What an accepted event does by itself (spec section 4); who is over is seen to afterwards. */
export function takeEffect(run: PledgeRun, events: PledgeEvents, e: number): void {
	const u = events.patron[e];
	const k = events.pledge[e];
	switch (events.type[e]) {
		case JOIN:
			return join(run, u, events.limit[e]);
		case PLEDGE:
			return pledge(run, k);
		case UNPLEDGE:
			return unpledge(run, k, events.isKept[e] === 1);
		case SET_LIMIT:
			if (events.limit[e] > run.limit[u]) run.hasRelief = true;
			takeLimit(run, u, events.limit[e]);
			return markPatron(run, u);
		case LEAVE:
			return leave(run, u);
		case MONTH_END:
			return endMonth(run);
		case WISH:
			run.wish[k] = WISHED;
			return;
		case UNWISH:
			run.wish[k] = NOT_LISTED;
	}
}

function join(run: PledgeRun, u: number, limit: number): void {
	const isNew = run.joinOrder[u] < 0;
	if (isNew) run.joinOrder[u] = run.joinedCount++;
	run.hasLeft[u] = 0;
	if (!Number.isNaN(limit)) takeLimit(run, u, limit);
	else if (isNew) takeLimit(run, u, run.levers.limitDefault);
}

function pledge(run: PledgeRun, k: number): void {
	if (isWaiting(run, k)) stopWaiting(run, k);
	run.sinceSeq[k] = run.seq;
	run.sinceDay[k] = run.day;
	if (Number.isNaN(run.firstDay[k])) run.firstDay[k] = run.day;
	run.wish[k] = NOT_LISTED;
	enterCrowd(run, k);
	countReturn(run, k);
	run.totals.pledgesAccepted++;
	run.acceptedCount[run.data.pledgeProject[k]]++;
}

function unpledge(run: PledgeRun, k: number, isKept: boolean): void {
	endPledge(run, k);
	if (isKept && run.levers.wishlist && run.wish[k] === NOT_LISTED) run.wish[k] = WISHED_MANUAL;
}

function leave(run: PledgeRun, u: number): void {
	const { patronPledgeStart } = run.data;
	for (let k = patronPledgeStart[u]; k < patronPledgeStart[u + 1]; k++) endPledge(run, k);
	run.hasLeft[u] = 1;
}

/** Ends a pledge by her own act, which also cancels the count of a flap. */
function endPledge(run: PledgeRun, k: number): void {
	if (run.state[k] === ACTIVE) leaveCrowd(run, k, NONE);
	else if (isWaiting(run, k)) {
		stopWaiting(run, k);
		run.state[k] = NONE;
	}
	run.flapFrom[k] = NaN;
}
