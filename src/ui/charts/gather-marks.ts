/** A position to rule in, with its words. */
export interface Mark {
	readonly x: number;
	readonly label: string;
}

/** Marks as they are drawn, and the size of the bins they were gathered in; 0 where each stands for itself. */
export interface GatheredMarks {
	readonly marks: readonly Mark[];
	readonly binSize: number;
}

/**
 * Gathers marks that would stand too close to tell apart. With at most `most` marks, all are given back as they are.
 * Else the axis is cut into bins of 1, 2 or 5 times a power of ten, no more than `most` of them, from `start` on: a
 * bin with marks has one, in its middle, which counts what it holds by label (`3 × loss`), most frequent first.
 */
export function gatherMarks(
	marks: readonly Mark[],
	[start, end]: readonly [number, number],
	most: number,
): GatheredMarks {
	if (marks.length <= most || !(end > start)) return { marks, binSize: 0 };
	const least = (end - start) / most;
	let power = 1;
	while (power < least / 10) power *= 10;
	while (power > least) power /= 10;
	const binSize = [1, 2, 5, 10].map((step) => step * power).find((size) => size >= least) ?? least;

	const bins = new Map<number, Map<string, number>>();
	for (const { x, label } of marks) {
		const bin = Math.floor((x - start) / binSize);
		const counts = bins.get(bin) ?? new Map<string, number>();
		bins.set(bin, counts.set(label, (counts.get(label) ?? 0) + 1));
	}
	const gathered = [...bins]
		.sort(([a], [b]) => a - b)
		.map(([bin, counts]): Mark => {
			const labels = [...counts].sort(([, a], [, b]) => b - a);
			const words = labels.map(([label, count]) => (count === 1 ? label : `${count} × ${label}`));
			return { x: Math.min(start + (bin + 0.5) * binSize, end), label: words.join(', ') };
		});
	return { marks: gathered, binSize };
}
