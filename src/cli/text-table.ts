/** A column of a table for people: its title and cells, numbers flush right. */
export interface TextColumn {
	readonly title: string;
	readonly cells: readonly string[];
	readonly isNumber: boolean;
}

/** A table as lines of text, columns two blanks apart; ends in a line feed. No rows: only the titles. */
export function textTable(columns: readonly TextColumn[]): string {
	const rowCount = columns[0]?.cells.length ?? 0;
	const widths = columns.map(({ title, cells }) => Math.max(width(title), ...cells.map(width)));
	const line = (text: (column: TextColumn) => string) =>
		columns
			.map((column, c) => {
				const blanks = ' '.repeat(widths[c] - width(text(column)));
				return column.isNumber ? blanks + text(column) : text(column) + blanks;
			})
			.join('  ')
			.trimEnd();
	const lines = [line(({ title }) => title)];
	for (let row = 0; row < rowCount; row++) lines.push(line(({ cells }) => cells[row]));
	return `${lines.join('\n')}\n`;
}

function width(text: string): number {
	return Array.from(text).length;
}
