/**
 * A heap for every ordered pair of nodes, holding the arcs from one to the other with the cheapest on top: pairing
 * heaps (Fredman, Sedgewick, Sleator and Tarjan 1986) in flat columns. Nodes are contracts and, last, being unassigned.
 */
export interface ArcHeaps {
	readonly nodeCount: number;
	/** Top arc from node x to node y at x · nodeCount + y; −1 for none. */
	readonly top: Int32Array;
	/** Cost of the top arc, Infinity for none: all that a search reads of most heaps. */
	readonly topCost: Float64Array;
	cost: Float64Array;
	user: Uint32Array;
	child: Int32Array;
	/** The next child of the same arc, −1 for none; of a top it means nothing. */
	sibling: Int32Array;
	count: number;
}

/** Heaps without arcs. */
export function makeArcHeaps(nodeCount: number, room: number): ArcHeaps {
	return {
		nodeCount,
		top: new Int32Array(nodeCount * nodeCount).fill(-1),
		topCost: new Float64Array(nodeCount * nodeCount).fill(Infinity),
		cost: new Float64Array(room),
		user: new Uint32Array(room),
		child: new Int32Array(room),
		sibling: new Int32Array(room),
		count: 0,
	};
}

/** Takes every arc away. */
export function clearArcs(heaps: ArcHeaps): void {
	heaps.top.fill(-1);
	heaps.topCost.fill(Infinity);
	heaps.count = 0;
}

/** Adds an arc of user u to heap `at`. O(1). */
export function pushArc(heaps: ArcHeaps, at: number, u: number, cost: number): void {
	if (heaps.count === heaps.cost.length) growRoom(heaps);
	const arc = heaps.count++;
	heaps.cost[arc] = cost;
	heaps.user[arc] = u;
	heaps.child[arc] = -1;
	const top = heaps.top[at];
	heaps.top[at] = top < 0 ? arc : link(heaps, top, arc);
	if (cost < heaps.topCost[at]) heaps.topCost[at] = cost;
}

/** Takes the top arc off heap `at`, which must have one. O(log arcs), amortised. */
export function popArc(heaps: ArcHeaps, at: number): void {
	const { child, sibling } = heaps;

	// children are linked in pairs from the left, then the pairs from the right
	let next = child[heaps.top[at]];
	let pairs = -1;
	while (next >= 0) {
		const first = next;
		const second = sibling[first];
		if (second < 0) {
			sibling[first] = pairs;
			pairs = first;
			break;
		}
		next = sibling[second];
		const winner = link(heaps, first, second);
		sibling[winner] = pairs;
		pairs = winner;
	}
	let top = -1;
	while (pairs >= 0) {
		const rest = sibling[pairs];
		top = top < 0 ? pairs : link(heaps, top, pairs);
		pairs = rest;
	}
	heaps.top[at] = top;
	heaps.topCost[at] = top < 0 ? Infinity : heaps.cost[top];
}

/** Puts the dearer of two tops under the other, which is returned; of equal ones the first stays on top. */
function link(heaps: ArcHeaps, a: number, b: number): number {
	const { cost, child, sibling } = heaps;
	const winner = cost[a] <= cost[b] ? a : b;
	const loser = winner === a ? b : a;
	sibling[loser] = child[winner];
	child[winner] = loser;
	return winner;
}

function growRoom(heaps: ArcHeaps): void {
	const room = 2 * heaps.cost.length + 16;
	const cost = new Float64Array(room);
	const user = new Uint32Array(room);
	const child = new Int32Array(room);
	const sibling = new Int32Array(room);
	cost.set(heaps.cost);
	user.set(heaps.user);
	child.set(heaps.child);
	sibling.set(heaps.sibling);
	Object.assign(heaps, { cost, user, child, sibling });
}
