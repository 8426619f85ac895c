/** Times of a measured function, in milliseconds. */
export interface Times {
	readonly min: number;
	readonly median: number;
	readonly max: number;
}

/**
 * Runs `run` so many times after one run that does not count, prints label, rows, spread and time per row, and returns the
 * times.
 */
export function measure(label: string, rows: number, times: number, run: () => unknown): Times {
	run();
	const spent: number[] = [];
	for (let i = 0; i < times; i++) {
		const from = performance.now();
		run();
		spent.push(performance.now() - from);
	}
	spent.sort((a, b) => a - b);
	const result = { min: spent[0], median: spent[spent.length >> 1], max: spent[spent.length - 1] };
	const cells = [result.min, result.median, result.max].map((ms) => ms.toFixed(1).padStart(8));
	const each = `${((result.median * 1e6) / rows).toFixed(2)} ns a row`;
	console.log(`${label.padEnd(44)}${String(rows).padStart(10)} rows${cells.join('')} ms  ${each}`);
	return result;
}
