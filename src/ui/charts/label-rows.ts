import { textWidth } from './text-width.ts';
import { wrapWords } from './wrap-words.ts';

/** Distance of the lines of a label of 12 px, in px. */
export const LINE_HEIGHT = 13;

/** A row of a chart beside its label. */
export interface LabelRow {
	/** the label, whole */
	readonly lines: readonly string[];
	/** upper edge and middle in px from the upper edge of the first row */
	readonly top: number;
	readonly middle: number;
	readonly height: number;
}

/** The room that labels take beside a chart: what the longest needs on one line, but between `least` and `most` px. */
export function labelRoom(labels: readonly string[], least: number, most: number): number {
	const needed = labels.reduce((widest, label) => Math.max(widest, textWidth(label)), 0);
	return Math.ceil(Math.max(least, Math.min(needed, most)));
}

/** Rows one below the other, each `least` px high, or more where its label needs more lines of `width` px. */
export function labelRows(labels: readonly string[], width: number, least: number): { rows: LabelRow[]; height: number } {
	let top = 0;
	const rows = labels.map((label): LabelRow => {
		const lines = wrapWords(label, width, textWidth);
		const height = Math.max(least, lines.length * LINE_HEIGHT + 6);
		top += height;
		return { lines, top: top - height, middle: top - height / 2, height };
	});
	return { rows, height: top };
} // prettier-ignore
