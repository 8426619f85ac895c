import { clearArcs, makeArcHeaps, popArc, pushArc } from './arc-heaps.ts';
import type { ArcHeaps } from './arc-heaps.ts';
import type { Contenders } from './contenders.ts';
import type { MatchInput } from './match-input.ts';
import { spread } from './spread.ts';

/** What no slot holds. */
const MATCHED = -2;

/** By how much choices stood at earlier prices: those that stand by more than prices have moved apart still do. */
export interface Standing {
	readonly price: Float64Array;
	/** The least that any exchange of what user u holds loses her at `price`; −Infinity where she has moved since. */
	readonly margin: Float64Array;
}

/**
 * A choice for every user at given prices, and how far contracts are from what they can sell. Each user always holds a
 * best choice among her contenders at `price`; what is wrong is only that some contracts hold too many users and
 * some, at a price, too few.
 */
export interface Repair {
	readonly input: MatchInput;
	readonly lists: Contenders;
	readonly seats: Float64Array;
	readonly price: Float64Array;
	/** Entries of her list that user u holds: places u · quota …, −1 where a slot is open. */
	readonly held: Int32Array;
	readonly quota: number;
	/** Room for what a user held. */
	readonly before: Int32Array;
	/** Users who hold each contract. */
	readonly demand: Float64Array;
	/** Seats each contract counts as sold. */
	readonly sold: Float64Array;
	/** Demand beyond the seats sold, by contract, and last its opposite in sum: above 0 a source, below 0 a sink. */
	readonly excess: Float64Array;
	excessTotal: number;
	readonly heaps: ArcHeaps;
	/** Arcs dearer than this when made were left out. */
	arcReach: number;
	/** How far prices may have moved since the arcs were made. */
	drift: number;
	/** Tells whose arcs are all dear without a look at them; null where that is not known. */
	readonly standing: Standing | null;
}

/**
 * Choices at the prices given, ready for `balance`. The lists must be those of all users in order. Prices are copied.
 * O(entries · quota).
 */
export function startRepair(
	input: MatchInput,
	lists: Contenders,
	seats: Float64Array,
	price: Float64Array,
	arcReach: number,
): Repair {
	const contractCount = seats.length;
	const quota = Math.min(input.quota, contractCount);
	const held = new Int32Array(input.userCount * quota);
	const demand = new Float64Array(contractCount);
	const repair = makeRepair(input, lists, seats, price, arcReach, quota, held, demand, null);
	for (let u = 0; u < input.userCount; u++) choose(repair, u);
	measureExcess(repair);
	return repair;
}
/**
 * Choices as they were at earlier prices, but for users who may choose otherwise at these: they choose anew. Ready for
 * `balance`. Choices, their counts by contract and prices are copied, `standing` is written to. O(entries · quota) of those users.
 */
export function resumeRepair(
	input: MatchInput,
	lists: Contenders,
	seats: Float64Array,
	price: Float64Array,
	arcReach: number,
	held: Int32Array,
	demand: Float64Array,
	standing: Standing,
): Repair {
	const quota = Math.min(input.quota, seats.length);
	const repair = makeRepair(input, lists, seats, price, arcReach, quota, held.slice(), demand.slice(), standing); // prettier-ignore
	const apart = spread(price, standing.price);
	for (let u = 0; u < input.userCount; u++) if (standing.margin[u] < apart) rechoose(repair, u);
	measureExcess(repair);
	return repair;
}

function makeRepair(
	input: MatchInput,
	lists: Contenders,
	seats: Float64Array,
	price: Float64Array,
	arcReach: number,
	quota: number,
	held: Int32Array,
	demand: Float64Array,
	standing: Standing | null,
): Repair {
	const contractCount = seats.length;
	return {
		input,
		lists,
		seats,
		price: price.slice(),
		held,
		quota,
		before: new Int32Array(quota),
		demand,
		sold: new Float64Array(contractCount),
		excess: new Float64Array(contractCount + 1),
		excessTotal: 0,
		heaps: makeArcHeaps(contractCount + 1, Math.max(1024, input.userCount)),
		arcReach,
		drift: 0,
		standing,
	};
}

/** Lets user u choose anew from her list, after it was written anew; `balance`, which is to follow, makes all arcs anew. */
export function rechoose(repair: Repair, u: number): void {
	const { lists, held, quota, demand, standing } = repair;
	const { before } = repair;
	for (let j = 0; j < quota; j++) {
		before[j] = held[u * quota + j];
		if (before[j] >= 0) demand[lists.contract[before[j]]]--;
	}
	choose(repair, u);
	if (standing === null) return;
	for (let k = u * quota; k < (u + 1) * quota; k++) {
		// which slot holds what says nothing
		let j = 0;
		while (j < quota && before[j] !== held[k]) j++;
		if (j === quota) standing.margin[u] = -Infinity;
		else before[j] = MATCHED;
	}
}

