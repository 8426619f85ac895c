/** The widest that two prices have moved apart. */
export function spread(after: Float64Array, before: Float64Array): number {
	let up = 0;
	let down = 0;
	for (let c = 0; c < after.length; c++) {
		up = Math.max(up, after[c] - before[c]);
		down = Math.max(down, before[c] - after[c]);
	}
	return up + down;
}

/** The furthest that a price has fallen; 0 where none has. */
export function largestFall(before: Float64Array, after: Float64Array): number {
	let fall = 0;
	for (let c = 0; c < after.length; c++) fall = Math.max(fall, before[c] - after[c]);
	return fall;
}
