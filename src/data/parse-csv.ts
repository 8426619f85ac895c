import { inputError } from '#programs/input-error.ts';
import { LIMITS } from './limits.ts';
import { shown } from './problems.ts';

/**
 * Calls `take` with the cells of each row of a CSV text (RFC 4180) and the line it starts on, from 1. Strict:
 * a quote opens and closes a whole cell, or the text is refused by its line. Rows end with LF or CRLF, even
 * mixed; a byte order mark is skipped; quoted cells keep their line ends to the letter. Nothing is trimmed,
 * guessed or skipped: an empty line is a row with one empty cell. Where `take` gives false, reading ends. Linear
 * in the length of the text.
 *
 * Written by hand because papaparse, told the line end, trims blanks after a closing quote and with them the
 * carriage return that a quoted last cell holds.
 */
export function parseCsv(text: string, file: string, take: (cells: string[], line: number) => unknown): void {
	let i = text.startsWith('\ufeff') ? 1 : 0;
	let line = 1;
	let rowLine = 1;
	let cells: string[] = [];
	while (i < text.length) {
		let end: number;
		if (text[i] === '"') {
			end = closingQuote(text, i);
			if (end < 0)
				throw inputError(
					`${file}:${line}`,
					'invalid quotes: a cell is not closed; close it with a quote',
					'import.csv',
				);
			let cell = text.slice(i + 1, end);
			if (cell.includes('"')) cell = cell.replaceAll('""', '"');
			cells.push(cell);
			line += count(cell, '\n');
			end++;
			const next = text[end];
			if (next !== undefined && next !== ',' && next !== '\n' && !text.startsWith('\r\n', end)) {
				throw inputError(`${file}:${line}`, `invalid quotes: ${shown(text.slice(end, end + 20))} after a closing quote; quote the whole cell, and double the quotes in it`, 'import.csv'); // prettier-ignore
			}
		} else {
			end = cellEnd(text, i);
			const cell = text.slice(i, end);
			if (cell.includes('"')) {
				throw inputError(`${file}:${line}`, `invalid quotes: a quote inside ${shown(cell)}; quote the whole cell, and double the quotes in it`, 'import.csv'); // prettier-ignore
			}
			if (cell.includes('\r')) {
				throw inputError(`${file}:${line}`, `invalid line end: a lone carriage return in ${shown(cell)}; end lines with LF or CRLF`, 'import.csv'); // prettier-ignore
			}
			cells.push(cell);
		}

		if (text[end] === ',') {
			i = end + 1;
			// a comma at the very end of the text is followed by an empty cell
			if (i < text.length) continue;
			cells.push('');
		}
		if (cells.length > LIMITS.tableColumns) {
			throw inputError(`${file}:${line}`, `invalid row: more than ${LIMITS.tableColumns} cells; take columns out`, 'import.csv'); // prettier-ignore
		}
		if (take(cells, rowLine) === false) return;
		i = end + (text[end] === '\r' ? 2 : 1);
		rowLine = ++line;
		cells = [];
	}
}

/** Index of the quote that closes the cell opened at `start`, -1 if none does. */
function closingQuote(text: string, start: number): number {
	for (let i = start + 1; ; i += 2) {
		i = text.indexOf('"', i);
		if (i < 0) return -1;
		if (text[i + 1] !== '"') return i;
	}
}

/** Index of the comma or line end that ends the bare cell at `start`. */
function cellEnd(text: string, start: number): number {
	for (let i = start; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit === 0x2c || unit === 0x0a) return i;
		if (unit === 0x0d && text.charCodeAt(i + 1) === 0x0a) return i;
	}
	return text.length;
}

function count(text: string, character: string): number {
	let found = 0;
	for (let i = text.indexOf(character); i >= 0; i = text.indexOf(character, i + 1)) found++;
	return found;
}
