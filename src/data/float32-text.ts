/** The shortest decimal that reads back as the same float32; null for NaN. */
export function float32Text(value: number): string | null {
	if (Number.isNaN(value)) return null;
	for (let digits = 6; digits < 9; digits++) {
		const short = Number(value.toPrecision(digits));
		if (Math.fround(short) === value) return String(short + 0);
	}
	return String(Number(value.toPrecision(9)) + 0);
}
