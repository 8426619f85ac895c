import type { AddProblem } from './check-outcome.ts';
import {
	ACTIVE,
	EXPIRED,
	JOIN,
	LEAVE,
	MONTH_END,
	MONTH_END_DROP,
	NONE,
	OVER_BUDGET,
	PLEDGE,
	REINSTATED,
	SET_LIMIT,
	SUSPENDED,
	UNPLEDGE,
} from './events.ts';
import type { PledgeOutcome } from './outcome.ts';

/** Looks at members of crowds that a replay spends; beyond, only those who lost are looked at. */
const MOST_LOOKS = 3_000_000;

/** The replay’s own state, apart from the outcome’s. */
interface Replay {
	readonly outcome: PledgeOutcome;
	readonly add: AddProblem;
	readonly state: Uint8Array;
	readonly since: Int32Array;
	readonly crowd: Int32Array;
	readonly limit: Float64Array;
	readonly hasJoined: Uint8Array;
	readonly hasLeft: Uint8Array;
	readonly accrued: Float64Array;
	/** pledges ever made to each project, so that a crowd can be listed */
	readonly backers: readonly number[][];
	readonly isListed: Uint8Array;
	looks: number;
	trigger: number;
	loss: number;
	row: number;
	month: number;
}

/**
 * Replays a history by what the outcome says was refused, lost, expired and brought back: every step must be
 * possible, every over list the one that the state of that moment gives, every month what the crowds owe, and the
 * end the outcome’s final state. Decisions themselves are not made again.
 */
export function replayOutcome(outcome: PledgeOutcome, add: AddProblem): void {
	const { data, record } = outcome;
	const replay: Replay = {
		outcome,
		add,
		state: new Uint8Array(outcome.state.length),
		since: new Int32Array(outcome.state.length).fill(-1),
		crowd: new Int32Array(outcome.crowd.length),
		limit: new Float64Array(outcome.limit.length),
		hasJoined: new Uint8Array(outcome.limit.length),
		hasLeft: new Uint8Array(outcome.limit.length),
		accrued: new Float64Array(outcome.limit.length),
		backers: data.projectIds.map(() => []),
		isListed: new Uint8Array(outcome.state.length),
		looks: 0,
		trigger: 0,
		loss: 0,
		row: 0,
		month: 0,
	};
	let refused = 0;
	for (let e = 0; e < outcome.eventCount; e++) {
		replayRows(replay, e, [EXPIRED]);
		if (refused < record.refusedSeq.length && record.refusedSeq.data[refused] === e) {
			refused++;
			continue;
		}
		replayEvent(replay, e);
		replayRows(replay, e, [REINSTATED, MONTH_END_DROP]);
	}
	if (refused < record.refusedSeq.length) add('history', 'a refusal names an event that does not come');
	if (replay.loss < record.lossPledge.length) add('history', 'a loss belongs to no pledge event');
	checkEnd(replay);
}

/** Carries out the log rows of these kinds at event e; rows of other kinds are passed over. */
function replayRows(replay: Replay, e: number, kinds: readonly number[]): void {
	const { data, record } = replay.outcome;
	const isFirst = kinds.includes(EXPIRED);
	while (replay.row < record.logSeq.length && record.logSeq.data[replay.row] === e) {
		const kind = record.logKind.data[replay.row];
		// expiries come first in their event; the rest waits until the event is carried out
		if (isFirst && kind !== EXPIRED) return;
		if (kinds.includes(kind)) {
			const k = pledgeAt(replay, record.logPatron.data[replay.row], record.logProject.data[replay.row]);
			const from = kind === EXPIRED ? SUSPENDED : kind === MONTH_END_DROP ? OVER_BUDGET : -1;
			const isPossible = k >= 0 && (from < 0 ? replay.state[k] > ACTIVE : replay.state[k] === from);
			if (!isPossible)
				replay.add('history', `event ${e}: a pledge of patron ${data.patronIds[record.logPatron.data[replay.row]]} could not expire, return or end`); // prettier-ignore
			else if (kind === REINSTATED) {
				enter(replay, k);
				checkNobodyOver(replay, data.pledgeProject[k], e);
			} else replay.state[k] = NONE;
		}
		replay.row++;
	}
}

