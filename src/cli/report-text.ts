import type { MetricGroup, Notice, Report } from '#programs/report.ts';
import { formatValue } from './format-value.ts';
import { textTable, type TextColumn } from './text-table.ts';

/** Rows of a group that are printed; the whole of it is in `--json`. */
const MOST_ROWS = 20;

/**
 * A report for people: its numbers, headline ones first, a table for the first group (cities, projects, …), the checks with
 * their proofs, what to know, and the outcome hash.
 */
export function reportText(report: Report, notices: readonly Notice[]): string {
	// the sort is stable: the report's order within both parts
	const shown = report.metrics.toSorted(
		(a, b) => Number(b.isHeadline ?? false) - Number(a.isHeadline ?? false),
	);
	const parts = [
		textTable([
			{ title: 'metric', cells: shown.map(({ title }) => title), isNumber: false },
			{ title: 'value', cells: shown.map(({ value, unit }) => formatValue(value, unit)), isNumber: true },
		]),
	];
	if (report.groups.length > 0) parts.push(groupText(report.groups[0]));
	if (report.checks.length > 0) {
		const lines = report.checks.map(({ state, title, proof }) => `${MARKS[state]} ${title}: ${proof}\n`);
		parts.push(`Checks\n${lines.join('')}`);
	}
	if (notices.length > 0) parts.push(`To know\n${notices.map(({ message }) => `- ${message}\n`).join('')}`);
	parts.push(`seed ${report.seed}, outcome ${report.outcomeHash}\n`);
	return parts.join('\n');
}

const MARKS = { fine: '✓', close: '!', over: '✗' } as const;

function groupText({ title, ids, labels, columns }: MetricGroup): string {
	const most = Math.min(ids.length, MOST_ROWS);
	const headline = columns.filter((column) => column.isHeadline);
	const shown = headline.length > 0 ? headline : columns.filter((column) => column.stack === undefined);
	const text: TextColumn[] = [
		{ title, cells: labels.slice(0, most), isNumber: false },
		...shown.map((column) => ({
			title: column.title,
			cells: Array.from(column.values.subarray(0, most), (value) => formatValue(value, column.unit)),
			isNumber: true,
		})),
	];
	return textTable(text) + (ids.length > most ? `and ${ids.length - most} more\n` : '');
}
