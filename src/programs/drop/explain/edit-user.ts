import { inputError } from '../../input-error.ts';
import { DAY_MS, parseInstant } from '../../instant.ts';
import type { FactValue } from '../../program.ts';
import { ids, numbers, tableOf, texts, vectors, type Column, type ScenarioContent, type TableData } from '../../tables.ts'; // prettier-ignore

/**
 * The scenario as it would be were some facts of one user others; ids of facts as `userFacts` gives them. The
 * content itself is not touched, and columns that stay are shared. A city without a place puts her at the city's
 * centre. Fewer rejections take the newest back; more are written as assignments of the scenario's time that she
 * said no to at once. Throws `InputError` for a value outside its range. Cost: a copy of each column changed.
 */
export function editUser(
	content: ScenarioContent,
	userId: string,
	values: Readonly<Record<string, FactValue>>,
): ScenarioContent {
	const now = parseInstant(content.now) ?? NaN;
	let edited = content;
	const change = (table: string, columns: Record<string, Column>, rowCount?: number) => {
		const was = tableOf(edited, table);
		const next: TableData = {
			rowCount: rowCount ?? was.rowCount,
			columns: new Map([...was.columns, ...Object.entries(columns)]),
		};
		edited = { ...edited, tables: new Map([...edited.tables, [table, next]]) };
	};

	for (const [id, value] of Object.entries(values)) {
		const [fact, ...rest] = id.split('.');
		const brand = rest.join('.');
		switch (fact) {
			case 'city':
				change('user', moved(edited, userId, String(value), values));
				break;
			case 'latitude':
				change('user', { latitude: withNumber(edited, userId, 'latitude', numberIn(id, value, -90, 90)) });
				break;
			case 'longitude':
				change('user', { longitude: withNumber(edited, userId, 'longitude', numberIn(id, value, -180, 180)) });
				break;
			case 'weeksAway': {
				const openedAt = now - numberIn(id, value, 0, 10_000) * 7 * DAY_MS;
				const opens = onlyOpen(edited, userId, openedAt, now);
				change('app_open', opens, opens.user_id.length);
				break;
			}
			case 'affinity': {
				const run = newestRun(edited, now);
				const [table, columns, rowCount] = withAffinity(edited, run, userId, brand, numberIn(id, value, 0, 1)); // prettier-ignore
				change(table, columns, rowCount);
				break;
			}
			case 'rejections': {
				const count = numberIn(id, value, 0, 1000);
				const { columns, rowCount } = withRejections(edited, userId, brand, count, now);
				change('assignment', columns, rowCount);
				break;
			}
			default:
				throw inputError(id, `unknown fact: ${JSON.stringify(id)}`, 'explain.fact');
		}
	}
	return edited;
} // prettier-ignore

function numberIn(id: string, value: FactValue, least: number, most: number): number {
	if (typeof value === 'number' && value >= least && value <= most) return value;
	throw inputError(id, `invalid value: ${String(value)}; must be a number from ${least} to ${most}`, 'explain.fact'); // prettier-ignore
}

function rowOf(content: ScenarioContent, table: string, id: string): number {
	const row = ids(tableOf(content, table), 'id').indexOf(id);
	if (row < 0) throw inputError(table, `unknown ${table}: ${JSON.stringify(id)}`, 'explain.subject');
	return row;
}

function withNumber(content: ScenarioContent, userId: string, column: string, value: number): Float64Array {
	const copy = numbers(tableOf(content, 'user'), column).slice();
	copy[rowOf(content, 'user', userId)] = value;
	return copy;
}

/** Her city, and its centre as her place unless one is given. */
function moved(
	content: ScenarioContent,
	userId: string,
	cityId: string,
	values: Readonly<Record<string, FactValue>>,
): Record<string, Column> {
	const row = rowOf(content, 'user', userId);
	const cityRow = rowOf(content, 'city', cityId);
	const was = ids(tableOf(content, 'user'), 'city_id');
	const columns: Record<string, Column> = { city_id: was.map((id, i) => (i === row ? cityId : id)) };
	if (was[row] === cityId) return columns;
	for (const column of ['latitude', 'longitude']) {
		if (values[column] !== undefined) continue;
		columns[column] = withNumber(content, userId, column, numbers(tableOf(content, 'city'), column)[cityRow]);
	}
	return columns;
}

/** Her app opens up to now replaced by one; those of others, and later ones, stay. */
function onlyOpen(
	content: ScenarioContent,
	userId: string,
	openedAt: number,
	now: number,
): { user_id: readonly string[]; opened_at: Float64Array } {
	const table = tableOf(content, 'app_open');
	const [users, times] = [ids(table, 'user_id'), numbers(table, 'opened_at')];
	const isKept = (_: unknown, row: number) => users[row] !== userId || times[row] > now;
	return {
		user_id: [...users.filter(isKept), userId],
		opened_at: appended(times.filter(isKept), openedAt),
	};
}

