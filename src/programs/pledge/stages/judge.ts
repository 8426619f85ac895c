import type { PledgeEvents } from '../dataset.ts';
import {
	ACCEPTED,
	ACTIVE,
	ALREADY_PLEDGED,
	ALREADY_WISHED,
	JOIN,
	LEAVE,
	LIMIT_BELOW_MATCH,
	LIMIT_TOO_LOW,
	NONE,
	NOT_LISTED,
	NOT_PLEDGED,
	NOT_WISHED,
	OVER_OWN_LIMIT,
	PATRON_EXISTS,
	PATRON_LEFT,
	PLEDGE,
	SET_LIMIT,
	UNKNOWN_PATRON,
	UNKNOWN_PROJECT,
	UNPLEDGE,
	UNWISH,
	WISH,
	WISHLIST_OFF,
	WOULD_OVERRUN_OTHERS,
} from '../events.ts';
import { isLimitTooLow, type PledgeRun } from '../run-state.ts';
import { loadOf } from '../watch.ts';

/**
 * Stage 2 of 6. Why an event is refused, the first reason that applies, or `ACCEPTED` (spec section 4).
 * Changes nothing. Cost: O(her pledges).
 */
export function judge(run: PledgeRun, events: PledgeEvents, e: number): number {
	const type = events.type[e];
	const u = events.patron[e];
	const p = events.project[e];
	const k = events.pledge[e];
	const namesProject = type === PLEDGE || type === UNPLEDGE || type === WISH || type === UNWISH;

	if (type === JOIN) return judgeJoin(run, u, events.limit[e]);
	if (namesProject || type === SET_LIMIT || type === LEAVE) {
		if (run.joinOrder[u] < 0) return UNKNOWN_PATRON;
		if (namesProject && p < 0) return UNKNOWN_PROJECT;
	}
	switch (type) {
		case PLEDGE:
			return judgePledge(run, u, p, k);
		case UNPLEDGE:
			return run.state[k] === NONE ? NOT_PLEDGED : ACCEPTED;
		case SET_LIMIT:
			return judgeLimit(run, u, events.limit[e]);
		case LEAVE:
			return run.hasLeft[u] === 1 ? PATRON_LEFT : ACCEPTED;
		case WISH:
			if (run.hasLeft[u] === 1) return PATRON_LEFT;
			if (!run.levers.wishlist) return WISHLIST_OFF;
			if (run.state[k] !== NONE) return ALREADY_PLEDGED;
			return run.wish[k] === NOT_LISTED ? ACCEPTED : ALREADY_WISHED;
		case UNWISH:
			if (!run.levers.wishlist) return WISHLIST_OFF;
			return run.wish[k] === NOT_LISTED ? NOT_WISHED : ACCEPTED;
		default:
			return ACCEPTED;
	}
}

function judgeJoin(run: PledgeRun, u: number, limit: number): number {
	if (run.joinOrder[u] >= 0 && run.hasLeft[u] === 0) return PATRON_EXISTS;
	// without a limit she gets the default or her old one, both of which have been checked
	return !Number.isNaN(limit) && isLimitTooLow(run.levers, limit) ? LIMIT_TOO_LOW : ACCEPTED;
}

function judgePledge(run: PledgeRun, u: number, p: number, k: number): number {
	if (run.hasLeft[u] === 1) return PATRON_LEFT;
	if (run.state[k] === ACTIVE) return ALREADY_PLEDGED;
	if (loadOf(run, u) + run.crowd[p] + 1 > run.room[u]) return OVER_OWN_LIMIT;
	return run.levers.policy === 'manual-refuse' && run.fullCount[p] > 0 ? WOULD_OVERRUN_OTHERS : ACCEPTED;
}

function judgeLimit(run: PledgeRun, u: number, limit: number): number {
	if (run.hasLeft[u] === 1) return PATRON_LEFT;
	if (isLimitTooLow(run.levers, limit)) return LIMIT_TOO_LOW;
	// only a cut is refused: under `manual-flag` a raise may still be below the projection
	const isCut = limit < run.limit[u];
	return isCut && loadOf(run, u) > Math.floor(limit / run.levers.baseRate) ? LIMIT_BELOW_MATCH : ACCEPTED;
}