function replayEvent(replay: Replay, e: number): void {
	const { data, levers } = replay.outcome;
	const { events } = data;
	const u = events.patron[e];
	const k = events.pledge[e];
	switch (events.type[e]) {
		case JOIN:
			if (!Number.isNaN(events.limit[e])) replay.limit[u] = events.limit[e];
			else if (replay.hasJoined[u] === 0) replay.limit[u] = levers.limitDefault;
			replay.hasJoined[u] = 1;
			replay.hasLeft[u] = 0;
			return;
		case PLEDGE:
			if (k < 0 || replay.state[k] === ACTIVE || replay.hasJoined[u] === 0 || replay.hasLeft[u] === 1) {
				return replay.add('history', `event ${e}: an impossible pledge was accepted`);
			}
			replay.since[k] = e;
			enter(replay, k);
			return replayLosses(replay, e, events.project[e]);
		case UNPLEDGE:
			if (k < 0 || replay.state[k] === NONE) return replay.add('history', `event ${e}: nothing to unpledge`);
			return end(replay, k, NONE);
		case SET_LIMIT:
			replay.limit[u] = events.limit[e];
			return;
		case LEAVE:
			replay.hasLeft[u] = 1;
			for (let of = data.patronPledgeStart[u]; of < data.patronPledgeStart[u + 1]; of++)
				end(replay, of, NONE);
			return;
		case MONTH_END:
			return replayMonth(replay, e);
	}
}

/** Takes away what event e is said to have cost, comparing every over list with the state of its moment. */
function replayLosses(replay: Replay, e: number, p: number): void {
	const { outcome, add } = replay;
	const { data, record, levers } = outcome;
	const isTrigger = replay.trigger < record.triggerSeq.length && record.triggerSeq.data[replay.trigger] === e;
	if (!isTrigger) {
		return checkNobodyOver(replay, p, e);
	}
	const next = replay.trigger + 1;
	const lossEnd =
		next < record.triggerSeq.length ? record.triggerLossStart.data[next] : record.lossPledge.length;
	const after =
		levers.policy === 'suspend' ? SUSPENDED : levers.policy === 'over-budget' ? OVER_BUDGET : NONE;
	if (levers.policy === 'manual-flag') {
		compareOver(
			replay,
			e,
			p,
			record.triggerFlagStart.data[replay.trigger],
			record.triggerFlagCount.data[replay.trigger],
		);
	}
	for (; replay.loss < lossEnd; replay.loss++) {
		const k = record.lossPledge.data[replay.loss];
		compareOver(replay, e, p, record.lossOverStart.data[replay.loss], record.lossOverCount.data[replay.loss]);
		if (!isOverOn(replay, data.pledgePatron[k], p)) {
			add(
				'choices',
				`event ${e}: patron ${data.patronIds[data.pledgePatron[k]]} lost a pledge and was not over`,
			);
		}
		if (replay.state[k] !== ACTIVE) add('choices', `event ${e}: a pledge was lost that was not active`);
		end(replay, k, after);
	}
	replay.trigger++;
	checkNobodyOver(replay, p, e);
}

/** Compares the over list of project p now, oldest first, with `count` patrons kept at `start`. */
function compareOver(replay: Replay, e: number, p: number, start: number, count: number): void {
	if (replay.looks >= MOST_LOOKS) return;
	const { data, record } = replay.outcome;
	const over = overNow(replay, p);
	if (over.length !== count) {
		replay.add('choices', `event ${e}: ${count} patrons were said to be over, ${over.length} were`);
	} else if (start >= 0 && over.some((k, i) => data.pledgePatron[k] !== record.over.data[start + i])) {
		replay.add('choices', `event ${e}: the over list names others than those who were over`);
	}
}

/** Is patron u over, with an active pledge to project p? */
function isOverOn(replay: Replay, u: number, p: number): boolean {
	const k = pledgeAt(replay, u, p);
	return k >= 0 && replay.state[k] === ACTIVE && matchOf(replay, u) > replay.limit[u];
}

function checkNobodyOver(replay: Replay, p: number, e: number): void {
	if (replay.outcome.levers.policy === 'manual-flag' || replay.looks >= MOST_LOOKS) return;
	for (const k of overNow(replay, p)) {
		replay.add('limits', `event ${e}: patron ${replay.outcome.data.patronIds[replay.outcome.data.pledgePatron[k]]} was left over her limit`); // prettier-ignore
	}
}

