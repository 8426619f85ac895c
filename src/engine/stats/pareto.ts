/**
 * Marks the points that no other beats: none is at least as good in both goals and better in one. Equal points
 * stand or fall together; a point with NaN is never marked. `isMoreBetter` tells the direction of each goal.
 * O(n log n).
 */
export function paretoFront(
	x: Float64Array,
	y: Float64Array,
	isMoreBetter: readonly [boolean, boolean],
): Uint8Array {
	const signX = isMoreBetter[0] ? -1 : 1;
	const signY = isMoreBetter[1] ? -1 : 1;
	const order: number[] = [];
	for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i]) && !Number.isNaN(y[i])) order.push(i);
	// best first: by the first goal, then the second
	order.sort((a, b) => compare(signX * x[a], signX * x[b]) || compare(signY * y[a], signY * y[b]) || a - b);

	const isOnFront = new Uint8Array(x.length);
	let best = -1;
	for (const i of order) {
		const isEqual = best >= 0 && x[i] === x[best] && y[i] === y[best];
		if (best >= 0 && !isEqual && compare(signY * y[i], signY * y[best]) >= 0) continue;
		isOnFront[i] = 1;
		best = i;
	}
	return isOnFront;
}

function compare(a: number, b: number): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
