import { ACTIVE } from './events.ts';
import { push, type Ints } from './growing.ts';
import { markPatron, type PledgeRun } from './run-state.ts';
import { zoneFrom } from './arithmetic.ts';

/**
 * Who must be looked at when a crowd changes by one? Hardly anybody: a patron with j pledges whose load is s below
 * the next threshold cannot reach it before one of her projects has gained ⌊(s − 1) / j⌋ + 1 patrons. So each of
 * her pledges hangs a wire at that size of its crowd, and one below likewise; only when a crowd reaches a wire is
 * its patron looked at, and her wires are hung anew. After Cormode, Muthukrishnan and Yi, "Algorithms for
 * distributed functional monitoring", ACM Transactions on Algorithms 2011. Cost: O(log) looks for each
 * patron over a crowd's growth, where all that change nothing used to be looked at each time.
 *
 * Thresholds of a patron's load: `zone` (danger zone), `room` (full: one more would put her over) and `room` + 1
 * (over). The wires of project p at crowd size N start at `head[wireStart(p) + N]`.
 */
export interface Wires {
	/** first pledge at each place, -1 for none */
	readonly head: Int32Array;
	/** by pledge: the crowd size it hangs at, 0 for none, and its neighbours in the list, -1 for none */
	readonly size: Int32Array;
	readonly next: Int32Array;
	readonly previous: Int32Array;
}

/** Wires with nothing on them. */
export function makeWires(pledgeCount: number, projectCount: number): Wires {
	return {
		head: new Int32Array(pledgeCount + projectCount).fill(-1),
		size: new Int32Array(pledgeCount),
		next: new Int32Array(pledgeCount).fill(-1),
		previous: new Int32Array(pledgeCount).fill(-1),
	};
}

/** Patron u's load: the sum of the crowds of her active pledges. Her projection is b times as much. */
export function loadOf(
	{ data, state, crowd }: Pick<PledgeRun, 'data' | 'state' | 'crowd'>,
	u: number,
): number {
	const { patronPledgeStart, pledgeProject } = data;
	let load = 0;
	for (let k = patronPledgeStart[u]; k < patronPledgeStart[u + 1]; k++) {
		if (state[k] === ACTIVE) load += crowd[pledgeProject[k]];
	}
	return load;
}

/** Gives a patron a limit, with what follows from it. */
export function takeLimit(run: PledgeRun, u: number, limit: number): void {
	const { baseRate, warn } = run.levers;
	run.limit[u] = limit;
	run.room[u] = Math.floor(limit / baseRate);
	run.zone[u] = zoneFrom(limit, baseRate, warn);
	lookAt(run, u);
}

/**
 * Looks at a patron: is she full, must her notices be looked at when the event ends, and where do her wires hang
 * now? To be called whenever her pledges, her limit or a wired crowd have changed. Gives her load.
 */
export function lookAt(run: PledgeRun, u: number): number {
	const { data, state, crowd, fullCount } = run;
	const { pledgeProject } = data;
	const first = data.patronPledgeStart[u];
	const end = data.patronPledgeStart[u + 1];
	let load = 0;
	let count = 0;
	for (let k = first; k < end; k++) {
		if (state[k] !== ACTIVE) continue;
		load += crowd[pledgeProject[k]];
		count++;
	}
	const room = run.room[u];
	const zone = run.zone[u];

	const isFull = run.needsFull && load >= room ? 1 : 0;
	if (isFull !== run.isFull[u]) {
		run.isFull[u] = isFull;
		const change = isFull === 1 ? 1 : -1;
		for (let k = first; k < end; k++) if (state[k] === ACTIVE) fullCount[pledgeProject[k]] += change;
	}
	const isOver = load > room ? 1 : 0;
	if ((load >= zone ? 1 : 0) !== run.isInZone[u] || isOver !== run.isOver[u]) markPatron(run, u);
	if (count === 0) return load;

	// the nearest threshold above, and the nearest at or below
	let above = Infinity;
	let below = 0;
	if (zone > load) above = zone;
	else below = zone;
	if (run.needsFull) {
		if (room > load) above = room < above ? room : above;
		else if (room > below) below = room;
	}
	if (room + 1 > load) above = room + 1 < above ? room + 1 : above;
	else below = room + 1;
	const up = above === Infinity ? Infinity : Math.floor((above - load - 1) / count) + 1;
	const down = below === 0 ? Infinity : Math.floor((load - below) / count) + 1;
	for (let k = first; k < end; k++) {
		if (state[k] !== ACTIVE) continue;
		const p = pledgeProject[k];
		const most = data.projectRoomStart[p + 1] - data.projectRoomStart[p];
		hang(run.above, wireStart(run, p), k, crowd[p] + up <= most ? crowd[p] + up : 0);
		hang(run.below, wireStart(run, p), k, crowd[p] - down > 0 ? crowd[p] - down : 0);
	}
	return load;
}

/** Takes the wires of a pledge down that is leaving its crowd. */
export function unwire(run: PledgeRun, k: number): void {
	const start = wireStart(run, run.data.pledgeProject[k]);
	hang(run.above, start, k, 0);
	hang(run.below, start, k, 0);
}

/**
 * Looks at everybody whose wire project p has just reached; `wires` are those above after growth, those below after
 * shrinking. Pledges of patrons who are over are added to `over`.
 */
export function trip(run: PledgeRun, wires: Wires, p: number, over: Ints | null): void {
	const { pledgePatron } = run.data;
	const { reached } = run;
	reached.length = 0;
	for (let k = wires.head[wireStart(run, p) + run.crowd[p]]; k >= 0; k = wires.next[k]) push(reached, k);
	for (let i = 0; i < reached.length; i++) {
		const k = reached.data[i];
		const u = pledgePatron[k];
		const load = lookAt(run, u);
		if (over !== null && load > run.room[u]) push(over, k);
	}
}

/** Crowds of p have sizes from 1 to its room; place 0 is never used. */
function wireStart(run: PledgeRun, p: number): number {
	return run.data.projectRoomStart[p] + p;
}

/** Moves a pledge to a crowd size, 0 for none. */
function hang({ head, size, next, previous }: Wires, start: number, k: number, to: number): void {
	const from = size[k];
	if (from === to) return;
	if (from > 0) {
		const before = previous[k];
		const after = next[k];
		if (before >= 0) next[before] = after;
		else head[start + from] = after;
		if (after >= 0) previous[after] = before;
	}
	size[k] = to;
	if (to === 0) return;
	const old = head[start + to];
	next[k] = old;
	previous[k] = -1;
	if (old >= 0) previous[old] = k;
	head[start + to] = k;
}
