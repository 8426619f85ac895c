import { beforeAll, describe, expect, it } from 'vitest';
import { importScenario } from '#data/import-scenario.ts';
import { contentFromDocument } from '#data/read-json.ts';
import type { Database, SqlEngine } from '#data/sql-engine.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { InputError } from '#programs/input-error.ts';
import type { TableSpec } from '#programs/tables.ts';
import { startEngine } from './engine.ts';
import { findToy, shopRow, toy, toyDocument, toyTables } from './toy-program.ts';

let engine: SqlEngine;
let bytes: Uint8Array<ArrayBuffer>;
const document = toyDocument({
	shop: Array.from({ length: 50 }, (_, i) => shopRow({ id: `shop-${i}`, name: `é ${'x'.repeat(i)}` })),
	visit: Array.from({ length: 400 }, (_, i) => ({ shop_id: `shop-${i % 50}`, visited_at: `2026-01-01T00:00:0${i % 10}.${100 + i}Z`, amount: i })), // prettier-ignore
	taste: [{ shop_id: 'shop-1', numbers: Array.from({ length: 5000 }, (_, i) => i / 8) }],
});
const { content } = contentFromDocument(document, findToy);

beforeAll(async () => {
	engine = await startEngine();
	bytes = writeSqlite(content, toy, engine);
});

const open = (file: Uint8Array, find: typeof findToy = findToy) =>
	importScenario(file, 'a.sqlite', find, engine);

function issuesOf(file: Uint8Array, find: typeof findToy = findToy): string[] {
	try {
		open(file, find);
	} catch (error) {
		if (error instanceof InputError)
			return error.issues.map(({ at, message, code }) => `${at}: ${message} [${code}]`);
		throw error;
	}
	return [];
}

/** The file with some SQL run on it. */
function changed(sql: string): Uint8Array {
	const database: Database = new engine.Database(bytes);
	database.run('PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF');
	database.exec(sql);
	const result = database.export();
	database.close();
	return result;
}

/** The file with some bytes changed. */
function patched(at: number, ...values: number[]): Uint8Array {
	const copy = bytes.slice();
	copy.set(values, at);
	return copy;
}

