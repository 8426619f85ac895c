import type { MetricColumn, MetricGroup, ReportColumn } from '#programs/report.ts';
import { formatValue } from './format.ts';

const MOST_COLUMNS = 8;

/** A group as a plain table: its members, then every column. */
export function groupColumns(group: MetricGroup): ReportColumn[] {
	return [
		{ id: 'member', title: group.title, unit: 'text', values: group.labels },
		...group.columns.map(({ id, title, unit, values }) => ({ id, title, unit, values })),
	];
}

/**
 * The columns worth a place on screen: those with a target and stacks first, or what the group is told by, then those
 * that only this group has, then headline ones; without a column that is empty or the same nothing for every member, and without
 * the target itself. `common` are the ids of the metrics of the whole run. The table view has all.
 */
export function mainColumns(group: MetricGroup, common: ReadonlySet<string>): string[] {
	const isOwn = ({ id }: MetricColumn) => !common.has(id) && !id.endsWith('.target');
	const hasAim = group.columns.some(({ target }) => target);
	const counted = hasAim ? undefined : countedColumn(group);
	const rank = (column: MetricColumn) =>
		column.target || column === counted
			? 0
			: column.stack
				? 1
				: isOwn(column)
					? 2
					: column.isHeadline
						? 3
						: 4;
	const stacks = new Set<string>();
	return group.columns
		.filter(({ stack }) => stack === undefined || (!stacks.has(stack) && stacks.add(stack)))
		.map((column, i) => ({ column, i, rank: rank(column) }))
		.filter(
			({ column, rank }) =>
				rank < 2 ||
				(column.values.some((value) => value !== 0 && !Number.isNaN(value)) &&
					(hasAim ? rank < 4 : column.unit !== 'ratio' || rank === 2)),
		) // prettier-ignore
		.sort((a, b) => a.rank - b.rank || a.i - b.i)
		.slice(0, MOST_COLUMNS)
		.map(({ column }) => column.id);
}

/** What the table of a group shows, in a sentence: who is furthest from the target, or who is largest. */
export function groupFinding(group: MetricGroup, noun: readonly [string, string]): string {
	const aimed = group.columns.find(({ target }) => target);
	if (!aimed?.target) return largestFinding(group);
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

/** The first thing worth counting: what a table of a group is told by, and ordered. */
export function countedColumn(group: MetricGroup): MetricColumn | undefined {
	const sums = ['count', 'cents', 'micros', 'microUsdc'];
	return group.columns.find(({ unit, values }) => sums.includes(unit) && values.some((value) => value > 0));
}

/** Who has most of it. */
function largestFinding(group: MetricGroup): string {
	const column = countedColumn(group);
	const count = `${group.title} (${group.ids.length})`;
	if (!column || group.ids.length < 2) return count;
	const top = column.values.reduce((best, value, row) => (value > column.values[best] || Number.isNaN(column.values[best]) ? row : best), 0); // prettier-ignore
	return `${count}: ${group.labels[top]} is first in ${column.title.toLowerCase()} with ${formatValue(column.values[top], column.unit)}`;
}

/** The main columns of a group as a table, each that differs from production followed by its change. */
export function changeColumns(
	group: MetricGroup,
	before: MetricGroup | null,
	ids: readonly string[],
): ReportColumn[] {
	const columns: ReportColumn[] = [
		{ id: 'member', title: capital(group.id), unit: 'text', values: group.labels },
	];
	for (const wanted of ids) {
		const column = group.columns.find(({ id }) => id === wanted);
		if (!column) continue;
		const { id, title, unit, values } = column;
		columns.push({ id, title, unit, values });
		const was = before?.columns.find((each) => each.id === id)?.values;
		if (!was || !before) continue;
		// no change is none, so that the changes stand out
		const change = group.ids.map(
			(member, row) => values[row] - (was[before.ids.indexOf(member)] ?? NaN) || NaN,
		);
		if (change.some((each) => !Number.isNaN(each))) {
			columns.push({
				id: `${id}.change`,
				title: 'Change',
				unit,
				values: Float64Array.from(change),
				isChange: true,
			});
		}
	}
	return columns;
}

/**
 * What differs of a group: members that change in any column, with before and after of the four columns that change for
 * most members; most changed first in the first of these, ties by the next ones, then in the group's order.
 */
export function groupDifferences(
	group: MetricGroup,
	before: MetricGroup | null,
): { readonly columns: readonly ReportColumn[]; readonly changedCount: number } {
	// prettier-ignore
	const isChange = (value: number, was: number) => value !== was && !(Number.isNaN(value) && Number.isNaN(was));
	const compared = group.columns
		.flatMap((column) => {
			const was = before?.columns.find(({ id }) => id === column.id);
			if (!was || !before) return [];
			const values = Float64Array.from(group.ids, (id) => was.values[before.ids.indexOf(id)] ?? NaN);
			const changes = Float64Array.from(values, (value, row) =>
				isChange(column.values[row], value) ? 1 : 0,
			);
			return [{ column, was: values, changes, count: changes.reduce((a, b) => a + b, 0) }];
		})
		.filter(({ count }) => count > 0)
		.map((each, i) => ({ ...each, i }))
		.sort(
			(a, b) =>
				Number(b.column.isHeadline ?? false) - Number(a.column.isHeadline ?? false) ||
				b.count - a.count ||
				a.i - b.i,
		);
	const shown = compared.slice(0, 4);
	const size = ({ column, was }: (typeof compared)[number], row: number) => Math.abs(column.values[row] - was[row]) || 0; // prettier-ignore
	const rows = group.ids
		.map((_, row) => row)
		.filter((row) => compared.some(({ changes }) => changes[row] > 0))
		.sort((a, b) => {
			const telling = shown.find((each) => size(each, a) !== size(each, b));
			return telling ? size(telling, b) - size(telling, a) : a - b;
		});
	const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
	return {
		changedCount: rows.length,
		columns: [
			{ id: 'member', title: capital(group.id), unit: 'text', values: rows.map((row) => group.labels[row]) },
			...shown.flatMap(({ column: { id, title, unit, values }, was }) => [
				{ id: `${id}.before`, title: `${title}, production`, unit, values: pick(was) },
				{ id, title: 'After', unit, values: pick(values) },
			]),
		],
	};
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
