import { describe, expect, it } from 'vitest';
import { parseInstant } from '#programs/instant.ts';
import { rolloverRows } from '#programs/drop/rollover-rows.ts';
import type { Column, ScenarioContent } from '#programs/tables.ts';

const at = (day: string) => parseInstant(`${day}T00:00:00Z`) ?? NaN;

/** Three monthly contracts of March, one with a successor, and one that runs on; k1 serves two cities. */
function march(): ScenarioContent {
	const contract = new Map<string, Column>([
		['id', ['k1-2026-03', 'k2-2026-03', 'k2-2026-04', 'k3']],
		['rolled_over_from', [null, null, 'k2-2026-03', null]],
		['starts_at', Float64Array.of(at('2026-03-01'), at('2026-03-01'), at('2026-04-01'), at('2026-01-01'))],
		['ends_at', Float64Array.of(at('2026-04-01'), at('2026-04-01'), at('2026-05-01'), at('2027-01-01'))],
		['monthly', Float64Array.of(1, 1, 1, 0)],
		['supply', Float64Array.of(100, 200, 200, 300)],
	]);
	const served = new Map<string, Column>([
		['contract_id', ['k1-2026-03', 'k3', 'k1-2026-03']],
		['city_id', ['dal', 'dal', 'aus']],
	]);
	const tables = new Map([
		['contract', { rowCount: 4, columns: contract }],
		['contract_city', { rowCount: 3, columns: served }],
	]);
	return { program: 'drop', name: 'march', now: '2026-03-17T15:00:00Z', tables };
}

describe('rolloverRows', () => {
	it('clones what ends this month and has no successor, with its cities and terms', () => {
		const rows = rolloverRows(march());
		expect(rows.map(({ table }) => table)).toEqual(['contract', 'contract_city', 'contract_city']);
		expect(rows[0].row).toMatchObject({
			id: 'k1-2026-04',
			supply: 100,
			starts_at: at('2026-04-01'),
			ends_at: at('2026-05-01'),
			rolled_over_from: 'k1-2026-03',
		});
		expect(rows.slice(1).map(({ row }) => row.city_id)).toEqual(['dal', 'aus']);
	});

	it('has nothing to do before the month in which a period ends', () => {
		expect(rolloverRows({ ...march(), now: '2026-02-17T15:00:00Z' })).toEqual([]);
	});
});
