import type { MetricColumn, MetricGroup, ReportColumn } from '#programs/report.ts';
import { formatValue } from './format.ts';

const MOST_COLUMNS = 9;

/** A group as a plain table: its members, then every column. */
export function groupColumns(group: MetricGroup): ReportColumn[] {
	return [
		{ id: 'member', title: group.title, unit: 'text', values: group.labels },
		...group.columns.map(({ id, title, unit, values }) => ({ id, title, unit, values })),
	];
}

/**
 * The columns worth a place on screen: those with a target and stacks first, then headline ones, then others,
 * without those that are empty or the same nothing for every member. The table view has all.
 */
export function mainColumns(group: MetricGroup): string[] {
	const used = group.columns.filter(
		(column) => column.target ?? column.values.some((value) => !Number.isNaN(value)),
	);
	const rank = ({ target, stack, isHeadline }: MetricColumn) => (target ? 0 : stack ? 1 : isHeadline ? 2 : 3);
	const stacks = new Set<string>();
	return used
		.filter(({ stack }) => stack === undefined || (!stacks.has(stack) && stacks.add(stack)))
		.filter(
			(column) => rank(column) < 3 || column.values.some((value) => value !== 0 && !Number.isNaN(value)),
		)
		.map((column, i) => ({ column, i }))
		.sort((a, b) => rank(a.column) - rank(b.column) || a.i - b.i)
		.slice(0, MOST_COLUMNS)
		.map(({ column }) => column.id);
}

/** What the table of a group shows, in a sentence: who is furthest from the target, or who is largest. */
export function groupFinding(group: MetricGroup, noun: readonly [string, string]): string {
	const aimed = group.columns.find(({ target }) => target);
	if (!aimed?.target) return `${group.ids.length} ${group.title.toLowerCase()}`;
	const { values, target } = aimed;
	const gap = (row: number) => values[row] - target[row];
	const rows = group.ids.map((_, row) => row).filter((row) => !Number.isNaN(gap(row)));
	if (rows.length === 0) return `No ${noun[0]} has anything to compare with its target`;
	const under = rows.filter((row) => gap(row) < 0);
	const [worst] = (under.length > 0 ? under : rows).toSorted((a, b) => Math.abs(gap(b)) - Math.abs(gap(a)));
	const name = group.labels[worst];
	const text = (value: number) => formatValue(value, aimed.unit);
	if (under.length > 0)
		return `${name} is below its target: ${text(values[worst])} against ${text(target[worst])}`;
	return gap(worst) < 0.005
		? `Every ${noun[0]} is on its target`
		: `Every ${noun[0]} keeps its target; ${name} is furthest above: ${text(values[worst])} against ${text(target[worst])}`;
}