/** Fills user u's slots with her best pairs at the present prices, one of a brand, of positive surplus. */
function choose(repair: Repair, u: number): void {
	const { input, lists, price, held, quota, demand } = repair;
	const { contractBrand } = input;
	const { contract, weight } = lists;
	const from = lists.start[u];
	const end = from + lists.length[u];
	const first = u * quota;
	for (let k = first; k < first + quota; k++) held[k] = -1;

	for (let k = first; k < first + quota; k++) {
		let best = -1;
		let bestSurplus = 0;
		for (let e = from; e < end; e++) {
			const surplus = weight[e] - price[contract[e]];
			if (surplus <= bestSurplus) continue;
			let j = first;
			while (j < k && contractBrand[contract[held[j]]] !== contractBrand[contract[e]]) j++;
			if (j < k) continue;
			best = e;
			bestSurplus = surplus;
		}
		if (best < 0) return;
		held[k] = best;
		demand[contract[best]]++;
	}
}

/** Counts what contracts sell at their prices: all seats at a price above 0, else what is asked for. */
export function measureExcess(repair: Repair): void {
	const { seats, price, demand, sold, excess } = repair;
	const contractCount = seats.length;
	let sum = 0;
	let total = 0;
	for (let c = 0; c < contractCount; c++) {
		sold[c] = price[c] > 0 ? seats[c] : Math.min(demand[c], seats[c]);
		excess[c] = demand[c] - sold[c];
		sum += excess[c];
		if (excess[c] > 0) total += excess[c];
	}
	excess[contractCount] = -sum;
	repair.excessTotal = sum < 0 ? total - sum : total;
}

/**
 * Brings every contract to its seats by shortest augmenting paths. A path leads from contracts with too many users over
 * users who give up one contract for another, at the least loss, to contracts with too few; prices follow the
 * distances, so that every user still holds a best choice. Being unassigned, and a seat unsold, are one more
 * node. Successive shortest paths with potentials (Edmonds and Karp 1972; Tomizawa 1971) on the graph of contracts; O(contracts²)
 * a path, plus the arcs looked at.
 */
export function balance(repair: Repair): void {
	if (repair.excessTotal === 0) return;
	const { heaps, excess } = repair;
	const { nodeCount } = heaps;
	const distance = new Float64Array(nodeCount);
	const isDone = new Uint8Array(nodeCount);
	const previous = new Int32Array(nodeCount);
	const arcTo = new Int32Array(nodeCount);
	buildArcs(repair);

	while (repair.excessTotal > 0) {
		const end = findPath(repair, distance, isDone, previous, arcTo);
		if (end < 0 || 2 * (repair.drift + distance[end]) > repair.arcReach) {
			// an arc left out might be cheaper by now: make them again, with a wider reach
			if (repair.arcReach === Infinity) throw new Error('repair: no path from an excess');
			widenReach(repair);
			buildArcs(repair);
			continue;
		}
		movePrices(repair, distance, isDone, distance[end]);
		excess[end]++;
		const source = shiftPath(repair, end, previous, arcTo);
		excess[source]--;
		repair.excessTotal--;
	}
}

/** Four times the reach; beyond any loss there can be, all arcs. */
function widenReach(repair: Repair): void {
	repair.arcReach = repair.arcReach > 1e15 ? Infinity : 4 * repair.arcReach + 1;
}

function buildArcs(repair: Repair): void {
	const { input, price, standing, arcReach } = repair;
	clearArcs(repair.heaps);
	repair.drift = 0;
	const apart = standing === null ? 0 : spread(price, standing.price);
	for (let u = 0; u < input.userCount; u++) {
		if (standing === null || standing.margin[u] - apart <= arcReach) addArcs(repair, u);
	}
}

/**
 * Adds the arcs of user u: from what she holds to what she could hold instead, and from and to an open slot. What one
 * of her other slots stands in the way of is left out until she moves.
 */
function addArcs(repair: Repair, u: number): void {
	const { input, lists, price, held, quota, heaps, arcReach } = repair;
	const { contractBrand } = input;
	const { contract, weight } = lists;
	const { nodeCount } = heaps;
	const none = nodeCount - 1;
	const firstSlot = u * quota;
	const endSlot = firstSlot + quota;
	const end = lists.start[u] + lists.length[u];

	for (let k = firstSlot; k < endSlot; k++) {
		if (held[k] < 0) continue;
		const c = contract[held[k]];
		const w = weight[held[k]];
		if (w - price[c] <= arcReach) pushArc(heaps, c * nodeCount + none, u, w);
	}
	for (let e = lists.start[u]; e < end; e++) {
		const d = contract[e];
		const surplus = weight[e] - price[d];

		// the slot that holds the brand is the only one to give up for it
		let from = firstSlot;
		let to = endSlot;
		for (let k = firstSlot; k < endSlot; k++) {
			if (held[k] < 0 || contractBrand[contract[held[k]]] !== contractBrand[d]) continue;
			from = k;
			to = k + 1;
		}
		let hasOpenArc = false;
		for (let k = from; k < to; k++) {
			if (held[k] < 0) {
				if (!hasOpenArc && -surplus <= arcReach) pushArc(heaps, none * nodeCount + d, u, -weight[e]);
				hasOpenArc = true;
				continue;
			}
			const c = contract[held[k]];
			const w = weight[held[k]];
			if (c !== d && w - price[c] - surplus <= arcReach) pushArc(heaps, c * nodeCount + d, u, w - weight[e]);
		}
	}
}

