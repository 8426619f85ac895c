import { describe, it } from 'vitest';
import { contentDigest } from '#data/digest.ts';
import { importScenario } from '#data/import-scenario.ts';
import { contentFromDocument } from '#data/read-json.ts';
import { isBroken } from '#data/sql-engine.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { startEngine } from '../data/engine.ts';
import { findToy, shopRow, toy, toyDocument, toyTables } from '../data/toy-program.ts';
import { makeDraw, mutateBytes, mutatePages } from './mutate.ts';
import { makeTally, mutantCount } from './tally.ts';

const document = toyDocument({
	shop: Array.from({ length: 60 }, (_, i) =>
		shopRow({ id: `shop-${i}`, name: `é ${'x'.repeat(i)}`, config: { a: [i] } }),
	),
	visit: Array.from({ length: 500 }, (_, i) => ({ shop_id: `shop-${i % 60}`, visited_at: `2026-01-01T00:00:0${i % 10}.${100 + i}Z`, amount: i / 7 })), // prettier-ignore
	taste: [{ shop_id: 'shop-1', numbers: Array.from({ length: 3000 }, (_, i) => i / 8) }],
});
const { content } = contentFromDocument(document, findToy);
const digest = contentDigest(content, toyTables);

describe('a hostile SQLite file', () => {
	it('with mutated bytes or pages is refused, or read right, or said to be changed', async () => {
		const engine = await startEngine();
		const bytes = writeSqlite(content, toy, engine);
		// the same tables, made by another program: SQLite itself has to read them
		const database = new engine.Database(bytes);
		for (const { name } of toyTables)
			database.run(
				`CREATE TABLE copy AS SELECT * FROM "${name}"; DROP TABLE "${name}"; ALTER TABLE copy RENAME TO "${name}"`,
			);
		const foreign = new Uint8Array(database.export());
		database.close();

		for (const [title, file] of [
			['of ours', bytes],
			['of another program', foreign],
		] as const) {
			const tally = makeTally(`SQLite files ${title}`, toy);
			const draw = makeDraw(title.length);
			for (let i = 0; i < mutantCount(1500); i++) {
				const mutant = i % 3 === 0 ? mutateBytes(file, draw) : mutatePages(file, 4096, draw);
				const read = tally.add(() => importScenario(mutant, 'm.sqlite', findToy, engine));
				if (read === null) continue;
				const isSame = contentDigest(read.content, toyTables) === digest;
				const isTold = read.notices.some(({ code }) => code === 'import.digest');
				if (!isSame && !isTold) tally.markWrong('other rows, and not a word of it');
			}
			if (isBroken(engine)) tally.markWrong('SQLite was broken');
			tally.finish();
		}
	}, 240_000);

	it('with a malicious schema is refused, or read without it', async () => {
		const engine = await startEngine();
		const bytes = writeSqlite(content, toy, engine);
		const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)';
		const scripts = [
			`ALTER TABLE visit RENAME TO h; CREATE VIEW visit AS ${endless} SELECT 's' AS shop_id, i AS visited_at, i AS amount FROM n`,
			`ALTER TABLE shop RENAME TO h; CREATE VIEW shop AS SELECT * FROM h`,
			`ALTER TABLE scenario RENAME TO h; CREATE VIEW scenario AS SELECT * FROM h`,
			`CREATE VIEW v AS ${endless} SELECT max(i) FROM n`,
			`CREATE TRIGGER t AFTER INSERT ON shop BEGIN DELETE FROM shop; END`,
			`CREATE VIEW v AS SELECT 1; CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN DELETE FROM shop; END`,
			`ALTER TABLE shop ADD COLUMN g TEXT AS (printf('%.*c', 100000000, 'x')) VIRTUAL`,
			`ALTER TABLE shop DROP COLUMN note; ALTER TABLE shop ADD COLUMN note TEXT AS (hex(zeroblob(1000))) VIRTUAL`,
			`CREATE TABLE x (a, g AS (hex(zeroblob(1000000)))); ${endless} INSERT INTO x(a) SELECT i FROM n LIMIT 100`,
			`CREATE INDEX e ON shop (length(hex(zeroblob(stock + 1000))))`,
			`CREATE INDEX p ON shop (name) WHERE stock > 2`,
			`CREATE TABLE bomb (a CHECK (length(hex(zeroblob(100000000))) > 0))`,
			`DROP TABLE taste; CREATE VIRTUAL TABLE taste USING fts4(shop_id, numbers)`,
			`CREATE VIRTUAL TABLE f USING fts4(a); INSERT INTO f VALUES ('x')`,
			`DROP TABLE visit; CREATE TABLE visit (shop_id, visited_at, amount); ${endless} INSERT INTO visit SELECT 'shop-1', i, i FROM n LIMIT 200000`,
			`DROP TABLE visit; CREATE TABLE visit (shop_id, visited_at, amount, "a""b" DEFAULT (random()), [c d], \`e\`)`,
			`ALTER TABLE visit RENAME COLUMN amount TO "amount "`,
			`ALTER TABLE shop RENAME COLUMN id TO "Id"`,
			`CREATE TABLE "__proto__" (a); CREATE TABLE constructor (b); CREATE TABLE "<script>alert(1)</script>" (c)`,
			`UPDATE shop SET name = '<img src=x onerror=alert(1)>' WHERE id = 'shop-1'`,
			`UPDATE shop SET name = '=HYPERLINK("http://x")' WHERE id = 'shop-1'`,
			`UPDATE shop SET config = '${'['.repeat(900)}${']'.repeat(900)}' WHERE id = 'shop-1'`,
			`UPDATE shop SET config = '{"__proto__":{"a":1}}' WHERE id = 'shop-1'`,
			`UPDATE shop SET config = '{"a":1,"a":2}' WHERE id = 'shop-1'`,
			`UPDATE scenario SET program = '__proto__'`,
			`UPDATE scenario SET name = replace(hex(zeroblob(5000)), '0', 'x')`,
			`INSERT INTO scenario SELECT * FROM scenario`,
			`PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'shop'`,
			`PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage = 2 WHERE type = 'table'`,
			`PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage = 999999 WHERE name = 'shop'`,
			`PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage = -1 WHERE name = 'visit'`,
			`PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE shop (id)' WHERE name = 'shop'`,
			`PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'garbage' WHERE name = 'shop'`,
			`PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(hex(zeroblob(100000)), '00', 'x') WHERE name = 'shop'`,
			`PRAGMA writable_schema=ON; INSERT INTO sqlite_schema SELECT * FROM sqlite_schema`,
			`PRAGMA writable_schema=ON; UPDATE sqlite_schema SET type = 'view' WHERE name = 'visit'`,
			`PRAGMA writable_schema=ON; UPDATE sqlite_schema SET name = 'visit', tbl_name = 'visit' WHERE name = 'taste'`,
			...Array.from({ length: 3 }, (_, i) =>
				Array.from({ length: 300 * (i + 2) }, (_, n) => `CREATE VIEW v${n} AS SELECT ${n}`).join(';'),
			),
			`CREATE TABLE wide (${Array.from({ length: 1900 }, (_, i) => `c${i}`).join(',')})`,
		];
		const tally = makeTally('SQLite schemas', toy);
		for (const script of scripts) {
			const database = new engine.Database(bytes);
			database.run('PRAGMA ignore_check_constraints=ON');
			try {
				database.exec(script);
			} catch {
				// SQLite may balk at its own damaged schema after the damage is done
			}
			const hostile = new Uint8Array(database.export());
			try {
				database.close();
			} catch {
				// and so here
			}
			tally.add(() => importScenario(hostile, 'm.sqlite', findToy, engine));
		}
		if (isBroken(engine)) tally.markWrong('SQLite was broken');
		tally.finish();
	}, 120_000);
});
