import {
	ids,
	tableOf,
	texts,
	type Column,
	type ScenarioContent,
	type TableData,
	type VectorColumn,
} from '../../tables.ts';

/** Some cities of a scenario, as a scenario of its own. */
export interface ContentPart {
	/** ids, ascending */
	readonly cities: readonly string[];
	/** the cities' names */
	readonly label: string;
	readonly content: ScenarioContent;
}

/** Tables whose rows belong to a user; all others are in every part whole, so that indexes agree. */
const TABLES_OF_USERS = ['app_open', 'affinity', 'affinity_vector', 'best_customer', 'best_customer_vector', 'assignment']; // prettier-ignore

/**
 * Splits a scenario into parts that share no supply under any configuration: cities that a contract serves together stay
 * together. A part holds its cities' users with their rows; cities, brands, locations, contracts, runs and past Drops are in every
 * part. Parts stand in order of their lowest city id, and hold every user once. O(rows).
 */
export function splitContent(content: ScenarioContent): readonly ContentPart[] {
	const cityTable = tableOf(content, 'city');
	const cityIds = ids(cityTable, 'id');
	const cityNames = texts(cityTable, 'name');
	const names = new Map(cityIds.map((id, row) => [id, cityNames[row]]));
	const groups = groupCities(content, cityIds);
	const userTable = tableOf(content, 'user');
	const userIds = ids(userTable, 'id');
	const groupOfCity = new Map(groups.flatMap((cities, g) => cities.map((id) => [id, g] as const)));
	const cityOfUser = ids(userTable, 'city_id');
	const groupOfUser = new Map(userIds.map((id, row) => [id, groupOfCity.get(cityOfUser[row])]));

	return groups.map((cities, g) => {
		const tables = new Map(content.tables);
		const isOwn = (id: string) => groupOfUser.get(id) === g;
		tables.set('user', takeRows(userTable, userIds, isOwn));
		for (const name of TABLES_OF_USERS) {
			const table = tableOf(content, name);
			tables.set(name, takeRows(table, ids(table, 'user_id'), isOwn));
		}
		const label = cities.map((id) => names.get(id) ?? id).join(', ');
		return { cities, label, content: { ...content, tables } };
	});
}

/** Cities joined by contracts that serve several of them; groups by their lowest id. */
function groupCities(content: ScenarioContent, cityIds: readonly string[]): string[][] {
	const sorted = [...cityIds].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
	const place = new Map(sorted.map((id, y) => [id, y]));
	const parent = sorted.map((_, y) => y);
	const rootOf = (y: number) => {
		while (parent[y] !== y) y = parent[y] = parent[parent[y]];
		return y;
	};
	const served = tableOf(content, 'contract_city');
	const contracts = ids(served, 'contract_id');
	const cities = ids(served, 'city_id');
	const firstOf = new Map<string, number>();
	contracts.forEach((contract, row) => {
		const y = place.get(cities[row]);
		if (y === undefined) return;
		const first = firstOf.get(contract);
		if (first === undefined) firstOf.set(contract, y);
		else {
			const [a, b] = [rootOf(first), rootOf(y)];
			parent[Math.max(a, b)] = Math.min(a, b);
		}
	});
	const groups = new Map<number, string[]>();
	sorted.forEach((id, y) => {
		const group = groups.get(rootOf(y));
		if (group) group.push(id);
		else groups.set(rootOf(y), [id]);
	});
	return [...groups.values()];
}

function takeRows(table: TableData, users: readonly string[], isOwn: (id: string) => boolean): TableData {
	const rows: number[] = [];
	for (let row = 0; row < table.rowCount; row++) if (isOwn(users[row])) rows.push(row);
	const columns = new Map([...table.columns].map(([name, column]) => [name, takeCells(column, rows)]));
	return { rowCount: rows.length, columns };
}

function takeCells(column: Column, rows: readonly number[]): Column {
	if (column instanceof Float64Array) return Float64Array.from(rows, (row) => column[row]);
	if (Array.isArray(column)) return rows.map((row) => (column as readonly (string | null)[])[row]);
	const { data, start } = column as VectorColumn;
	const taken = new Uint32Array(rows.length + 1);
	rows.forEach((row, i) => (taken[i + 1] = taken[i] + start[row + 1] - start[row]));
	const cells = new Float32Array(taken[rows.length]);
	rows.forEach((row, i) => cells.set(data.subarray(start[row], start[row + 1]), taken[i]));
	return { data: cells, start: taken };
}