/**
 * Dijkstra's search from all sources to the nearest sink, which is returned, −1 for none. Arcs that no longer
 * stand are thrown away when met; a user's arcs are made anew whenever what she holds changes.
 */
function findPath(
	repair: Repair,
	distance: Float64Array,
	isDone: Uint8Array,
	previous: Int32Array,
	arcTo: Int32Array,
): number {
	const { seats, price, sold, excess, heaps } = repair;
	const { nodeCount, top, topCost } = heaps;
	const none = nodeCount - 1;
	isDone.fill(0);
	previous.fill(-1);
	for (let x = 0; x < nodeCount; x++) distance[x] = excess[x] > 0 ? 0 : Infinity;

	for (;;) {
		let x = -1;
		let nearest = Infinity;
		for (let y = 0; y < nodeCount; y++) {
			if (isDone[y] === 1 || distance[y] >= nearest) continue;
			nearest = distance[y];
			x = y;
		}
		if (x < 0 || excess[x] < 0) return x;
		isDone[x] = 1;

		// a seat goes unsold, or an unsold one is sold
		if (x === none) {
			for (let c = 0; c < none; c++) {
				if (sold[c] === 0 || nearest + price[c] >= distance[c]) continue;
				distance[c] = nearest + price[c];
				previous[c] = none;
				arcTo[c] = -1;
			}
		} else if (sold[x] < seats[x] && nearest < distance[none]) {
			// its price is 0
			distance[none] = nearest;
			previous[none] = x;
			arcTo[none] = -1;
		}

		// a node that is done is never beaten: losses are not below 0
		const base = x === none ? nearest : nearest - price[x];
		const row = x * nodeCount;
		for (let y = 0; y < nodeCount; y++) {
			const toPrice = y === none ? 0 : price[y];
			while (base + topCost[row + y] + toPrice < distance[y]) {
				const arc = top[row + y];
				if (stands(repair, arc, x, y)) {
					distance[y] = base + topCost[row + y] + toPrice;
					previous[y] = x;
					arcTo[y] = arc;
					break;
				}
				popArc(heaps, row + y);
			}
		}
	}
}

/** Whether an arc's user holds x (or has an open slot), and may take y in its place. */
function stands(repair: Repair, arc: number, x: number, y: number): boolean {
	const { input, lists, held, quota, heaps } = repair;
	const { contractBrand } = input;
	const { contract } = lists;
	const u = heaps.user[arc];
	const none = heaps.nodeCount - 1;
	let hasX = false;
	for (let k = u * quota; k < (u + 1) * quota; k++) {
		const c = held[k] < 0 ? none : contract[held[k]];
		if (c === x) hasX = true;
		else if (c !== none && y !== none && contractBrand[c] === contractBrand[y]) return false;
	}
	return hasX;
}

/** Raises prices by what a node is nearer than the sink, with being unassigned kept at 0. */
function movePrices(repair: Repair, distance: Float64Array, isDone: Uint8Array, reached: number): void {
	const { price, sold, heaps } = repair;
	const none = heaps.nodeCount - 1;
	const atNone = isDone[none] === 1 ? reached - distance[none] : 0;
	repair.drift += reached;
	for (let c = 0; c < none; c++) {
		price[c] += (isDone[c] === 1 ? reached - distance[c] : 0) - atNone;
		if (price[c] >= 0) continue;
		// only a contract that nobody holds can get here: 0 does as well
		if (sold[c] > 0) throw new Error('repair: a price below zero');
		price[c] = 0;
	}
}

/** Moves users along the path that ends at `end`; returns where it starts. */
function shiftPath(repair: Repair, end: number, previous: Int32Array, arcTo: Int32Array): number {
	const { heaps, sold, demand, standing } = repair;
	const none = heaps.nodeCount - 1;
	const moved: number[] = [];
	let y = end;
	while (previous[y] >= 0) {
		const x = previous[y];
		const arc = arcTo[y];
		if (arc >= 0) {
			const u = heaps.user[arc];
			exchange(repair, u, x, y);
			if (x !== none) demand[x]--;
			if (y !== none) demand[y]++;
			moved.push(u);
		} else if (y === none) sold[x]++;
		else sold[y]--;
		y = x;
	}
	for (const u of moved) {
		if (standing !== null) standing.margin[u] = -Infinity;
		addArcs(repair, u);
	}
	return y;
}

/** User u gives up contract x, or uses an open slot, for contract y, or an open slot. */
function exchange(repair: Repair, u: number, x: number, y: number): void {
	const { lists, held, quota, heaps } = repair;
	const none = heaps.nodeCount - 1;
	let k = u * quota;
	while ((held[k] < 0 ? none : lists.contract[held[k]]) !== x) k++;
	held[k] = -1;
	if (y === none) return;
	let e = lists.start[u];
	while (lists.contract[e] !== y) e++;
	held[k] = e;
}
