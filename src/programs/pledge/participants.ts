import type { Participants } from '../report.ts';
import { ACTIVE, OVER_BUDGET, SUSPENDED } from './events.ts';
import type { PledgeOutcome } from './outcome.ts';

const LEFT = 0;
const NO_PLEDGE = 1;
const WAITING = 2;
const NEAR = 3;
const FINE = 4;
const STATES = ['left', 'no active pledge', 'pledge set aside', 'near her limit', 'room to spare'];

/** Bands of limits in micros, upper ends included. */
const BANDS: readonly (readonly [string, number])[] = [
	['limit up to $5', 5_000_000],
	['limit $5–10', 10_000_000],
	['limit $10–20', 20_000_000],
	['limit $20–50', 50_000_000],
	['limit above $50', Infinity],
];

/** The patrons who ever joined, in order of joining: their state, their limit’s band and whom they back. */
export function participantsOf(outcome: PledgeOutcome): Participants {
	const { data, state, joinOrder } = outcome;
	const patrons = data.patronIds.map((_, u) => u).filter((u) => joinOrder[u] >= 0);
	patrons.sort((a, b) => joinOrder[a] - joinOrder[b]);
	const itemStart = new Uint32Array(patrons.length + 1);
	const item: number[] = [];
	patrons.forEach((u, i) => {
		for (let k = data.patronPledgeStart[u]; k < data.patronPledgeStart[u + 1]; k++) {
			if (state[k] === ACTIVE) item.push(data.pledgeProject[k]);
		}
		itemStart[i + 1] = item.length;
	});
	return {
		noun: ['patron', 'patrons'],
		ids: patrons.map((u) => data.patronIds[u]),
		group: Int32Array.from(patrons, (u) => BANDS.findIndex(([, upTo]) => outcome.limit[u] <= upTo)),
		groups: BANDS.map(([label]) => label),
		state: Uint8Array.from(patrons, (u) => stateOf(outcome, u)),
		states: STATES,
		itemStart,
		item: Uint32Array.from(item),
		items: data.projectIds,
		itemNoun: ['pledge', 'pledges'],
		subjectKinds: ['patron', 'project'],
		itemKind: new Uint8Array(data.projectIds.length),
		itemKinds: ['pledge'],
		value: Float64Array.from(patrons, (u) => outcome.paidBy[u]),
		valueUnit: 'micros',
	};
}

function stateOf({ data, state, hasLeft, load, isInZone }: PledgeOutcome, u: number): number {
	if (hasLeft[u] === 1) return LEFT;
	for (let k = data.patronPledgeStart[u]; k < data.patronPledgeStart[u + 1]; k++) {
		if (state[k] === SUSPENDED || state[k] === OVER_BUDGET) return WAITING;
	}
	if (load[u] === 0) return NO_PLEDGE;
	return isInZone[u] === 1 ? NEAR : FINE;
}
