import type { StudyResult } from '#programs/program.ts';
import type { ReportColumn, ReportTable } from '#programs/report.ts';

/** A table of a study by id, or null. */
export function tableOf(result: StudyResult, id: string): ReportTable | null {
	return result.tables.find((table) => table.id === id) ?? null;
}

/** The numbers of a column by id; empty where the table or the column is not there. */
export function numbersOf(table: ReportTable | null, id: string): Float64Array {
	const values = table?.columns.find((column) => column.id === id)?.values;
	return values instanceof Float64Array ? values : new Float64Array(0);
}

/** The words of a column by id; empty where the table or the column is not there. */
export function wordsOf(table: ReportTable | null, id: string): readonly string[] {
	const values = table?.columns.find((column) => column.id === id)?.values;
	return values === undefined || values instanceof Float64Array ? [] : values.map((value) => value ?? '');
}

/** A metric of a study, null where it has none or no value. */
export function metricOf(result: StudyResult, id: string): number | null {
	return result.metrics.find((metric) => metric.id === id)?.value ?? null;
}

/** The columns of a table, none for none. */
export function columnsOf(table: ReportTable | null): readonly ReportColumn[] {
	return table?.columns ?? [];
}
