import type { ReportTable } from '../report.ts';
import { exportResultText, type ImportedResult, type ResultSet } from './read-results.ts';

/**
 * The imported results, in their order: what all results have in common, and their text unchanged. No table where
 * there is none.
 */
export function resultTables({ results, indexes }: ResultSet): ReportTable[] {
	if (results.length === 0) return [];
	const texts = (read: (result: ImportedResult) => string | null) => results.map(read);
	const numbers = (read: (result: ImportedResult) => number | null) =>
		Float64Array.from(results, (result) => read(result) ?? NaN);
	const columns: ReportTable['columns'] = [
		{ id: 'position', title: 'Place', unit: 'count', values: Float64Array.from(indexes) },
		{ id: 'type', title: 'Model', unit: 'text', values: texts((one) => one.writtenType) },
		{ id: 'state', title: 'State', unit: 'text', values: texts((one) => (one.model === null ? 'unrecognized model' : 'as imported')) }, // prettier-ignore
		{ id: 'status', title: 'Status', unit: 'text', values: texts((one) => one.status) },
		{ id: 'accurateAsOf', title: 'As of', unit: 'time', values: numbers((one) => one.accurateAsOf === null ? null : one.accurateAsOf * 1000) }, // prettier-ignore
		{ id: 'page', title: 'Page', unit: 'count', values: numbers((one) => one.page?.page ?? null) },
		{
			id: 'totalPages',
			title: 'Pages',
			unit: 'count',
			values: numbers((one) => one.page?.totalPages ?? null),
		},
		{ id: 'totalRecords', title: 'Referrers in all', unit: 'count', values: numbers((one) => one.page?.totalRecords ?? null) }, // prettier-ignore
		{ id: 'text', title: 'JSON', unit: 'text', values: texts(exportResultText) },
	];
	return [{ id: 'results', title: 'Imported results', columns }];
}
