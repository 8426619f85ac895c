import type { ReportColumn, Spans } from '#programs/report.ts';

/** The bars of a timeline as columns of a table; what is still there at the end has none. */
export function spanColumns({ rowTitle, rows }: Spans): ReportColumn[] {
	return [
		{ id: 'label', title: rowTitle, unit: 'text', values: rows.map(({ label }) => label) },
		{ id: 'from', title: 'From', unit: 'time', values: Float64Array.from(rows, ({ from }) => from) },
		{ id: 'to', title: 'To', unit: 'time', values: Float64Array.from(rows, ({ to, isOpen }) => (isOpen ? NaN : to)) },
		{ id: 'note', title: 'What came of it', unit: 'text', values: rows.map(({ note }) => note) },
		{ id: 'detail', title: 'Terms', unit: 'text', values: rows.map(({ detail }) => detail) },
	]; // prettier-ignore
}
