import { inputError } from '../../input-error.ts';
import { marketKey, type ReferralDataset } from '../dataset.ts';
import type { BaseRules } from '../rules.ts';

/** Events that do not count, by the first reason that holds. */
export interface Dropped {
	readonly outsideWindow: number;
	/** has not happened yet at the point in time of the run */
	readonly notYet: number;
	readonly withoutReferrer: number;
	readonly otherMarket: number;
}

/** What counts for an edition, and its totals by referrer (spec section 4). */
export interface Counted {
	/** counted events, in order; `k` is an index into it */
	readonly event: Uint32Array;
	readonly dropped: Dropped;
	/** referrers with a counted event, by ascending address */
	readonly board: Int32Array;
	/** per referrer: number of events, seconds, wei */
	readonly referralCount: Uint32Array;
	readonly duration: Float64Array;
	readonly revenue: readonly bigint[];
}

/**
 * Stage 1. Picks the events that count for an edition at a point in time, and adds them up by referrer. Both
 * ends of the window are in it. Throws `run.duration-overflow` where a referrer's seconds stop being exact.
 */
export function events(dataset: ReferralDataset, rules: BaseRules, accurateAsOf: number): Counted {
	const { addresses, markets, eventTime, eventReferrer, eventDuration, eventRevenue, eventMarket } = dataset;
	const own = markets.indexOf(marketKey(rules.subregistryId));
	const first = firstAtLeast(eventTime, rules.startTime);
	const end = firstAtLeast(eventTime, rules.endTime + 1);
	const stop = Math.max(first, Math.min(end, firstAtLeast(eventTime, accurateAsOf + 1)));

	const event = new Uint32Array(stop - first);
	const referralCount = new Uint32Array(addresses.length);
	const duration = new Float64Array(addresses.length);
	const revenue = new Array<bigint>(addresses.length).fill(0n);
	let [count, boardCount, withoutReferrer, otherMarket] = [0, 0, 0, 0];
	for (let e = first; e < stop; e++) {
		const r = eventReferrer[e];
		if (r < 0) withoutReferrer++;
		else if (eventMarket[e] >= 0 && eventMarket[e] !== own) otherMarket++;
		else {
			event[count++] = e;
			if (referralCount[r]++ === 0) boardCount++;
			duration[r] += eventDuration[e];
			if (duration[r] > Number.MAX_SAFE_INTEGER) throw overflow(addresses[r]);
			if (eventRevenue[e] !== 0n) revenue[r] += eventRevenue[e];
		}
	}

	const board = new Int32Array(boardCount);
	for (let r = 0, b = 0; r < addresses.length; r++) if (referralCount[r] > 0) board[b++] = r;
	return {
		event: event.slice(0, count),
		dropped: {
			outsideWindow: first + (eventTime.length - end),
			notYet: end - stop,
			withoutReferrer,
			otherMarket,
		},
		board,
		referralCount,
		duration,
		revenue,
	};
}

/** The first index whose time is at least `time`; the length where none is. */
function firstAtLeast(times: Float64Array, time: number): number {
	let [low, high] = [0, times.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (times[middle] < time) low = middle + 1;
		else high = middle;
	}
	return low;
}

function overflow(address: string): Error {
	return inputError(
		'events',
		`too long: the seconds of ${address} together pass ${Number.MAX_SAFE_INTEGER}; correct the longest of its events`,
		'run.duration-overflow',
	);
}
