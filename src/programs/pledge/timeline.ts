import type { PledgeDataset } from './dataset.ts';
import type { PledgeLevers } from './levers.ts';
import { startRun, type PledgeRun } from './run-state.ts';
import { step, type OnEvents } from './simulate.ts';

/** Snapshots of a run: crowds and counts so far, at the end of each day or after each event. */
export interface Timeline {
	/** what x counts: days, or events where a history is short */
	readonly isByDay: boolean;
	readonly x: Float64Array;
	/** by snapshot and project: `i · projects + p` */
	readonly crowd: Float64Array;
	readonly losses: Float64Array;
	readonly returns: Float64Array;
	/** snapshots at which a month ended, and events that cost somebody a pledge */
	readonly monthEnds: readonly number[];
	readonly triggers: readonly number[];
}

/** Histories up to this many events are shown event by event. */
const SHORT = 400;
const MOST_SNAPSHOTS = 1200;
const PROGRESS_EVERY = 2048;

/** Runs a history and takes snapshots on the way; long ones are thinned evenly. */
export function simulateWithTimeline(
	data: PledgeDataset,
	levers: PledgeLevers,
	onEvents?: OnEvents,
): { run: PledgeRun; timeline: Timeline } {
	const { day } = data.events;
	const count = day.length;
	const isByDay = count > SHORT;
	const wanted = new Uint8Array(count);
	let dayCount = 0;
	for (let e = 0; e < count; e++) if (e + 1 === count || day[e + 1] !== day[e]) dayCount++;
	const every = isByDay ? Math.ceil(dayCount / MOST_SNAPSHOTS) : 1;
	for (let e = 0, i = 0; e < count; e++) {
		const isDayEnd = e + 1 === count || day[e + 1] !== day[e];
		if (!isByDay || (isDayEnd && i++ % every === 0) || e + 1 === count) wanted[e] = 1;
	}

	const run = startRun(data, levers);
	const x: number[] = [];
	const crowd: number[] = [];
	const losses: number[] = [];
	const returns: number[] = [];
	const monthEnds: number[] = [];
	const triggers: number[] = [];
	let month = 0;
	let lossCount = 0;
	for (let e = 0; e < count; e++) {
		if (onEvents && e % PROGRESS_EVERY === 0) onEvents(e);
		step(run, data.events, e);
		const at = isByDay ? day[e] : e;
		if (run.month > month) monthEnds.push(at);
		if (run.totals.losses > lossCount && triggers[triggers.length - 1] !== at) triggers.push(at);
		month = run.month;
		lossCount = run.totals.losses;
		if (wanted[e] === 0) continue;
		x.push(at);
		for (const size of run.crowd) crowd.push(size);
		losses.push(run.totals.losses);
		returns.push(run.totals.reinstatements);
	}
	const timeline = {
		isByDay,
		x: Float64Array.from(x),
		crowd: Float64Array.from(crowd),
		losses: Float64Array.from(losses),
		returns: Float64Array.from(returns),
		monthEnds,
		triggers,
	};
	return { run, timeline };
}
