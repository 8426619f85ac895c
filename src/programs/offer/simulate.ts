import type { OnStage } from '../program.ts';
import { applyEvent } from './apply-event.ts';
import type { OfferDataset } from './dataset.ts';
import type { RefusalCode } from './events.ts';
import type { OfferRules } from './rules.ts';
import type { OfferOutcome, ProbeReading } from './outcome.ts';
import { expire } from './stages/expire.ts';
import { resolve } from './stages/resolve.ts';
import { makeState, userAvailable, type OfferState } from './state.ts';

/** Told of the state after each event, refused ones too: for tests that watch every step. */
export type OnStep = (state: OfferState) => void;

/**
 * Replays a timeline: resolve → grant → consume → expire, event by event in order of instants, equal ones in the
 * order of the file. O(n log n) for n events.
 */
export function simulate(
	dataset: OfferDataset,
	rules: OfferRules,
	onStage: OnStage = () => {},
	onStep: OnStep = () => {},
): OfferOutcome {
	// prettier-ignore
	const { events, start, end } = dataset;
	onStage('sort', 0);
	const order = Array.from(events, (_, e) => e);
	order.sort((a, b) => events[a].at - events[b].at || a - b);
	const probeOrder = Array.from(dataset.probes, (_, p) => p);
	probeOrder.sort((a, b) => dataset.probes[a].at - dataset.probes[b].at || a - b);

	const state = makeState(rules, start);
	const probes = new Array<ProbeReading>(probeOrder.length);
	const refused: { index: number; code: RefusalCode }[] = dataset.refusedIndex.map((index, r) => ({
		index,
		code: dataset.refusedCode[r],
	}));
	let nextProbe = 0;
	const readProbesBefore = (at: number) => {
		for (; nextProbe < probeOrder.length && dataset.probes[probeOrder[nextProbe]].at < at; nextProbe++) {
			const { at: probeAt, users } = dataset.probes[probeOrder[nextProbe]];
			expire(state, probeAt);
			probes[probeOrder[nextProbe]] = readState(state, users);
		}
	};

	for (let n = 0; n < order.length; n++) {
		if (n % 4096 === 0) onStage('replay', n / order.length);
		const event = events[order[n]];
		readProbesBefore(event.at);
		if (event.at > state.clock || n === 0) expire(state, event.at);
		const code = applyEvent(state, event);
		if (code !== null) refused.push({ index: dataset.eventIndex[order[n]], code });
		onStep(state);
	}
	readProbesBefore(Infinity);
	expire(state, end);

	refused.sort((a, b) => a.index - b.index);
	return { start, end, state, refused, probes };
}

function readState(state: OfferState, users: readonly string[]): ProbeReading {
	return {
		at: state.clock,
		withoutLink: resolve(state.current, false),
		withLink: resolve(state.current, true),
		earnedCents: state.earnedCents,
		usedCents: state.usedCents,
		expiredCents: state.expiredCents,
		users,
		availableCents: users.map((id) => {
			const u = state.userByName.get(id);
			return u === undefined ? null : userAvailable(state, u);
		}),
	};
}
