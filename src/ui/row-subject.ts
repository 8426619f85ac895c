import type { ReportTable } from '#programs/report.ts';

/**
 * What a row of a report's table asks about: the ids under those of its columns that are called like a kind of
 * subject, such as patron and project. Null where it has none.
 */
export function rowSubject(
	table: ReportTable,
	row: number,
	kinds: ReadonlySet<string>,
): Readonly<Record<string, string>> | null {
	const named = table.columns.flatMap(({ id, values }): [string, string][] => {
		const value = values[row];
		return kinds.has(id) && typeof value === 'string' ? [[id, value]] : [];
	});
	return named.length === 0 ? null : Object.fromEntries(named);
}
