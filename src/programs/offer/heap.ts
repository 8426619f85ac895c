/**
 * Binary min-heap of numbers in a plain list, ordered by a strict `isBefore`; each call O(log n). `isBefore`
 * must order all members totally, so that the order of taking depends on nothing else.
 */
export type IsBefore = (a: number, b: number) => boolean;

/** Adds an item. */
export function pushHeap(heap: number[], item: number, isBefore: IsBefore): void {
	let at = heap.length;
	heap.push(item);
	while (at > 0) {
		const parent = (at - 1) >> 1;
		if (!isBefore(item, heap[parent])) break;
		heap[at] = heap[parent];
		at = parent;
	}
	heap[at] = item;
}

/** Takes the first item off a heap that is not empty. */
export function popHeap(heap: number[], isBefore: IsBefore): number {
	const first = heap[0];
	const item = heap[heap.length - 1];
	heap.length--;
	const size = heap.length;
	if (size === 0) return first;
	let at = 0;
	for (;;) {
		let child = 2 * at + 1;
		if (child >= size) break;
		if (child + 1 < size && isBefore(heap[child + 1], heap[child])) child++;
		if (!isBefore(heap[child], item)) break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = item;
	return first;
}
