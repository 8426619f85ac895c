import { threefry } from '#engine/random.ts';
import { inputError } from '../../input-error.ts';
import { ACTIVE } from '../events.ts';
import type { PledgeRun } from '../run-state.ts';

/** Random choices and the rules that need none (spec sections 5 and 9). Each costs O(candidates). */

const PATRON_PURPOSE = 41;
const PROJECT_PURPOSE = 42;

/**
 * Which of the first `count` pledges of an over list goes: the youngest, the oldest, or the one whose patron
 * draws the smallest word; equal words: the older pledge. The list is in order of age, oldest first.
 */
export function choosePatron(run: PledgeRun, over: Int32Array, count: number, p: number): number {
	if (run.pick === 'newest') return over[count - 1];
	if (run.pick === 'oldest' || count === 1) return over[0];
	if (run.data.draws !== null) return over[nextDraw(run) % count];

	let best = over[0];
	let least = Infinity;
	for (let i = 0; i < count; i++) {
		const word = luck(run, PATRON_PURPOSE, p, run.data.pledgePatron[over[i]]);
		if (word < least) {
			least = word;
			best = over[i];
		}
	}
	return best;
}

/** A random one of a patron’s active pledges; equal words: the earlier project. */
export function chooseAnyPledge(run: PledgeRun, u: number): number {
	const { patronPledgeStart, pledgeProject } = run.data;
	const first = patronPledgeStart[u];
	const end = patronPledgeStart[u + 1];
	let count = 0;
	for (let k = first; k < end; k++) if (run.state[k] === ACTIVE) count++;
	const isScripted = count > 1 && run.data.draws !== null;
	let toSkip = isScripted ? nextDraw(run) % count : 0;

	let best = -1;
	let least = Infinity;
	for (let k = first; k < end; k++) {
		if (run.state[k] !== ACTIVE) continue;
		if (isScripted) {
			if (toSkip-- === 0) return k;
			continue;
		}
		const word = luck(run, PROJECT_PURPOSE, pledgeProject[k], u);
		if (word < least) {
			least = word;
			best = k;
		}
	}
	return best;
}

/** A patron’s pledge to her smallest project; equal sizes: the one to p, else the youngest. */
export function chooseSmallest(run: PledgeRun, u: number, p: number): number {
	const { patronPledgeStart, pledgeProject } = run.data;
	let best = -1;
	for (let k = patronPledgeStart[u]; k < patronPledgeStart[u + 1]; k++) {
		if (run.state[k] !== ACTIVE) continue;
		if (best < 0) {
			best = k;
			continue;
		}
		const difference = run.crowd[pledgeProject[k]] - run.crowd[pledgeProject[best]];
		if (difference > 0) continue;
		if (difference < 0 || pledgeProject[k] === p) best = k;
		else if (pledgeProject[best] !== p && run.sinceSeq[k] > run.sinceSeq[best]) best = k;
	}
	return best;
}

function luck(run: PledgeRun, purpose: number, p: number, u: number): number {
	threefry(run.levers.seed, purpose + 256 * p, run.data.patronKey[u], run.seq, run.words);
	return run.words[0];
}

/** The next scripted choice, a whole number. */
function nextDraw(run: PledgeRun): number {
	const draws = run.data.draws ?? new Float64Array(0);
	if (run.drawsUsed < draws.length) return draws[run.drawsUsed++];
	throw inputError(
		`event ${run.seq}`,
		`scripted draws exhausted: all ${draws.length} are used; add one for each choice between two or more, or leave draws out`,
		'E_DRAWS_EXHAUSTED',
		{ event: run.seq },
	);
}
