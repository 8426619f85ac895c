import { floorShare } from '#engine/share.ts';
import { uniform } from '#engine/random.ts';
import type { PledgeDataset, PledgeEvents } from './dataset.ts';
import {
	ACCEPTED,
	AUTO_DROP,
	OVER_BUDGET_NOTE,
	PLEDGE,
	SET_LIMIT,
	SUSPENDED_NOTE,
	WARNING,
} from './events.ts';
import { makeInts, makeNumbers, push, type Ints, type Numbers } from './growing.ts';
import { MOST_MICROS, type PledgeLevers } from './levers.ts';
import { startRun, type PledgeRun } from './run-state.ts';
import { judge } from './stages/judge.ts';
import { step, type OnEvents } from './simulate.ts';

/** What people do about warnings and losses (spec section 18). */
export interface Answers {
	readonly seed: number;
	/** chance that a warned patron raises her limit, and that one who returns raises it first */
	readonly raiseProbability: number;
	readonly raiseFactor: number;
	/** chance that a patron who lost a pledge makes it again, if it fits then */
	readonly returnProbability: number;
	/** days until an answer, at least 1 */
	readonly answerDays: number;
}

const RAISE = 48;
const RETURN = 49;

/** Events that grow as answers are given. */
interface GrowingEvents {
	readonly type: Ints;
	readonly day: Numbers;
	readonly patron: Ints;
	readonly project: Ints;
	readonly pledge: Ints;
	readonly limit: Numbers;
	readonly isKept: Ints;
}

/** Answers decided on, first decided first; their days never decrease, since all wait equally long. */
interface Queue {
	readonly day: Numbers;
	readonly patron: Ints;
	/** the pledge to make again, -1 for a raise alone */
	readonly pledge: Ints;
	readonly isRaise: Ints;
	next: number;
}

/**
 * Runs a history in which people answer: answers of a day come after its other events, in the order they were
 * decided, and answers due after the last day are not given. A return is an event only where it fits. The events
 * carried out, answers included, are `run.data.events` and replay to the same result.
 */
export function simulateAnswers(
	data: PledgeDataset,
	levers: PledgeLevers,
	answers: Answers,
	onEvents?: OnEvents,
): PledgeRun {
	const base = data.events;
	const count = base.type.length;
	const lastDay = count > 0 ? base.day[count - 1] : 0;
	const run = startRun(data, levers);
	const done: GrowingEvents = {
		type: makeInts(), day: makeNumbers(), patron: makeInts(), project: makeInts(), pledge: makeInts(),
		limit: makeNumbers(), isKept: makeInts(),
	}; // prettier-ignore
	const queue: Queue = {
		day: makeNumbers(),
		patron: makeInts(),
		pledge: makeInts(),
		isRaise: makeInts(),
		next: 0,
	};
	// one event at a time, so that stages see columns of one row
	const one: PledgeEvents = {
		type: new Uint8Array(1), day: new Float64Array(1), patron: new Int32Array(1), project: new Int32Array(1),
		pledge: new Int32Array(1), limit: new Float64Array(1), isKept: new Uint8Array(1),
	}; // prettier-ignore

	for (let e = 0; e <= count; e++) {
		if (onEvents && e % 2048 === 0) onEvents(e);
		// answers due before the day of the next event come first
		const until = e < count ? base.day[e] : lastDay + 1;
		while (queue.next < queue.day.length && queue.day.data[queue.next] < until) giveAnswer();
		if (e === count) break;
		one.type[0] = base.type[e];
		one.day[0] = base.day[e];
		one.patron[0] = base.patron[e];
		one.project[0] = base.project[e];
		one.pledge[0] = base.pledge[e];
		one.limit[0] = base.limit[e];
		one.isKept[0] = base.isKept[e];
		carryOut();
	}
	return { ...run, data: { ...data, events: taken(done) } };

	function giveAnswer(): void {
		const i = queue.next++;
		const u = queue.patron.data[i];
		const k = queue.pledge.data[i];
		one.day[0] = queue.day.data[i];
		one.patron[0] = u;
		one.isKept[0] = 0;
		if (run.hasLeft[u] === 1) return;
		if (queue.isRaise.data[i] === 1) {
			const raised = floorShare(run.limit[u], answers.raiseFactor);
			one.type[0] = SET_LIMIT;
			one.project[0] = -1;
			one.pledge[0] = -1;
			one.limit[0] = raised < MOST_MICROS ? raised : MOST_MICROS;
			carryOut();
		}
		if (k < 0) return;
		one.type[0] = PLEDGE;
		one.project[0] = data.pledgeProject[k];
		one.pledge[0] = k;
		one.limit[0] = NaN;
		if (judge(run, one, 0) === ACCEPTED) carryOut();
	}

	function carryOut(): void {
		const firstRow = run.record.logSeq.length;
		const seq = done.type.length;
		push(done.type, one.type[0]);
		push(done.day, one.day[0]);
		push(done.patron, one.patron[0]);
		push(done.project, one.project[0]);
		push(done.pledge, one.pledge[0]);
		push(done.limit, one.limit[0]);
		push(done.isKept, one.isKept[0]);
		step(run, one, 0, seq);
		for (let row = firstRow; row < run.record.logSeq.length; row++) decide(row);
	}

	/** Does the patron of this log row answer it? */
	function decide(row: number): void {
		const kind = run.record.logKind.data[row];
		const u = run.record.logPatron.data[row];
		const p = run.record.logProject.data[row];
		const chance = (purpose: number) => uniform(answers.seed, purpose, data.patronKey[u], run.seq);
		if (kind === WARNING) {
			if (chance(RAISE) < answers.raiseProbability) enqueue(u, -1, 1);
		} else if (kind === AUTO_DROP || kind === SUSPENDED_NOTE || kind === OVER_BUDGET_NOTE) {
			// the project tells several losses of one event apart, and a loss from a warning
			if (chance(RETURN + 256 * p) >= answers.returnProbability) return;
			enqueue(u, pledgeOf(u, p), chance(RAISE + 256 * (p + 1)) < answers.raiseProbability ? 1 : 0);
		}
	}

	function enqueue(u: number, k: number, isRaise: number): void {
		push(queue.day, run.day + answers.answerDays);
		push(queue.patron, u);
		push(queue.pledge, k);
		push(queue.isRaise, isRaise);
	}

	function pledgeOf(u: number, p: number): number {
		let k = data.patronPledgeStart[u];
		while (data.pledgeProject[k] !== p) k++;
		return k;
	}
}

function taken(events: GrowingEvents): PledgeEvents {
	return {
		type: Uint8Array.from(events.type.data.subarray(0, events.type.length)),
		day: Float64Array.from(events.day.data.subarray(0, events.day.length)),
		patron: Int32Array.from(events.patron.data.subarray(0, events.patron.length)),
		project: Int32Array.from(events.project.data.subarray(0, events.project.length)),
		pledge: Int32Array.from(events.pledge.data.subarray(0, events.pledge.length)),
		limit: Float64Array.from(events.limit.data.subarray(0, events.limit.length)),
		isKept: Uint8Array.from(events.isKept.data.subarray(0, events.isKept.length)),
	};
}
