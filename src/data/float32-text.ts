/** The shortest decimal that reads back as the same float32; null for NaN. */
export function float32Text(value: number): string | null {
	if (Number.isNaN(value)) return null;
	// most numbers that people make have few decimals, and this is ten times faster
	const rounded = Math.abs(value) < 10 ? Math.round(value * 10_000) / 10_000 : NaN;
	if (Math.fround(rounded) === value) return String(rounded + 0);
	for (let digits = 6; digits < 9; digits++) {
		const short = Number(value.toPrecision(digits));
		if (Math.fround(short) === value) return String(short);
	}
	return String(Number(value.toPrecision(9)));
}
