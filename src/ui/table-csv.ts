import type { ReportColumn } from '#programs/report.ts';

/**
 * A table as RFC 4180 text with CRLF: numbers in plain form, times as ISO 8601, none as an empty cell. A text
 * cell that a spreadsheet would run gets a `'` in front.
 */
export function tableCsv(columns: readonly ReportColumn[]): string {
	const rowCount = columns[0]?.values.length ?? 0;
	const rows = [columns.map(({ title }) => textCell(title))];
	for (let row = 0; row < rowCount; row++) rows.push(columns.map((column) => cell(column, row)));
	return rows.map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cell({ values, unit }: ReportColumn, row: number): string {
	const value = values[row];
	if (value === null || value === undefined) return '';
	if (typeof value === 'string') return textCell(value);
	if (Number.isNaN(value)) return '';
	return unit === 'time' ? new Date(value).toISOString() : String(value);
}

function textCell(text: string): string {
	const safe = /^'*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
