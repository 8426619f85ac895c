import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { importScenario } from '#data/import-scenario.ts';
import { contentFromDocument } from '#data/read-json.ts';
import type { SqlEngine } from '#data/sql-engine.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import type { ScenarioContent } from '#programs/tables.ts';
import { startEngine } from './engine.ts';
import { findToy, shopRow, toy, toyDocument } from './toy-program.ts';

let engine: SqlEngine;
beforeAll(async () => {
	engine = await startEngine();
});

/** What SQLite says of a file, and how many rows of a table it finds, along the tree and by key. */
function bySqlite(bytes: Uint8Array, table: string) {
	const database = new engine.Database(bytes);
	database.run('PRAGMA foreign_keys=ON');
	const key = table === 'shop' ? 'id' : 'shop_id';
	const one = (sql: string) => database.exec(sql)[0].values[0][0];
	const result = {
		check: one('PRAGMA integrity_check'),
		foreign: database.exec('PRAGMA foreign_key_check'),
		count: one(`SELECT count(*) FROM "${table}"`),
		countByKey: one(`SELECT sum((SELECT count(*) FROM "${table}" AS t WHERE t."${key}" = k.key)) FROM (SELECT DISTINCT "${key}" AS key FROM "${table}") AS k`), // prettier-ignore
	};
	database.close();
	return result;
}

function expectWhole(content: ScenarioContent, table: string, count: number): void {
	const bytes = writeSqlite(content, toy, engine);
	expect(bySqlite(bytes, table)).toEqual({ check: 'ok', foreign: [], count, countByKey: count });
	expect(importScenario(bytes, 'a.sqlite', findToy, engine)).toMatchObject({ content, notices: [] });
}

const visits = (count: number) => Array.from({ length: count }, (_, i) => ({ shop_id: `s${i % 7}`, visited_at: new Date(1.7e12 + i * 1000).toISOString(), amount: [0, 1, -1, 0.1, 1e300][i % 5] })); // prettier-ignore
const shops = (names: readonly string[]) => names.map((name, i) => shopRow({ id: `s${i}`, name, stock: i % 1000, balance: [null, 0, 1, -1, 127, 128, -128, -129, 32768, 8388608, 2147483648, 140737488355328, -9007199254740991][i % 13], note: i % 3 === 0 ? null : name })); // prettier-ignore

describe('a large table', () => {
	it('is whole to SQLite whatever its number of rows, at every border of pages and levels', () => {
		for (const count of [1000, 1001, 1002, 1003, 2500, 4999, 9000, 9001, 20_000]) {
			const { content } = contentFromDocument(
				toyDocument({ shop: shops(['a', 'b', 'c', 'd', 'e', 'f', 'g']), visit: visits(count) }),
				findToy,
			);
			expectWhole(content, 'visit', count);
		}
	});

	it('is whole at every border of a tree that is deep', () => {
		for (let count = 1000; count < 1016; count++) {
			const names = Array.from({ length: count }, () => '€'.repeat(270));
			const { content } = contentFromDocument(toyDocument({ shop: shops(names) }), findToy);
			expectWhole(content, 'shop', count);
		}
	});

	it('is whole whatever the length of its rows', () => {
		const property = fc.property(
			fc.integer({ min: 1000, max: 1400 }),
			fc.integer({ min: 1, max: 330 }),
			fc.constantFrom('x', 'é', '€'),
			(count, longest, letter) => {
				const names = Array.from({ length: count }, (_, i) => letter.repeat((i * 7919) % longest));
				const { content } = contentFromDocument(toyDocument({ shop: shops(names) }), findToy);
				expectWhole(content, 'shop', count);
			},
		);
		fc.assert(property, { seed: 1, numRuns: 25 });
	});

	it('is inserted by SQLite where rows are long, or keys order otherwise', () => {
		const long = contentFromDocument(
			toyDocument({
				shop: shops(Array.from({ length: 1100 }, (_, i) => (i === 700 ? 'y'.repeat(5000) : 'x'))),
			}),
			findToy,
		).content;
		expectWhole(long, 'shop', 1100);
		const ids = [...Array.from({ length: 1100 }, (_, i) => `s${i}`), '\ue000', '😀', '\uffee'];
		const odd = contentFromDocument(
			toyDocument({ shop: ids.map((id) => shopRow({ id, name: '😀' })) }),
			findToy,
		).content;
		expectWhole(odd, 'shop', 1103);
	});

	it('has the same rows as one that SQLite inserted, value by value and type by type', () => {
		const { content } = contentFromDocument(
			toyDocument({ shop: shops(Array.from({ length: 1500 }, (_, i) => `é${i}😀`)) }),
			findToy,
		);
		const names = toy.tables[0].columns.map(({ name }) => `"${name}", typeof("${name}")`).join(', ');
		const database = new engine.Database(writeSqlite(content, toy, engine));
		const rows = database.exec(`SELECT ${names} FROM shop ORDER BY id`)[0].values;
		database.run(
			'CREATE TABLE copy AS SELECT * FROM shop; DELETE FROM shop; INSERT INTO shop SELECT * FROM copy',
		);
		const inserted = database.exec(`SELECT ${names} FROM shop ORDER BY id`)[0].values;
		database.close();
		expect(rows).toEqual(inserted);
		expect(rows).toHaveLength(1500);
	});
});
