import { formatInstant } from '#programs/instant.ts';
import type { ReportColumn, ReportTable } from '#programs/report.ts';
import { csvRow, hardened } from './csv-text.ts';

/**
 * A report's table as CSV (RFC 4180), titles in the first line. Numbers are written as numbers, times as ISO
 * text, none as an empty cell; text that a spreadsheet might run is disarmed.
 */
export function writeReportCsv(table: ReportTable): string {
	const rowCount = table.columns[0]?.values.length ?? 0;
	const rows = [csvRow(table.columns.map(({ title }) => hardened(title, false)))];
	for (let row = 0; row < rowCount; row++)
		rows.push(csvRow(table.columns.map((column) => reportCell(column, row))));
	return rows.join('');
}

function reportCell({ values, unit }: ReportColumn, row: number): string {
	const value = values[row];
	if (value === null || value === undefined) return '';
	if (typeof value === 'string') return hardened(value, false);
	if (!Number.isFinite(value)) return '';
	return unit === 'time' ? formatInstant(value) : String(value + 0);
}
