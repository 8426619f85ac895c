import { beforeAll, describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import { queryScenario } from '#data/sql-console.ts';
import type { SqlEngine } from '#data/sql-engine.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { InputError } from '#programs/input-error.ts';
import { startEngine } from './engine.ts';
import { findToy, toy, toyDocument } from './toy-program.ts';

let engine: SqlEngine;
let bytes: Uint8Array;
beforeAll(async () => {
	engine = await startEngine();
	bytes = writeSqlite(contentFromDocument(toyDocument(), findToy).content, toy, engine);
});

const run = (sql: string) => queryScenario(bytes, sql, engine);

function refusal(sql: string): string {
	try {
		run(sql);
	} catch (error) {
		if (error instanceof InputError) return error.issues[0].message;
		throw error;
	}
	return 'ran';
}

describe('queryScenario', () => {
	it('runs one SELECT, WITH, VALUES or EXPLAIN, also after comments', () => {
		expect(run('SELECT id, stock, note FROM shop')).toEqual({
			columns: ['id', 'stock', 'note'],
			rows: [['s1', 3, null]],
			isCut: false,
		});
		expect(run('-- all\n /* of ; them */ values (1), (2);').rows).toEqual([[1], [2]]);
		expect(run('WITH a AS (SELECT 1 AS x) SELECT x FROM a').columns).toEqual(['x']);
		expect(run('EXPLAIN QUERY PLAN SELECT * FROM shop').rows.length).toBeGreaterThan(0);
		expect(run(`SELECT x'00ff', 1 WHERE 0`).columns).toHaveLength(2);
		expect(run(`SELECT x'00ff'`).rows).toEqual([['(2 bytes)']]);
	});

	it.each([
		'', ';', '--', '/* open', 'PRAGMA query_only=0', 'DELETE FROM shop', 'UPDATE shop SET stock = 0', 'DROP TABLE shop', 'ATTACH \'x\' AS y', 'CREATE TABLE t (a)', '/**/ INSERT INTO shop DEFAULT VALUES', 'VACUUM', 'BEGIN', '(SELECT 1)',
	])('refuses %j', (sql) => {
		expect(refusal(sql)).toContain('must be one SELECT, WITH, VALUES or EXPLAIN');
	}); // prettier-ignore

	it('refuses to write, and a second statement', () => {
		expect(refusal(`WITH a AS (SELECT 1) DELETE FROM shop`)).toContain(
			'attempt to write a readonly database',
		);
		expect(refusal('SELECT 1; PRAGMA query_only=0; DELETE FROM shop')).toContain('several statements');
		expect(refusal('SELECT 1; SELECT 2')).toContain('several statements');
		expect(run('SELECT count(*) FROM shop').rows).toEqual([[1]]);
	});

	it('stops at ten thousand rows and a million characters', () => {
		const many = run('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n');
		expect([many.rows.length, many.isCut]).toEqual([10_000, true]);
		const long = run(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT printf('%.1000c', 'x') FROM n`,
		);
		expect([long.rows.length < 1010, long.isCut]).toEqual([true, true]);
	});

	it('says what is wrong with a query, and nothing else of SQLite', () => {
		expect(refusal('SELECT nope FROM shop')).toContain('no such column: nope');
		expect(refusal('SELECT FROM')).toContain('near "FROM"');
		expect(refusal(`SELECT zeroblob(2000000000)`)).toContain('cannot be run, or needs more memory');
	});
});
