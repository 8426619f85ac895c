/** How a text cell stands in CSV so that no spreadsheet takes it for a formula. */

const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const QUOTES_ONLY = /^'*$/;

/**
 * A text as a CSV cell before quoting. Text that a spreadsheet might run, after any number of apostrophes,
 * gets one more in front. Where cells may be empty, so does empty text, and text of apostrophes alone: an
 * empty cell is none.
 */
export function hardened(text: string, isNullable: boolean): string {
	return FORMULA.test(text) || (isNullable && QUOTES_ONLY.test(text)) ? `'${text}` : text;
}

/** The text that `hardened` made a cell of. */
export function softened(cell: string, isNullable: boolean): string {
	if (!cell.startsWith("'")) return cell;
	const rest = cell.slice(1);
	return FORMULA.test(rest) || (isNullable && QUOTES_ONLY.test(rest)) ? rest : cell;
}

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Cells as one CSV row (RFC 4180), with its CRLF. */
export function csvRow(cells: readonly string[]): string {
	// a lone empty cell would be an empty line
	if (cells.length === 1 && cells[0] === '') return '""\r\n';
	return `${cells.map((cell) => (NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
