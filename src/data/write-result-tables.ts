import type { Report } from '#programs/report.ts';
import { quoted } from './schema.ts';
import type { Database, SqlEngine } from './sql-engine.ts';

type Cell = string | number | null;

/**
 * A scenario's SQLite bytes with the result of a run beside its tables: `result_metric`, `result_<group>` for
 * each group (`result_city`), `result_person` and `result_item` (who holds what). A table of such a name that is
 * already there is left as it is. Undefined numbers are NULL.
 */
export function withResultTables(scenario: Uint8Array, report: Report, engine: SqlEngine): Uint8Array {
	const database = new engine.Database(scenario);
	try {
		database.run('BEGIN');
		const metrics = report.metrics.map(({ id, title, unit, value }): Cell[] => [id, title, unit, value]);
		addTable(database, 'result_metric', ['id', 'title', 'unit', 'value'], metrics);
		for (const group of report.groups) {
			const columns = ['id', 'label', ...group.columns.map(({ id }) => id.replaceAll(/[.-]/g, '_'))];
			const rows = group.ids.map((id, row): Cell[] => [id, group.labels[row], ...group.columns.map(({ values }) => finite(values[row]))]); // prettier-ignore
			addTable(database, `result_${group.id}`, columns, rows);
		}
		if (report.participants) addPeople(database, report.participants);
		database.run('COMMIT');
		return database.export();
	} finally {
		database.close();
	}
}

function addPeople(database: Database, people: NonNullable<Report['participants']>): void {
	const persons = people.ids.map((id, i): Cell[] => [id, people.groups[people.group[i]] ?? null, people.states[people.state[i]], finite(people.value[i])]); // prettier-ignore
	addTable(database, 'result_person', ['id', 'group_label', 'state', 'value'], persons);
	const held: Cell[][] = [];
	for (let i = 0; i < people.ids.length; i++) {
		for (let at = people.itemStart[i]; at < people.itemStart[i + 1]; at++) {
			const item = people.item[at];
			held.push([people.ids[i], people.items[item], people.itemKinds[people.itemKind[item]]]);
		}
	}
	addTable(database, 'result_item', ['person', 'item', 'kind'], held);
}

function addTable(
	database: Database,
	name: string,
	columns: readonly string[],
	rows: readonly Cell[][],
): void {
	database.run(`CREATE TABLE IF NOT EXISTS ${quoted(name)} (${columns.map(quoted).join(', ')})`);
	const insert = database.prepare(
		`INSERT INTO ${quoted(name)} VALUES (${columns.map(() => '?').join(', ')})`,
	);
	for (const row of rows) insert.run(row);
	insert.free();
}

function finite(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
