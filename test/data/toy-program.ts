import type { ProgramTables } from '#data/program-tables.ts';
import type { TableSpec } from '#programs/tables.ts';

/** A program of three tables with every kind of column, to try the data layer on. */
export const toyTables: readonly TableSpec[] = [
	{
		name: 'shop',
		title: 'Shops',
		columns: [
			{ name: 'id', kind: 'id', help: 'id' },
			{ name: 'name', kind: 'text', help: 'name' },
			{ name: 'note', kind: 'text', nullable: true, help: 'note' },
			{ name: 'parent', kind: 'id', references: 'shop', nullable: true, help: 'shop above it' },
			{ name: 'size', kind: 'text', values: ['small', 'large'], help: 'size' },
			{ name: 'stock', kind: 'integer', min: 0, max: 1000, help: 'stock' },
			{ name: 'balance', kind: 'integer', nullable: true, help: 'balance' },
			{ name: 'latitude', kind: 'real', min: -90, max: 90, help: 'degrees' },
			{ name: 'weight', kind: 'real', nullable: true, help: 'weight' },
			{ name: 'is_open', kind: 'boolean', help: 'open?' },
			{ name: 'is_new', kind: 'boolean', fallback: false, help: 'new?' },
			{ name: 'opens_at', kind: 'time', help: 'opening' },
			{ name: 'closes_at', kind: 'time', nullable: true, help: 'closing' },
			{ name: 'config', kind: 'json', nullable: true, help: 'settings' },
		],
		key: ['id'],
		checks: [
			{
				rule: 'closes_at must be after opens_at',
				column: 'closes_at',
				holds: (row) => row.closes_at === null || Number(row.closes_at) > Number(row.opens_at),
			},
		],
	},
	{
		name: 'visit',
		title: 'Visits',
		columns: [
			{ name: 'shop_id', kind: 'id', references: 'shop', help: 'shop' },
			{ name: 'visited_at', kind: 'time', help: 'when' },
			{ name: 'amount', kind: 'real', help: 'amount' },
		],
		key: ['shop_id', 'visited_at'],
		optional: true,
	},
	{
		name: 'taste',
		title: 'Tastes',
		columns: [
			{ name: 'shop_id', kind: 'id', references: 'shop', help: 'shop' },
			{ name: 'numbers', kind: 'vector', nullable: true, help: 'tastes' },
		],
		key: ['shop_id'],
		optional: true,
	},
];

export const toy: ProgramTables = {
	id: 'toy',
	title: 'Toy',
	tablesVersion: 1,
	tables: toyTables,
	generator: null,
};

export const findToy = (id: string) => (id === 'toy' ? toy : undefined);

type Row = Readonly<Record<string, unknown>>;

/** A shop that is in order, with the given cells changed. */
export function shopRow(changes: Row = {}): Row {
	return {
		id: 's1',
		name: 'Corner',
		note: null,
		parent: null,
		size: 'small',
		stock: 3,
		balance: -5,
		latitude: 40.7,
		weight: 0.1,
		is_open: true,
		is_new: false,
		opens_at: '2026-01-01T09:00:00Z',
		closes_at: null,
		config: null,
		...changes,
	};
}

/** An interchange document of the toy program. */
export function toyDocument(tables: Readonly<Record<string, readonly unknown[]>> = {}): Row {
	return {
		format: 'dropbench-scenario',
		version: 1,
		program: 'toy',
		name: 'toy',
		now: '2026-03-17T15:00:00Z',
		tables: { shop: [shopRow()], visit: [], taste: [], ...tables },
	};
}
