import type { StudyResult } from '#programs/program.ts';
import type { Check, Notice, ReportTable, Series } from '#programs/report.ts';
import { formatCell, formatValue } from './format-value.ts';
import { textTable } from './text-table.ts';

/** Rows of a table that are printed; the whole of it is in `--json`. */
const MOST_ROWS = 40;

/** A study for people: its numbers, tables and lines, and what to know. */
export function studyText(
	{ answer, metrics, tables, series, checks = [], letter }: StudyResult,
	notices: readonly Notice[],
): string {
	const parts: string[] = [];
	if (answer)
		parts.push(`${answer.question}\n${answer.sentences.map((sentence) => `${sentence}\n`).join('')}`);
	if (letter) parts.push(`${letter.title}\n${letter.lines.map((line) => `${line}\n`).join('')}`);
	if (metrics.length > 0) {
		parts.push(
			textTable([
				{ title: 'metric', cells: metrics.map(({ title }) => title), isNumber: false },
				{ title: 'value', cells: metrics.map(({ value, unit }) => formatValue(value, unit)), isNumber: true },
			]),
		);
	}
	if (checks.length > 0) parts.push(checks.map(lightLine).join(''));
	parts.push(...tables.map(tableText), ...series.map(seriesText));
	if (notices.length > 0) parts.push(`To know\n${notices.map(({ message }) => `- ${message}\n`).join('')}`);
	return parts.join('\n');
}

/** A light as a line: its state, its promise, and the proof. */
export function lightLine({ state, title, proof }: Check): string {
	return `${state === 'fine' ? '✓' : state === 'close' ? '!' : '✗'} ${title}: ${proof}\n`;
}

function tableText({ title, columns }: ReportTable): string {
	const count = columns[0]?.values.length ?? 0;
	const rows = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, row) => row);
	const table = textTable(
		columns.map((column) => ({
			title: column.title,
			cells: rows.map((row) => formatCell(column, row)),
			isNumber: column.values instanceof Float64Array && column.unit !== 'time',
		})),
	);
	return `${title}\n${table}${count > MOST_ROWS ? `and ${count - MOST_ROWS} more\n` : ''}`;
}

function seriesText({ title, unit, xTitle, x, lines }: Series): string {
	const columns = lines.map(({ label, y }) => ({
		title: label,
		cells: Array.from(y, (value) => formatValue(value, unit)),
		isNumber: true,
	}));
	return `${title}\n${textTable([{ title: xTitle, cells: Array.from(x, (value) => String(value)), isNumber: true }, ...columns])}`;
}
