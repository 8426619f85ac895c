import { tableOf, type Column, type ScenarioContent } from '#programs/tables.ts';

/** A scenario with only the rows of one table for which `keep` holds, told by row number. */
export function withRows(
	content: ScenarioContent,
	table: string,
	keep: (row: number) => boolean,
): ScenarioContent {
	const { rowCount, columns } = tableOf(content, table);
	const kept = Array.from({ length: rowCount }, (_, row) => row).filter(keep);
	const next = new Map<string, Column>();
	for (const [name, column] of columns) {
		if (column instanceof Float64Array)
			next.set(
				name,
				Float64Array.from(kept, (row) => column[row]),
			);
		else if ('data' in column) {
			const parts = kept.map((row) => column.data.slice(column.start[row], column.start[row + 1]));
			const start = Uint32Array.from([0, ...parts.map((part) => part.length)]);
			for (let i = 1; i < start.length; i++) start[i] += start[i - 1];
			const data = new Float32Array(start[start.length - 1]);
			parts.forEach((part, i) => data.set(part, start[i]));
			next.set(name, { data, start });
		} else
			next.set(
				name,
				kept.map((row) => column[row]),
			);
	}
	return {
		...content,
		tables: new Map([...content.tables, [table, { rowCount: kept.length, columns: next }]]),
	};
}

/** A scenario with some columns of one table replaced. */
export function withColumns(
	content: ScenarioContent,
	table: string,
	changes: Readonly<Record<string, Column>>,
): ScenarioContent {
	const { rowCount, columns } = tableOf(content, table);
	const next = new Map([...columns, ...Object.entries(changes)]);
	return { ...content, tables: new Map([...content.tables, [table, { rowCount, columns: next }]]) };
}