describe('writeSqlite', () => {
	it('makes STRICT tables whose checks, keys and references SQLite itself holds', () => {
		const database = new engine.Database(bytes);
		database.run('PRAGMA foreign_keys=ON');
		expect(database.exec('PRAGMA integrity_check')[0].values).toEqual([['ok']]);
		expect(database.exec('PRAGMA foreign_key_check')).toEqual([]);
		const strict = database.exec(
			`SELECT name, strict, wr FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
		);
		expect(strict[0].values).toEqual([['scenario', 1, 0], ['shop', 1, 1], ['taste', 1, 0], ['visit', 1, 1]]); // prettier-ignore
		for (const sql of [
			`UPDATE shop SET stock = 5000`,
			`UPDATE shop SET stock = 'many'`,
			`UPDATE shop SET size = 'medium'`,
			`UPDATE shop SET is_open = 2`,
			`UPDATE shop SET opens_at = 'noon'`,
			`UPDATE shop SET config = '{'`,
			`UPDATE shop SET name = NULL`,
			`UPDATE shop SET id = '' WHERE id = 'shop-3'`,
			`UPDATE shop SET id = 'shop-1' WHERE id = 'shop-3'`,
			`UPDATE taste SET numbers = x'00'`,
			`UPDATE visit SET shop_id = 'nowhere'`,
		])
			expect(() => database.run(sql), sql).toThrow(/constraint|cannot store/);
		database.close();
	});

	it('makes the same bytes twice', async () => {
		expect(writeSqlite(content, toy, await startEngine())).toEqual(bytes);
	});
});

describe('openSqlite', () => {
	it('reads what was written, with long vectors over many pages', () => {
		expect(open(bytes)).toEqual({ content, notices: [], config: undefined, source: 'sqlite' });
	});

	it('refuses what is no database', () => {
		expect(issuesOf(new TextEncoder().encode('hello world'))[0]).toContain('not a SQLite database');
		expect(issuesOf(new Uint8Array(5000))[0]).toContain('[import.not-a-database]');
		expect(issuesOf(new Uint8Array(0))[0]).toContain('it is empty');
	});

	it('refuses a file cut short anywhere, and one with bytes added', () => {
		const lengths = [16, 50, 99, 100, 101, 511, 512, 4095, 4096, 8192, bytes.length - 4096, bytes.length - 1];
		for (const length of lengths)
			expect(issuesOf(bytes.slice(0, length))[0], String(length)).toContain('cut short');
		const longer = new Uint8Array(bytes.length + 1);
		longer.set(bytes);
		expect(issuesOf(longer)[0]).toContain('[import.damaged]');
	});

	it('refuses a header that is not of a whole, copied, ordinary scenario file', () => {
		expect(issuesOf(patched(16, 0x03, 0xe8))[0]).toContain('invalid page size: 1000');
		expect(issuesOf(patched(16, 0, 0))[0]).toContain('invalid page size: 0');
		expect(issuesOf(patched(18, 2, 2))[0]).toContain('WAL mode');
		expect(issuesOf(patched(20, 40))[0]).toContain('[import.damaged]');
		expect(issuesOf(patched(56, 0, 0, 0, 2))[0]).toContain('text encoding');
		expect(issuesOf(patched(68, 0, 0, 0, 0))[0]).toContain('not a dropbench scenario');
		expect(issuesOf(patched(92, 0, 0, 0, 99))[0]).toContain('no valid page count');
	});

	it('refuses a newer version by name, in the header and in the table', () => {
		expect(issuesOf(changed(`UPDATE scenario SET version = 2`))[0]).toBe(
			'a.sqlite, table scenario, version: unknown version: 2; this dropbench reads up to version 1; update dropbench to open it [import.version]',
		);
		expect(issuesOf(changed(`PRAGMA user_version=2; UPDATE scenario SET tables_version = 2`))[0]).toContain(
			'unknown tables version: 2; this dropbench reads Toy up to version 1',
		);
		expect(issuesOf(changed(`PRAGMA user_version=7`))[0]).toContain(
			'mismatched versions: 7 in the header, 1 in table scenario',
		);
		expect(issuesOf(changed(`UPDATE scenario SET program = 'other'`))[0]).toContain(
			'unknown program: "other"',
		);
	});

	it('refuses a missing table or column by name', () => {
		expect(issuesOf(changed('DROP TABLE shop'))[0]).toBe(
			'a.sqlite, table shop: missing table; it holds shops; add it or export the file again [import.table-missing]',
		);
		expect(issuesOf(changed('DROP TABLE scenario'))[0]).toContain('[import.not-a-scenario]');
		expect(issuesOf(changed('DELETE FROM scenario'))[0]).toContain('invalid table: no row');
		expect(issuesOf(changed('ALTER TABLE shop DROP COLUMN stock'))[0]).toContain(
			'a.sqlite, table shop: missing column: stock',
		);
		expect(issuesOf(changed('ALTER TABLE scenario DROP COLUMN now'))[0]).toContain('missing column: now');
		expect(open(changed('DROP TABLE taste')).content.tables.get('taste')?.rowCount).toBe(0);
	});

	it('lets no view, trigger, generated column or virtual table pose as a table', () => {
		const view = `ALTER TABLE visit RENAME TO hidden; CREATE VIEW visit AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT 's' AS shop_id, '2026-01-01T00:00:00Z' AS visited_at, i AS amount FROM n`;
		expect(issuesOf(changed(view))[0]).toContain('table visit: invalid table: not an ordinary table');
		const generated = `ALTER TABLE shop DROP COLUMN name; ALTER TABLE shop ADD COLUMN name TEXT AS (hex(zeroblob(1000)))`;
		expect(issuesOf(changed(generated))[0]).toContain('table shop: missing column: name');
		expect(
			issuesOf(changed(`DROP TABLE taste; CREATE VIRTUAL TABLE taste USING fts4(shop_id, numbers)`))[0],
		).toContain('not an ordinary table');
		const left = changed(
			`CREATE TABLE extra (a); CREATE VIEW v AS SELECT 1; CREATE TRIGGER t AFTER INSERT ON shop BEGIN DELETE FROM shop; END; CREATE INDEX i ON shop (name)`,
		);
		expect(open(left).content).toEqual(content);
		expect(open(left).notices).toEqual([
			{
				code: 'import.left-behind',
				message:
					'a.sqlite: table "extra", view "v", trigger "t" were left behind; only this program’s tables are read',
			},
		]);
	});

	it('leaves unknown columns behind with a notice', () => {
		const read = open(
			changed(
				`ALTER TABLE shop ADD COLUMN boost REAL; ALTER TABLE shop ADD COLUMN exclusions TEXT DEFAULT 'x'`,
			),
		);
		expect(read.content).toEqual(content);
		expect(read.notices.map(({ message }) => message)).toEqual([
			'a.sqlite, table shop: unknown columns "boost", "exclusions" were left out; they change nothing',
		]);
	});

	it('says when the rows are not those that were saved', () => {
		const read = open(changed(`UPDATE shop SET stock = 4 WHERE id = 'shop-7'`));
		expect(read.notices.map(({ code }) => code)).toEqual(['import.digest']);
	});

	it('refuses every wrong value, also of tables that other programs made', () => {
		const rebuilt = (sql: string) =>
			`CREATE TABLE copy AS SELECT * FROM shop; DROP TABLE shop; ALTER TABLE copy RENAME TO shop; ${sql}`;
		const cases: [string, string][] = [
			[`UPDATE shop SET stock = 1001 WHERE id = 'shop-1'`, 'stock: invalid whole number: 1001'],
			[
				`UPDATE shop SET balance = 9007199254740993 WHERE id = 'shop-1'`,
				'balance: invalid whole number: 9007199254740992',
			],
			[
				`UPDATE shop SET balance = -9223372036854775808 WHERE id = 'shop-1'`,
				'balance: invalid whole number: -9223372036854776000',
			],
			[`UPDATE shop SET latitude = 9e999 WHERE id = 'shop-1'`, 'latitude: invalid number: Infinity'],
			[`UPDATE shop SET name = 'a' || char(0) || 'b' WHERE id = 'shop-1'`, 'name: invalid text: "a\\u0000b"'],
			[`UPDATE shop SET name = CAST(x'41c361' AS TEXT) WHERE id = 'shop-1'`, 'name: invalid text: 3 bytes'],
			[`UPDATE shop SET name = CAST(x'c1a1' AS TEXT) WHERE id = 'shop-1'`, 'name: invalid text: 2 bytes'],
			[
				`UPDATE shop SET size = CAST(x'736d616c6c00' AS TEXT) WHERE id = 'shop-1'`,
				'size: invalid word: "small\\u0000"',
			],
			[`UPDATE shop SET opens_at = '2026-13-01T00:00:00Z' WHERE id = 'shop-1'`, 'opens_at: invalid time'],
			[
				`UPDATE visit SET shop_id = 'nowhere' WHERE shop_id = 'shop-1' AND amount = 1`,
				'shop_id: unknown shop: "nowhere"',
			],
			[`UPDATE taste SET numbers = x'0000803f00'`, 'numbers: invalid vector: 5 bytes'],
			[`UPDATE taste SET numbers = x''`, 'numbers: invalid vector: 0 bytes'],
			[`UPDATE taste SET numbers = x'0000807f'`, 'numbers: invalid vector: 4 bytes'],
		];
		for (const [sql, message] of cases) {
			for (const whole of [sql, rebuilt(sql)]) {
				const issues = issuesOf(changed(whole));
				expect(issues, whole).toHaveLength(1);
				expect(issues[0]).toContain(message);
			}
		}
		expect(issuesOf(changed(rebuilt(`UPDATE shop SET name = x'4142' WHERE id = 'shop-1'`)))[0]).toContain(
			'name: invalid text: 2 bytes',
		);
		expect(issuesOf(changed(rebuilt(`UPDATE shop SET stock = NULL WHERE id = 'shop-1'`)))[0]).toContain(
			'stock: missing whole number',
		);
		expect(
			issuesOf(changed(rebuilt(`INSERT INTO shop SELECT * FROM shop WHERE id = 'shop-1'`)))[0],
		).toContain('duplicate id: "shop-1"');
		expect(
			issuesOf(changed(rebuilt(`UPDATE shop SET stock = zeroblob(50000000) WHERE id = 'shop-1'`)))[0],
		).toContain('stock: invalid whole number');
	});

	it('reads a table that another program made as it reads our own', () => {
		const names = toyTables[0].columns
			.map(({ name }) => name)
			.toReversed()
			.join(', ');
		const sql = `CREATE TABLE copy AS SELECT ${names} FROM shop; DROP TABLE shop; ALTER TABLE copy RENAME TO shop; CREATE TABLE c2 AS SELECT * FROM visit ORDER BY amount; DROP TABLE visit; ALTER TABLE c2 RENAME TO visit`;
		expect(open(changed(sql))).toMatchObject({ content, notices: [] });
	});

	it('never speaks in the words of SQLite', () => {
		for (let at = 100; at < bytes.length; at += 97) {
			const text = issuesOf(patched(at, 0xff, 0x00, 0x7f)).join('\n');
			expect(text).not.toMatch(/malformed|SQLITE_|no such|memory access|not an error|disk image|constraint/);
		}
	});
});

describe('an older version of the tables', () => {
	const [shop, ...others] = toyTables;
	const newer: readonly TableSpec[] = [
		{ ...shop, columns: [...shop.columns, { name: 'floor', kind: 'integer', help: 'floor' }] },
		...others,
	];
	const toy2 = {
		...toy,
		tablesVersion: 2,
		tables: newer,
		migrations: [
			{
				from: 1,
				tables: toyTables,
				upgrade(old: typeof content) {
					const table = old.tables.get('shop')!;
					const columns = new Map([...table.columns, ['floor', new Float64Array(table.rowCount)] as const]);
					return { ...old, tables: new Map([...old.tables, ['shop', { ...table, columns }] as const]) };
				},
			},
		],
	};

	it('is brought to the newest step by step, and the file stays as it is', () => {
		const before = bytes.slice();
		const read = open(bytes, () => toy2);
		expect(read.content.tables.get('shop')?.columns.get('floor')).toEqual(new Float64Array(50));
		expect(read.notices.map(({ code }) => code)).toEqual(['import.upgraded']);
		expect(bytes).toEqual(before);
		const again = open(writeSqlite(read.content, toy2, engine), () => toy2);
		expect(again).toMatchObject({ content: read.content, notices: [] });
		expect(contentFromDocument(document, () => toy2).content).toEqual(read.content);
	});

	it('is refused when no step leads on from it', () => {
		expect(issuesOf(bytes, () => ({ ...toy2, migrations: [] }))[0]).toContain(
			'unknown tables version: 1; this dropbench reads Toy from a later version up to 2',
		);
	});
});
