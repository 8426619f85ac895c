/** The pairs that a mask marks, ascending. O(pairs). */
export function listGiven(isGiven: Uint8Array): Uint32Array {
	let count = 0;
	for (let p = 0; p < isGiven.length; p++) count += isGiven[p];
	const given = new Uint32Array(count);
	for (let p = 0, i = 0; i < count; p++) if (isGiven[p] === 1) given[i++] = p;
	return given;
}
