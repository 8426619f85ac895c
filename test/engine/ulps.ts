const bits = new DataView(new ArrayBuffer(8));

/** A double's place among all doubles, so that neighbours differ by 1. */
function place(x: number): bigint {
	bits.setFloat64(0, x);
	const word = bits.getBigInt64(0);
	return word < 0n ? -0x8000000000000000n - word : word;
}

/** How many doubles lie between `a` and `b`; 0 for two NaN, infinite for one. */
export function ulpsBetween(a: number, b: number): number {
	if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity;
	const distance = place(a) - place(b);
	return Number(distance < 0n ? -distance : distance);
}
