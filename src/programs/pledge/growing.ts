/** A column that grows: what a run notes down, without an object per row. */
export interface Growing<T extends Int32Array | Float64Array> {
	data: T;
	length: number;
}

export type Ints = Growing<Int32Array>;
export type Numbers = Growing<Float64Array>;

const FIRST_ROOM = 64;

export function makeInts(): Ints {
	return { data: new Int32Array(FIRST_ROOM), length: 0 };
}

export function makeNumbers(): Numbers {
	return { data: new Float64Array(FIRST_ROOM), length: 0 };
}

/** Appends a value; room doubles when it runs out, so that n appends cost O(n). */
export function push(list: Ints | Numbers, value: number): void {
	if (list.length === list.data.length) {
		const wider =
			list.data instanceof Int32Array ? new Int32Array(2 * list.length) : new Float64Array(2 * list.length);
		wider.set(list.data);
		list.data = wider;
	}
	list.data[list.length++] = value;
}
