import { popHeap, pushHeap } from '../heap.ts';

/** Ranks of actions that fall on one instant (spec section 15.3). */
export const RANK = { offer: 0, invoice: 1, payment: 2, usage: 3, visit: 4, sending: 5 } as const;

/** An action taken off the queue. One object, filled anew by each `take`. */
export interface Action {
	at: number;
	rank: number;
	e0: number;
	e1: number;
	n: number;
	/** the account that acts; of a friend's acceptance the one who sent the invite; -1 for a visitor */
	account: number;
}

/** Actions to come, ordered by (instant, rank, e0, e1, n). */
export interface ActionQueue {
	readonly heap: number[];
	readonly at: number[];
	readonly rank: number[];
	readonly e0: number[];
	readonly e1: number[];
	readonly n: number[];
	readonly account: number[];
	/** rows that may be written again */
	readonly free: number[];
	readonly isBefore: (a: number, b: number) => boolean;
}

export function makeQueue(): ActionQueue {
	const [at, rank, e0, e1, n]: number[][] = [[], [], [], [], []];
	const isBefore = (a: number, b: number) => {
		if (at[a] !== at[b]) return at[a] < at[b];
		if (rank[a] !== rank[b]) return rank[a] < rank[b];
		if (e0[a] !== e0[b]) return e0[a] < e0[b];
		if (e1[a] !== e1[b]) return e1[a] < e1[b];
		// only one's own acceptance could tie further, and then the row decides
		return n[a] !== n[b] ? n[a] < n[b] : a < b;
	};
	return { heap: [], at, rank, e0, e1, n, account: [], free: [], isBefore };
}

/** Adds an action. O(log actions). */
export function schedule(
	queue: ActionQueue,
	at: number,
	rank: number,
	e0: number,
	e1: number,
	n: number,
	account: number,
): void {
	// prettier-ignore
	const row = queue.free.pop() ?? queue.at.length;
	queue.at[row] = at;
	queue.rank[row] = rank;
	queue.e0[row] = e0;
	queue.e1[row] = e1;
	queue.n[row] = n;
	queue.account[row] = account;
	pushHeap(queue.heap, row, queue.isBefore);
}

/** Takes the first action into `action`; false when there is none. O(log actions). */
export function take(queue: ActionQueue, action: Action): boolean {
	if (queue.heap.length === 0) return false;
	const row = popHeap(queue.heap, queue.isBefore);
	action.at = queue.at[row];
	action.rank = queue.rank[row];
	action.e0 = queue.e0[row];
	action.e1 = queue.e1[row];
	action.n = queue.n[row];
	action.account = queue.account[row];
	queue.free.push(row);
	return true;
}
