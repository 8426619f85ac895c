import { uniform } from '#engine/random.ts';
import { dropTables } from '#programs/drop/tables.ts';
import type { Column, ScenarioContent, TableSpec } from '#programs/tables.ts';

/** A Drop scenario of so many users and brands, all affinities there, as rows or packed. */
export function makeBenchScenario(userCount: number, brandCount: number, isPacked: boolean): ScenarioContent {
	const users = idList('u', userCount);
	const brands = idList('b', brandCount);
	const count = userCount * brandCount;
	const values = Float64Array.from(
		{ length: count },
		(_, i) => Math.round(uniform(1, 1, i, 0) * 10_000) / 10_000,
	);
	const filled = new Map<string, Readonly<Record<string, Column>>>([
		[
			'city',
			{ id: ['nyc'], name: ['New York'], latitude: Float64Array.of(40.7), longitude: Float64Array.of(-74) },
		],
		['brand', { id: brands, name: brands, category: brands }],
		[
			'recommender_run',
			{ id: ['r1'], model: ['als'], trained_at: Float64Array.of(1.77e12), status: ['completed'] },
		],
		[
			'user',
			{
				id: users,
				city_id: users.map(() => 'nyc'),
				latitude: new Float64Array(userCount).fill(40.71),
				longitude: new Float64Array(userCount).fill(-74.01),
				created_at: new Float64Array(userCount).fill(1.7e12),
				status: users.map(() => 'active'),
			},
		],
	]);
	if (isPacked) {
		const start = Uint32Array.from({ length: userCount + 1 }, (_, u) => u * brandCount);
		const vectors = { data: Float32Array.from(values), start };
		filled.set('affinity_vector', { run_id: users.map(() => 'r1'), user_id: users, brand_values: vectors });
	} else {
		filled.set('affinity', {
			run_id: new Array<string>(count).fill('r1'),
			user_id: Array.from({ length: count }, (_, i) => users[Math.floor(i / brandCount)]),
			brand_id: Array.from({ length: count }, (_, i) => brands[i % brandCount]),
			value: values,
		});
	}
	const tables = dropTables.map((spec) => {
		const columns = filled.get(spec.name) ?? emptyColumns(spec);
		const first = Object.values(columns)[0] as Float64Array | readonly string[];
		return [spec.name, { rowCount: first.length, columns: new Map(Object.entries(columns)) }] as const;
	});
	return { program: 'drop', name: 'bench', now: '2026-03-17T15:00:00Z', tables: new Map(tables) };
}

function idList(letter: string, count: number): string[] {
	return Array.from({ length: count }, (_, i) => `${letter}${String(i).padStart(6, '0')}`);
}

function emptyColumns(spec: TableSpec): Readonly<Record<string, Column>> {
	const textual = new Set(['id', 'text', 'json']);
	const none = { data: new Float32Array(0), start: new Uint32Array(1) };
	return Object.fromEntries(
		spec.columns.map(({ name, kind }) => [
			name,
			kind === 'vector' ? none : textual.has(kind) ? [] : new Float64Array(0),
		]),
	);
}
