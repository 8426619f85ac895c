import type { MatchInput } from '#engine/match/match-input.ts';

/**
 * The largest sum of weights, by a plain min-cost flow: source → user (quota) → user and brand (1) → contract (seats) →
 * sink, augmented along cheapest paths by Bellman and Ford for as long as a path gains.
 */
export function slowOptimum(input: MatchInput, weights: ArrayLike<number>): number {
	const to: number[] = [];
	const room: number[] = [];
	const cost: number[] = [];
	const arcs: number[][] = [];
	const addNode = () => arcs.push([]) - 1;
	const addArc = (a: number, b: number, capacity: number, price: number) => {
		arcs[a].push(to.push(b) - 1);
		room.push(capacity);
		cost.push(price);
		arcs[b].push(to.push(a) - 1);
		room.push(0);
		cost.push(-price);
	};

	const source = addNode();
	const sink = addNode();
	const contractNode = Array.from(input.seats, (seats) => {
		const node = addNode();
		addArc(node, sink, seats, 0);
		return node;
	});
	for (let u = 0; u < input.userCount; u++) {
		const user = addNode();
		addArc(source, user, input.quota, 0);
		const brandNode = new Map<number, number>();
		for (let p = input.start[u]; p < input.start[u + 1]; p++) {
			const c = input.contract[p];
			let node = brandNode.get(input.contractBrand[c]);
			if (node === undefined) {
				node = addNode();
				brandNode.set(input.contractBrand[c], node);
				addArc(user, node, 1, 0);
			}
			addArc(node, contractNode[c], 1, -weights[p]);
		}
	}

	for (let total = 0; ;) {
		const distance = arcs.map(() => Infinity);
		const arcTo = arcs.map(() => -1);
		distance[source] = 0;
		const queue = [source];
		for (let x = queue.shift(); x !== undefined; x = queue.shift()) {
			for (const arc of arcs[x]) {
				if (room[arc] === 0 || distance[x] + cost[arc] >= distance[to[arc]]) continue;
				distance[to[arc]] = distance[x] + cost[arc];
				arcTo[to[arc]] = arc;
				if (!queue.includes(to[arc])) queue.push(to[arc]);
			}
		}
		if (!(distance[sink] < 0)) return total;
		for (let x = sink; x !== source; x = to[arcTo[x] ^ 1]) {
			room[arcTo[x]]--;
			room[arcTo[x] ^ 1]++;
		}
		total -= distance[sink];
	}
}
