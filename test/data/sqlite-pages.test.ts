import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlEngine } from '#data/sql-engine.ts';
import { DamagedPages, readPages, type PageValue } from '#data/sqlite-pages.ts';
import { startEngine } from './engine.ts';

let engine: SqlEngine;
beforeAll(async () => {
	engine = await startEngine();
});

const value = fc.oneof(
	fc.constantFrom<PageValue>(
		null,
		0,
		1,
		-1,
		127,
		128,
		-129,
		32768,
		8388608,
		2147483648,
		140737488355328,
		4503599627370497,
		0.5,
		'',
		'é😀',
	),
	fc.maxSafeInteger(),
	fc.double({ noNaN: true }),
	fc.string({ unit: 'grapheme', maxLength: 200 }),
	fc.uint8Array({ maxLength: 300 }),
	fc.nat(20_000).map((length) => 'x'.repeat(length)),
	fc.nat(20_000).map((length) => new Uint8Array(length).fill(7)),
);

interface Built {
	readonly bytes: Uint8Array;
	readonly root: number;
}

function build(
	rows: readonly (readonly [string, PageValue, PageValue])[],
	pageSize: number,
	options: string,
): Built {
	const database = new engine.Database();
	database.run(`PRAGMA page_size=${pageSize}; CREATE TABLE t (k TEXT NOT NULL PRIMARY KEY, a, b) ${options}`);
	for (const row of rows) database.run('INSERT OR REPLACE INTO t VALUES (?, ?, ?)', [...row]);
	const root = Number(database.exec(`SELECT rootpage FROM sqlite_schema WHERE name = 't'`)[0].values[0][0]);
	const bytes = database.export();
	database.close();
	return { bytes, root };
}

function bySql({ bytes }: Built): PageValue[][] {
	const database = new engine.Database(bytes);
	const statement = database.prepare('SELECT k, a, b FROM t');
	const rows: PageValue[][] = [];
	while (statement.step()) rows.push(statement.get());
	database.close();
	return rows;
}

function byPages({ bytes, root }: Built, isIndex: boolean): PageValue[][] {
	const rows: PageValue[][] = [];
	readPages(bytes, root, isIndex, 3, (values) => rows.push([...values]));
	return rows;
}

const table = fc.record({
	rows: fc.array(
		fc.tuple(
			fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\0')),
			value,
			value,
		),
		{ maxLength: 60 },
	),
	pageSize: fc.constantFrom(512, 1024, 4096, 65536),
	isIndex: fc.boolean(),
});

describe('readPages', () => {
	it('reads the rows that SQLite reads, in its order, over pages of any size', () => {
		const property = fc.property(table, ({ rows, pageSize, isIndex }) => {
			const built = build(
				rows.map(([key, a, b]) => [key, withoutNul(a), withoutNul(b)]),
				pageSize,
				isIndex ? 'WITHOUT ROWID' : '',
			);
			expect(byPages(built, isIndex)).toEqual(bySql(built));
		});
		fc.assert(property, { seed: 1, numRuns: 120 });
	});

	it('reads a tree of several levels', () => {
		const rows = Array.from({ length: 5000 }, (_, i): [string, number, string] => [
			`key ${i}`,
			i,
			'x'.repeat(i % 60),
		]);
		for (const isIndex of [true, false]) {
			const built = build(rows, 512, isIndex ? 'WITHOUT ROWID' : '');
			expect(byPages(built, isIndex)).toEqual(bySql(built));
		}
	});

	it('gives text that is no UTF-8 as bytes', () => {
		const database = new engine.Database();
		database.run(
			`CREATE TABLE t (k TEXT NOT NULL PRIMARY KEY, a, b) WITHOUT ROWID; INSERT INTO t VALUES ('k', CAST(x'c361' AS TEXT), 'a' || char(0) || 'b')`,
		);
		const root = Number(database.exec(`SELECT rootpage FROM sqlite_schema WHERE name = 't'`)[0].values[0][0]);
		const bytes = database.export();
		database.close();
		expect(byPages({ bytes, root }, true)).toEqual([['k', Uint8Array.of(0xc3, 0x61), 'a\0b']]);
	});

	it('ends on any damage: it reads something, or says that the pages are damaged', () => {
		const built = build(
			Array.from({ length: 300 }, (_, i) => [`key ${i}`, i, 'y'.repeat((i * 37) % 900)]),
			512,
			'WITHOUT ROWID',
		);
		let refused = 0;
		const property = fc.property(
			fc.nat(built.bytes.length - 1),
			fc.nat(255),
			fc.nat(built.bytes.length - 1),
			fc.nat(255),
			(at, byte, at2, byte2) => {
				const bytes = built.bytes.slice();
				bytes[at < 100 ? at + 100 : at] = byte;
				bytes[at2 < 100 ? at2 + 100 : at2] = byte2;
				try {
					byPages({ bytes, root: built.root }, true);
				} catch (error) {
					expect(error).toBeInstanceOf(DamagedPages);
					refused++;
				}
			},
		);
		fc.assert(property, { seed: 1, numRuns: 3000 });
		expect(refused).toBeGreaterThan(100);
	});
});

function withoutNul(cell: PageValue): PageValue {
	// the script that joins SQLite to us cuts text at a NUL, so that it cannot be compared
	return typeof cell === 'string' ? cell.replaceAll('\0', '') : typeof cell === 'number' ? cell + 0 : cell;
}
