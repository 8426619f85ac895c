import { describe, expect, it } from 'vitest';
import {
	csvHeads,
	guessColumns,
	guessFiles,
	guessTable,
	isMappable,
	programFit,
	unmatched,
	type CsvMapping,
} from '#data/csv-mapping.ts';
import { importMapped } from '#data/import-scenario.ts';
import { InputError } from '#programs/input-error.ts';
import { ids, tableOf, texts } from '#programs/tables.ts';
import { findToy, toyTables } from './toy-program.ts';

const tables = toyTables.map((table) => ({ ...table, isOptional: table.optional ?? false }));
const [shop, visit] = tables;
const bytes = (text: string) => new TextEncoder().encode(text);

const STORES =
	'Shop ID,Title,Size,In stock,Lat,Open?,Opens at\ns1,Corner,small,3,40.7,true,2026-01-01T09:00:00Z\ns2,Hill,large,9,41,false,2026-01-02T09:00:00Z\n';
const HEAD = { file: 'stores.csv', columns: STORES.split('\n')[0].split(','), rows: [] };

function issuesOf(act: () => unknown) {
	try {
		act();
	} catch (error) {
		if (error instanceof InputError) return error.issues;
		throw error;
	}
	return [];
}

describe('columns of other names', () => {
	it('are matched by name: equal, with the table in front, abbreviated, with words in common', () => {
		expect(guessColumns(shop, HEAD)).toEqual({
			id: 'Shop ID',
			size: 'Size',
			stock: 'In stock',
			latitude: 'Lat',
			is_open: 'Open?',
			opens_at: 'Opens at',
		});
	});

	it('are told when they are needed and have no match', () => {
		expect(unmatched(shop, guessColumns(shop, HEAD)).map(({ name }) => name)).toEqual(['name']);
	});

	it('match references by the table they name, and never one id for another', () => {
		const head = { file: 'v.csv', columns: ['store_id', 'shop', 'visitedAt', 'amount'], rows: [] };
		expect(guessColumns(visit, head)).toEqual({ shop_id: 'shop', visited_at: 'visitedAt', amount: 'amount' });
	});

	it('take no column of the file twice', () => {
		const head = { file: 'v.csv', columns: ['at'], rows: [] };
		const twin = { ...shop, columns: shop.columns.filter(({ name }) => name.endsWith('_at')) };
		expect(guessColumns(twin, head)).toEqual({ opens_at: 'at' });
	});
});

describe('tables in files of other names', () => {
	it('are found by the columns, or by the name of the file in either number', () => {
		expect(guessTable(tables, HEAD)).toBe('shop');
		expect(guessTable(tables, { file: 'Visits.csv', columns: ['a', 'b'], rows: [] })).toBe('visit');
		expect(guessTable(tables, { file: 'other.csv', columns: ['a', 'b'], rows: [] })).toBe(null);
	});

	it('go to the file that fits best, each once', () => {
		const second = { ...HEAD, file: 'copy.csv', columns: HEAD.columns.slice(0, 4) };
		expect(guessFiles(tables, [second, HEAD]).map(({ file, table }) => [file, table])).toEqual([['stores.csv', 'shop']]); // prettier-ignore
		expect(programFit(tables, [HEAD])).toBeGreaterThan(programFit(tables, [second]));
	});

	it('are asked about only where that can mend something', () => {
		const columns = shop.columns.map(({ name }) => name);
		expect(isMappable([{ file: 'shop.csv', columns, rows: [] }], tables)).toBe(false);
		// a needed column is missing and none is to spare
		expect(isMappable([{ file: 'shop.csv', columns: columns.slice(1), rows: [] }], tables)).toBe(false);
		expect(isMappable([{ file: 'shop.csv', columns: ['shop_id', ...columns.slice(1)], rows: [] }], tables)).toBe(true); // prettier-ignore
		expect(isMappable([HEAD], tables)).toBe(true);
	});
});

describe('heads of CSV files', () => {
	it('hold the names and the first five rows, and read no further', () => {
		const rows = Array.from({ length: 9 }, (_, i) => `${i}\n`).join('');
		const folder = new Map([['a.csv', bytes(`n\n${rows}"never closed`)], ['readme.txt', bytes('no')]]); // prettier-ignore
		expect(csvHeads(folder)).toEqual([
			{ file: 'a.csv', columns: ['n'], rows: [['0'], ['1'], ['2'], ['3'], ['4']] },
		]);
	});
});

describe('a matched folder', () => {
	const mapping: CsvMapping = {
		program: 'toy',
		name: 'Stores',
		now: '2026-03-17T15:00:00Z',
		files: [{ file: 'stores.csv', table: 'shop', columns: { ...guessColumns(shop, HEAD), name: 'Title' } }],
	};

	it('is a scenario without a scenario.json', () => {
		const { content, notices } = importMapped(new Map([['stores.csv', bytes(STORES)]]), mapping, findToy);
		expect([content.name, content.now]).toEqual(['Stores', '2026-03-17T15:00:00Z']);
		expect(ids(tableOf(content, 'shop'), 'id')).toEqual(['s1', 's2']);
		expect(texts(tableOf(content, 'shop'), 'name')).toEqual(['Corner', 'Hill']);
		expect(notices).toEqual([]);
	});

	it('tells what is wrong by the file’s own name and line', () => {
		const wrong = STORES.replace('9,41', 'many,41');
		const issues = issuesOf(() => importMapped(new Map([['stores.csv', bytes(wrong)]]), mapping, findToy));
		expect(issues).toHaveLength(1);
		expect(issues[0].at).toBe('stores.csv:3 (id "s2"), stock');
	});

	it('reads no column that was matched with nothing, even one of our names', () => {
		const text = STORES.replace('Open?', 'note');
		const columns = { ...mapping.files[0].columns, is_open: 'note' };
		const folder = new Map([['stores.csv', bytes(text)]]);
		const { content } = importMapped(folder, { ...mapping, files: [{ ...mapping.files[0], columns }] }, findToy); // prettier-ignore
		expect(texts(tableOf(content, 'shop'), 'note')).toEqual([null, null]);
	});

	it('refuses where a needed table is in no file', () => {
		const issues = issuesOf(() => importMapped(new Map(), { ...mapping, files: [] }, findToy));
		expect(issues.map(({ code }) => code)).toEqual(['import.table-missing']);
	});
});