function overNow(replay: Replay, p: number): number[] {
	const { data } = replay.outcome;
	replay.looks += replay.backers[p].length;
	const over = replay.backers[p].filter(
		(k) =>
			replay.state[k] === ACTIVE &&
			matchOf(replay, data.pledgePatron[k]) > replay.limit[data.pledgePatron[k]],
	);
	return over.sort((a, b) => replay.since[a] - replay.since[b]);
}

function matchOf({ outcome: { data, levers }, state, crowd }: Replay, u: number): number {
	let load = 0;
	for (let k = data.patronPledgeStart[u]; k < data.patronPledgeStart[u + 1]; k++) {
		if (state[k] === ACTIVE) load += crowd[data.pledgeProject[k]];
	}
	return load * levers.baseRate;
}

function replayMonth(replay: Replay, e: number): void {
	const { outcome, crowd, month, add } = replay;
	const { data, levers, record } = outcome;
	if (record.monthSeq.data[month] !== e)
		add('history', `event ${e}: this month end is missing from the months`);
	let matchSum = 0;
	for (let p = 0; p < crowd.length; p++) {
		matchSum += levers.baseRate * crowd[p] * crowd[p];
		if (record.monthCrowd.data[month * crowd.length + p] !== crowd[p]) {
			add('crowds', `month ${month}: project ${data.projectIds[p]} had ${crowd[p]} patrons`);
		}
	}
	let limitSum = 0;
	for (let u = 0; u < replay.limit.length; u++) {
		const match = matchOf(replay, u);
		if (match === 0) continue;
		replay.accrued[u] += match;
		limitSum += replay.limit[u];
		if (match > replay.limit[u] && levers.policy !== 'manual-flag') {
			add('limits', `month ${month}: patron ${data.patronIds[u]} was over her limit`);
		}
	}
	if (record.monthMatchSum.data[month] !== matchSum)
		add('money', `month ${month}: ${matchSum} micros were matched`);
	if (record.monthLimitSum.data[month] !== limitSum)
		add('money', `month ${month}: limits sum to ${limitSum} micros`);
	replay.month++;
}

function checkEnd(replay: Replay): void {
	const { outcome, add } = replay;
	const { data } = outcome;
	for (let k = 0; k < replay.state.length; k++) {
		if (replay.state[k] !== outcome.state[k]) {
			add('history', `the pledge of patron ${data.patronIds[data.pledgePatron[k]]} to ${data.projectIds[data.pledgeProject[k]]} ends in another state than its history`); // prettier-ignore
		}
	}
	for (let u = 0; u < replay.limit.length; u++) {
		const id = data.patronIds[u];
		if (replay.limit[u] !== outcome.limit[u])
			add('history', `patron ${id} ends with another limit than her history`);
		if (replay.accrued[u] !== outcome.paidBy[u] + outcome.balance[u]) {
			add('money', `patron ${id} was to give ${replay.accrued[u]}, paid ${outcome.paidBy[u]} and owes ${outcome.balance[u]} micros`); // prettier-ignore
		}
	}
	if (replay.month !== outcome.monthCount)
		add('history', `${replay.month} months ended, not ${outcome.monthCount}`);
}

function enter(replay: Replay, k: number): void {
	const { data } = replay.outcome;
	const p = data.pledgeProject[k];
	replay.crowd[p]++;
	replay.state[k] = ACTIVE;
	// an entry stays for good, so that each pledge stands once
	if (replay.isListed[k] === 0) replay.backers[p].push(k);
	replay.isListed[k] = 1;
}

function end(replay: Replay, k: number, state: number): void {
	if (replay.state[k] === ACTIVE) replay.crowd[replay.outcome.data.pledgeProject[k]]--;
	replay.state[k] = state;
}

function pledgeAt({ outcome: { data } }: Replay, u: number, p: number): number {
	for (let k = data.patronPledgeStart[u]; k < data.patronPledgeStart[u + 1]; k++) {
		if (data.pledgeProject[k] === p) return k;
	}
	return -1;
}
