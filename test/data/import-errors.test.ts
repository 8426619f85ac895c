import { beforeAll, describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import { importFolder, importScenario } from '#data/import-scenario.ts';
import type { SqlEngine } from '#data/sql-engine.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { InputError } from '#programs/input-error.ts';
import { programById } from '#programs/registry.ts';
import { randomMarketplace } from '../programs/drop/marketplace.ts';
import { startEngine } from './engine.ts';
import { findToy, shopRow, toy, toyDocument } from './toy-program.ts';

let engine: SqlEngine;
beforeAll(async () => {
	engine = await startEngine();
});

function issuesOf(call: () => unknown): string[] {
	try {
		call();
	} catch (error) {
		if (error instanceof InputError)
			return error.issues.map(({ at, message, code }) => `${at}: ${message} [${code}]`);
		throw error;
	}
	return [];
}

const jsonIssues = (tables: Readonly<Record<string, readonly unknown[]>>) =>
	issuesOf(() => contentFromDocument(toyDocument(tables), findToy, 'a.json'));

function without(
	row: Readonly<Record<string, unknown>>,
	...names: string[]
): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

const good = () => contentFromDocument(toyDocument(), findToy).content;

describe('a bad cell', () => {
	const cases: [string, unknown, string][] = [
		['id', '', 'invalid id: ""; must be text of 1 to 128 bytes'],
		['id', 'é'.repeat(65), `invalid id: "${'é'.repeat(65)}"; must be text of 1 to 128 bytes`],
		['id', 7, 'invalid id: 7'],
		['name', null, 'missing text; must be text of at most 10000 characters'],
		['name', 'a\0b', 'invalid text: "a\\u0000b"'],
		['name', '\ud83d', 'invalid text: "\\ud83d"'],
		['size', 'medium', 'invalid word: "medium"; must be one of small, large'],
		['stock', -1, 'invalid whole number: -1; must be a whole number from 0 to 1000'],
		['stock', 1.5, 'invalid whole number: 1.5'],
		['stock', '3', 'invalid whole number: "3"'],
		[
			'balance',
			9007199254740992,
			'invalid whole number: 9007199254740992; must be a whole number of at most 9007199254740991, or empty',
		],
		['latitude', 90.5, 'invalid number: 90.5; must be a finite number from -90 to 90'],
		['latitude', Infinity, 'invalid number: Infinity'],
		['is_open', 1, 'invalid truth value: 1; must be true or false'],
		['opens_at', '2026-02-30T00:00:00Z', 'invalid time: "2026-02-30T00:00:00Z"; must be a UTC time such as'],
		['opens_at', '2026-02-03 00:00:00', 'invalid time'],
		['config', '{', 'invalid JSON: "{"; must be a JSON document, or empty'],
		['config', '{"a":1,"a":2}', 'invalid JSON'],
		['stock', [1], 'invalid whole number: a list of 1'],
		['name', { a: 1 }, 'invalid text: an object'],
	];
	it.each(cases)('%s %j is refused where it stands', (column, value, message) => {
		const [issue, ...others] = jsonIssues({ shop: [shopRow({ [column]: value })] });
		expect(issue).toContain('a.json, tables.shop[0]');
		expect(issue).toContain(`, ${column}: ${message}`);
		expect(issue).toContain('correct the cell and open the file again [import.value]');
		expect(others).toEqual([]);
	});

	it('names the row by its key, in every kind of file', () => {
		const document = toyDocument({ shop: [shopRow(), shopRow({ id: 's"2', stock: 5 })] });
		const { content } = contentFromDocument(document, findToy);
		const folder = new Map(writeFolder(content, toy));
		const csv = new TextDecoder().decode(folder.get('shop.csv')).replace(',5,', ',many,');
		folder.set('shop.csv', new TextEncoder().encode(csv));
		expect(issuesOf(() => importFolder(folder, findToy))).toEqual([
			'shop.csv:2 (id "s\\"2"), stock: invalid whole number: "many"; must be a whole number from 0 to 1000; correct the cell and open the file again [import.value]',
		]);

		const database = new engine.Database(writeSqlite(content, toy, engine));
		database.run('PRAGMA ignore_check_constraints=ON');
		database.run(`UPDATE shop SET stock = 5000 WHERE stock = 5`);
		const bytes = database.export();
		database.close();
		expect(issuesOf(() => importScenario(bytes, 'b.sqlite', findToy, engine))).toEqual([
			'b.sqlite, table shop, row 1 (id "s\\"2"), stock: invalid whole number: 5000; must be a whole number from 0 to 1000; correct the cell and open the file again [import.value]',
		]);
	});

	it('is shown with what cannot be seen escaped, and cut', () => {
		expect(jsonIssues({ shop: [shopRow({ size: '\u202Eevil\u200b\n' })] })[0]).toContain(
			'"\\u202eevil\\u200b\\n"',
		);
		const [issue] = jsonIssues({ shop: [shopRow({ size: 'x'.repeat(100_000) })] });
		expect(issue.length).toBeLessThan(400);
	});
});

describe('rows that do not fit together', () => {
	it('an unknown id is refused, with what there is', () => {
		expect(
			jsonIssues({
				shop: [shopRow({ parent: 'x' })],
				visit: [{ shop_id: 'Dalas', visited_at: '2026-01-01T00:00:00Z', amount: 1 }],
			}),
		).toEqual([
			'a.json, tables.shop[0] (id "s1"), parent: unknown shop: "x"; shop has "s1"; correct the id or add the shop [import.reference]',
			'a.json, tables.visit[0] (shop_id "Dalas", visited_at 2026-01-01T00:00:00Z), shop_id: unknown shop: "Dalas"; shop has "s1"; correct the id or add the shop [import.reference]',
		]);
	});

	it('a key twice is refused, with both rows', () => {
		expect(jsonIssues({ shop: [shopRow(), shopRow({ id: 'b' }), shopRow()] })).toEqual([
			'a.json, tables.shop[2], id: duplicate id: "s1"; must be unique, and stands at a.json, tables.shop[0] too; take one of the rows out [import.duplicate]',
		]);
		const visit = { shop_id: 's1', visited_at: '2026-01-01T00:00:00Z', amount: 1 };
		const [issue] = jsonIssues({
			visit: [visit, { ...visit, amount: 2, visited_at: '2026-01-01T01:00:00+01:00' }],
		});
		expect(issue).toContain('duplicate shop_id, visited_at: "s1", 2026-01-01T00:00:00Z');
	});

	it('a row whose cells contradict each other is refused by the rule', () => {
		expect(jsonIssues({ shop: [shopRow({ closes_at: '2025-01-01T00:00:00Z' })] })).toEqual([
			'a.json, tables.shop[0] (id "s1"), closes_at: mismatched cells: closes_at is 2025-01-01T00:00:00Z; closes_at must be after opens_at; correct the row and open the file again [import.row]',
		]);
	});

	it('a refused cell is reported once, not again as a duplicate or a broken rule', () => {
		expect(
			jsonIssues({ shop: [shopRow({ id: 1, closes_at: 'x' }), shopRow({ id: 2 })] }).map(
				(issue) => issue.split(':')[0],
			),
		).toEqual([
			'a.json, tables.shop[0] (id 1), id',
			'a.json, tables.shop[0] (id 1), closes_at',
			'a.json, tables.shop[1] (id 2), id',
		]);
	});
});

describe('parts that are missing or unknown', () => {
	it('a table that must be there is asked for, an optional one is empty', () => {
		const document = { ...toyDocument(), tables: {} };
		expect(issuesOf(() => contentFromDocument(document, findToy, 'a.json'))).toEqual([
			'a.json, tables.shop: missing table; it holds shops as a list of rows; add it, empty if there are none [import.table-missing]',
		]);
		expect(
			contentFromDocument({ ...document, tables: { shop: [] } }, findToy).content.tables.get('visit')
				?.rowCount,
		).toBe(0);
	});

	it('a missing table is told once, and not again by every row that names it', () => {
		const document = randomMarketplace(1);
		const tables = without(document.tables, 'user');
		const issues = issuesOf(() => contentFromDocument({ ...document, tables }, programById, 'a.json'));
		expect(issues).toHaveLength(1);
		expect(issues[0]).toContain('a.json, tables.user: missing table');
	});

	it('an absent column has its fallback or is empty, or is asked for', () => {
		const row = without(shopRow(), 'is_new', 'note');
		const { content } = contentFromDocument(toyDocument({ shop: [row] }), findToy);
		expect(content.tables.get('shop')?.columns.get('is_new')).toEqual(Float64Array.of(0));
		expect(content.tables.get('shop')?.columns.get('note')).toEqual([null]);
		const poor = without(shopRow(), 'stock');
		expect(jsonIssues({ shop: [poor] })[0]).toContain(
			'stock: missing whole number; must be a whole number from 0 to 1000',
		);
		const folder = new Map([...writeFolder(good(), toy)]);
		folder.set('shop.csv', new TextEncoder().encode('id,name\r\na,b\r\n'));
		const issues = issuesOf(() => importFolder(folder, findToy));
		expect(issues[0]).toBe(
			'shop.csv:1: missing column: size; it holds size, and must be one of small, large; add it [import.column-missing]',
		);
	});

	it('unknown columns, tables and keys are left out with a notice that names them', () => {
		const document = {
			...toyDocument({ shop: [shopRow({ boost: 2, __proto: 1 })], exclusions: [] }),
			extra: 1,
		};
		expect(contentFromDocument(document, findToy, 'a.json').notices.map(({ message }) => message)).toEqual([
			'a.json: unknown field "extra" was left out; it changes nothing',
			'a.json, tables.shop: unknown columns "boost", "__proto" were left out; they change nothing',
			'a.json: unknown table "exclusions" was left out; it changes nothing',
		]);
	});

	it('a __proto__ in a row is an unknown column, and changes no other', () => {
		const row = JSON.parse('{"__proto__": {"stock": 9}, "id": "s1"}') as object;
		const [issue] = jsonIssues({ shop: [{ ...shopRow(), stock: undefined }] });
		expect(issue).toContain('stock: missing');
		const issues = jsonIssues({ shop: [row] });
		expect(issues.some((text) => text.includes('stock: missing'))).toBe(true);
		expect(({} as { stock?: number }).stock).toBeUndefined();
	});
});

describe('what a document says of itself', () => {
	const about = (changes: object) =>
		issuesOf(() => contentFromDocument({ ...toyDocument(), ...changes }, findToy, 'a.json'));

	it('is checked field by field', () => {
		expect(about({ format: 'x' })[0]).toContain('a.json, format: invalid format: "x"');
		expect(about({ version: 2 })[0]).toContain(
			'unknown version: 2; this dropbench reads up to version 1; update dropbench to open it [import.version]',
		);
		expect(about({ version: '1' })[0]).toContain('invalid version: "1"');
		expect(about({ program: 'nope' })[0]).toContain('unknown program: "nope"');
		expect(about({ program: '__proto__' })[0]).toContain('[import.program]');
		expect(about({ tablesVersion: 9 })[0]).toContain(
			'unknown tables version: 9; this dropbench reads Toy up to version 1; update dropbench',
		);
		expect(about({ now: 'yesterday', name: 5 })).toHaveLength(2);
		expect(about({ tables: [] })[0]).toContain('[import.table-missing]');
		expect(about({ tables: { shop: {} } })[0]).toContain('invalid table: an object');
		expect(about({ tables: { shop: [null, 3, []] } }).map((text) => text.split(';')[0])).toEqual([
			'a.json, tables.shop[0]: invalid row: null',
			'a.json, tables.shop[1]: invalid row: 3',
			'a.json, tables.shop[2]: invalid row: a list of 0',
		]);
		for (const document of [null, [], 'x', 3, undefined]) {
			expect(issuesOf(() => contentFromDocument(document, findToy))[0]).toContain('[import.not-a-scenario]');
		}
	});

	it('fifty problems are shown, and the rest counted', () => {
		const shop = Array.from({ length: 200 }, (_, i) => shopRow({ id: `s${i}`, stock: -i - 1 }));
		try {
			contentFromDocument(toyDocument({ shop }), findToy);
			expect.unreachable();
		} catch (error) {
			expect(error).toBeInstanceOf(InputError);
			expect([(error as InputError).issues.length, (error as InputError).more]).toEqual([50, 150]);
		}
		const many = Array.from({ length: 100_000 }, (_, i) => shopRow({ id: `s${i}`, stock: -1 }));
		expect(jsonIssues({ shop: many })).toHaveLength(50);
	});
});

describe('a folder', () => {
	const folderWith = (name: string, text: string | null) => {
		const folder = new Map(writeFolder(good(), toy));
		if (text === null) folder.delete(name);
		else folder.set(name, new TextEncoder().encode(text));
		return issuesOf(() => importFolder(folder, findToy));
	};

	it('needs scenario.json and its tables', () => {
		expect(folderWith('scenario.json', null)[0]).toContain('scenario.json: missing file');
		expect(folderWith('scenario.json', '{"format": "x"}')[0]).toContain(
			'scenario.json, format: invalid format: "x"',
		);
		expect(folderWith('scenario.json', '{')[0]).toContain('scenario.json:1:2: invalid JSON');
		expect(folderWith('shop.csv', null)[0]).toContain(
			'shop.csv: missing table; it holds shops; add the file with the columns id, name',
		);
	});

	it('names files that are none of its tables', () => {
		const folder = new Map([
			...writeFolder(good(), toy),
			['visits.csv', new Uint8Array()],
			['shop.CSV', new Uint8Array()],
			['README.md', new Uint8Array()],
		]);
		expect(importFolder(folder, findToy).notices.map(({ message }) => message)).toEqual([
			'folder: unknown files "visits.csv", "shop.CSV" were left out; they change nothing',
		]);
	});

	it('has rows as long as its header, unique columns and a header', () => {
		const header = new TextDecoder().decode(writeFolder(good(), toy).get('shop.csv')).split('\r\n')[0];
		expect(folderWith('shop.csv', `${header}\r\na,b\r\n\r\n`)).toEqual([
			'shop.csv:2: invalid row: 2 cells; must be 14 cells, as in line 1; correct the commas and quotes [import.csv]',
			'shop.csv:3: invalid row: an empty line; must be 14 cells, as in line 1; correct the commas and quotes [import.csv]',
		]);
		expect(folderWith('shop.csv', `${header},id\r\n`)[0]).toContain('shop.csv:1: duplicate column: "id"');
		expect(folderWith('shop.csv', '')[0]).toContain('shop.csv:1: missing header');
		expect(folderWith('shop.csv', '\xff')[0]).toContain('shop.csv:1: missing column: id');
	});
});
