import type { AdmissionStrip } from '#programs/report.ts';

/** Bins of equal width over a strip; `size` is that width. */
export interface BinnedStrip {
	readonly bins: readonly { readonly from: number; readonly to: number; readonly inCount: number; readonly outCount: number }[]; // prettier-ignore
	readonly size: number;
	readonly from: number;
	readonly to: number;
}

/** Counts a strip in `count` bins from its least to its greatest value; the greatest counts in the last. */
export function binStrip({ values, isIn }: AdmissionStrip, count: number): BinnedStrip {
	const from = values[0] ?? 0;
	const last = values[values.length - 1] ?? 1;
	const size = last > from ? (last - from) / count : 1;
	const bins = Array.from({ length: last > from ? count : 1 }, (_, i) => ({ from: from + i * size, to: from + (i + 1) * size, inCount: 0, outCount: 0 })); // prettier-ignore
	for (let i = 0; i < values.length; i++) {
		const bin = bins[Math.min(bins.length - 1, Math.floor((values[i] - from) / size))];
		if (isIn[i] === 1) bin.inCount++;
		else bin.outCount++;
	}
	return { bins, size, from, to: from + bins.length * size };
}