/** Id of the newest completed run trained by `now`; of equally new ones the last by id. */
function newestRun(content: ScenarioContent, now: number): string {
	const table = tableOf(content, 'recommender_run');
	const [runs, trained, status] = [ids(table, 'id'), numbers(table, 'trained_at'), texts(table, 'status')];
	let best = -1;
	for (let row = 0; row < runs.length; row++) {
		if (status[row] !== 'completed' || trained[row] > now) continue;
		if (best >= 0 && trained[row] < trained[best]) continue;
		if (best >= 0 && trained[row] === trained[best] && runs[row] < runs[best]) continue;
		best = row;
	}
	if (best < 0) throw inputError('affinity', 'no completed recommender run to hold it', 'explain.fact');
	return runs[best];
}

/** The affinity in the packed row, where she has one (it counts last), else in a single row. */
function withAffinity(
	content: ScenarioContent,
	run: string,
	userId: string,
	brand: string,
	value: number,
): [table: string, columns: Record<string, Column>, rowCount: number] {
	rowOf(content, 'brand', brand);
	const packed = tableOf(content, 'affinity_vector');
	const [packedRuns, packedUsers] = [ids(packed, 'run_id'), ids(packed, 'user_id')];
	const packedRow = packedRuns.findIndex((id, row) => id === run && packedUsers[row] === userId);
	if (packedRow >= 0) {
		const column = vectors(packed, 'brand_values');
		// vectors go by brand id
		const place = ids(tableOf(content, 'brand'), 'id').filter((id) => id < brand).length;
		const data = column.data.slice();
		data[column.start[packedRow] + place] = value;
		return ['affinity_vector', { brand_values: { data, start: column.start } }, packed.rowCount];
	}
	const single = tableOf(content, 'affinity');
	const [runs, users, brands] = [ids(single, 'run_id'), ids(single, 'user_id'), ids(single, 'brand_id')];
	const values = numbers(single, 'value');
	const row = runs.findIndex((id, i) => id === run && users[i] === userId && brands[i] === brand);
	if (row >= 0) {
		const copy = values.slice();
		copy[row] = value;
		return ['affinity', { value: copy }, single.rowCount];
	}
	const columns = {
		run_id: [...runs, run],
		user_id: [...users, userId],
		brand_id: [...brands, brand],
		value: appended(values, value),
	};
	return ['affinity', columns, single.rowCount + 1];
}

function appended(column: Float64Array, value: number, times = 1): Float64Array {
	const longer = new Float64Array(column.length + times).fill(value);
	longer.set(column);
	return longer;
}

/** As many rejections of the brand as asked for. */
function withRejections(
	content: ScenarioContent,
	userId: string,
	brand: string,
	count: number,
	now: number,
): { columns: Record<string, Column>; rowCount: number } {
	const table = tableOf(content, 'assignment');
	const contracts = tableOf(content, 'contract');
	const [contractIds, brands] = [ids(contracts, 'id'), ids(contracts, 'brand_id')];
	const ofBrand = new Set(contractIds.filter((_, row) => brands[row] === brand));
	const [users, held] = [ids(table, 'user_id'), ids(table, 'contract_id')];
	const [assigned, rejected] = [numbers(table, 'assigned_at'), numbers(table, 'rejected_at')];
	const rows = Array.from(users.keys())
		.filter((row) => users[row] === userId && ofBrand.has(held[row]) && assigned[row] <= now && rejected[row] <= now)
		.sort((r, s) => rejected[r] - rejected[s] || r - s);
	const copy = rejected.slice();
	for (const row of rows.slice(count)) copy[row] = NaN;
	const added = Math.max(0, count - rows.length);
	const [contract] = ofBrand;
	const [drop] = ids(tableOf(content, 'drop'), 'id').slice(-1);
	if (added === 0) return { columns: { rejected_at: copy }, rowCount: table.rowCount };
	if (contract === undefined || drop === undefined) {
		throw inputError('rejections', 'the brand has no contract, or the scenario no Drop, to hold one', 'explain.fact');
	}
	// a made row says nothing but that she was asked now and said no: no rate counts an assignment this young
	const made: Record<string, string | number> = { drop_id: drop, user_id: userId, contract_id: contract, slot: 1, assigned_at: now, rejected_at: now };
	const columns = Array.from(table.columns, ([name, column]): [string, Column] => {
		const base = name === 'rejected_at' ? copy : column;
		if (base instanceof Float64Array) return [name, appended(base, Number(made[name] ?? NaN), added)];
		const text = Array.isArray(base) ? (base as readonly (string | null)[]) : [];
		return [name, [...text, ...new Array<string | null>(added).fill(made[name] === undefined ? null : String(made[name]))]];
	});
	return { columns: Object.fromEntries(columns), rowCount: table.rowCount + added };
} // prettier-ignore
