import type { ReportColumn } from '#programs/report.ts';
import type { QueryResult } from '#workers/protocol.ts';

/** Rows of a query as columns: numbers where a column holds nothing else, text otherwise. */
export function queryColumns({ columns, rows }: QueryResult): ReportColumn[] {
	return columns.map((title, c) => {
		const cells = rows.map((row) => row[c]);
		const isNumeric = cells.length > 0 && cells.every((cell) => cell === null || typeof cell === 'number');
		return isNumeric
			? {
					id: `${c} ${title}`,
					title,
					unit: 'number',
					values: Float64Array.from(cells, (cell) => Number(cell ?? NaN)),
				}
			: {
					id: `${c} ${title}`,
					title,
					unit: 'text',
					values: cells.map((cell) => (cell === null ? null : String(cell))),
				};
	});
}
