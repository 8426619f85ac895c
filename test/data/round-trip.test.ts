import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentDigest } from '#data/digest.ts';
import { importFolder, importScenario } from '#data/import-scenario.ts';
import type { SqlEngine } from '#data/sql-engine.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeJson } from '#data/write-json.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { contentFromDocument } from '#data/read-json.ts';
import { packZip } from '#data/zip.ts';
import { startEngine } from './engine.ts';
import { randomDocument, reversed } from './random-document.ts';
import { findToy, toy, toyTables } from './toy-program.ts';

let engine: SqlEngine;
beforeAll(async () => {
	engine = await startEngine();
});

const encode = (text: string) => new TextEncoder().encode(text);

describe('a scenario', () => {
	it('reads back the same from SQLite, JSON, CSV and zip', () => {
		const property = fc.property(randomDocument, (document) => {
			const { content } = contentFromDocument(document, findToy);
			const digest = contentDigest(content, toyTables);
			const sqlite = importScenario(writeSqlite(content, toy, engine), 'a.sqlite', findToy, engine);
			const json = importScenario(encode(writeJson(content, toy)), 'a.json', findToy, engine);
			const folder = writeFolder(content, toy);
			const csv = importFolder(folder, findToy);
			const zip = importScenario(packZip(folder), 'a.zip', findToy, engine);
			for (const read of [sqlite, json, csv, zip]) {
				expect(read.content).toEqual(content);
				expect(contentDigest(read.content, toyTables)).toBe(digest);
				expect(read.notices).toEqual([]);
			}
		});
		fc.assert(property, { seed: 1, numRuns: 80 });
	});

	it('brings its configuration along in every kind of file, as it was written', () => {
		const property = fc.property(
			randomDocument,
			fc.dictionary(fc.string(), fc.jsonValue()),
			(document, made) => {
				const config = JSON.parse(JSON.stringify(made)) as unknown; // without -0, which JSON does not have
				const { content } = contentFromDocument(document, findToy);
				const sqlite = writeSqlite(content, toy, engine, config);
				const json = encode(writeJson(content, toy, config));
				const zip = packZip(writeFolder(content, toy, config));
				for (const [name, bytes] of Object.entries({ 'a.sqlite': sqlite, 'a.json': json, 'a.zip': zip })) {
					const read = importScenario(bytes, name, findToy, engine);
					expect(read.config).toEqual(config);
					expect(read.content).toEqual(content);
					expect(read.notices).toEqual([]);
				}
			},
		);
		fc.assert(property, { seed: 2, numRuns: 80 });
	});

	it('has the same content, digest and files whatever the order of its rows', () => {
		const property = fc.property(randomDocument, (document) => {
			const one = contentFromDocument(document, findToy).content;
			const other = contentFromDocument(reversed(document), findToy).content;
			expect(other).toEqual(one);
			expect(contentDigest(other, toyTables)).toBe(contentDigest(one, toyTables));
			expect(writeSqlite(other, toy, engine)).toEqual(writeSqlite(one, toy, engine));
			expect(writeJson(other, toy)).toBe(writeJson(one, toy));
			expect(packZip(writeFolder(other, toy))).toEqual(packZip(writeFolder(one, toy)));
		});
		fc.assert(property, { seed: 1, numRuns: 40 });
	});

	it('has another digest when any cell changes, and the same when only its name does', () => {
		const property = fc.property(randomDocument, fc.nat(), fc.nat(), (document, a, b) => {
			const { content } = contentFromDocument(document, findToy);
			const shop = content.tables.get('shop')!;
			const stock = Float64Array.from(shop.columns.get('stock') as Float64Array);
			stock[a % shop.rowCount] += 1 + (b % 5);
			const changed = { ...shop, columns: new Map([...shop.columns, ['stock', stock] as const]) };
			const other = { ...content, tables: new Map([...content.tables, ['shop', changed] as const]) };
			expect(contentDigest(other, toyTables)).not.toBe(contentDigest(content, toyTables));
			expect(contentDigest({ ...content, name: 'other' }, toyTables)).toBe(contentDigest(content, toyTables));
			expect(contentDigest({ ...content, now: '' }, toyTables)).not.toBe(contentDigest(content, toyTables));
		});
		fc.assert(property, { seed: 1, numRuns: 40 });
	});
});
