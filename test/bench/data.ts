import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { contentDigest } from '#data/digest.ts';
import { importFolder, importScenario } from '#data/import-scenario.ts';
import { startSqlEngine } from '#data/sql-engine.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeJson } from '#data/write-json.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { packZip } from '#data/zip.ts';
import { dropTables } from '#programs/drop/tables.ts';
import { measure } from './instances/measure.ts';
import { makeBenchScenario } from './instances/scenario.ts';

const drop = { id: 'drop', title: 'Drop', tablesVersion: 1, tables: dropTables, generator: null };
const find = () => drop;
const wasm = readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'));
const megabytes = (bytes: Uint8Array) => `${(bytes.length / 1e6).toFixed(1)} MB`;

for (const [userCount, brandCount, isPacked] of [
	[10_000, 100, false],
	[100_000, 100, true],
] as const) {
	const engine = await startSqlEngine(new Uint8Array(wasm));
	const content = makeBenchScenario(userCount, brandCount, isPacked);
	const values = userCount * brandCount;
	const name = (what: string) => `${what} ${userCount} × ${brandCount}${isPacked ? ', packed' : ''}`;

	measure(name('digest'), values, 5, () => contentDigest(content, dropTables));
	const sqlite = writeSqlite(content, drop, engine);
	measure(name('write sqlite'), values, 5, () => writeSqlite(content, drop, engine));
	measure(name('open sqlite'), values, 5, () => importScenario(sqlite, 'b.sqlite', find, engine));
	const json = new TextEncoder().encode(writeJson(content, drop));
	measure(name('write json'), values, 5, () => writeJson(content, drop));
	measure(name('read json'), values, 5, () => importScenario(json, 'b.json', find, engine));
	const folder = writeFolder(content, drop);
	measure(name('write csv'), values, 5, () => writeFolder(content, drop));
	measure(name('read csv'), values, 5, () => importFolder(folder, find));
	const zip = packZip(folder);
	measure(name('read zip'), values, 5, () => importScenario(zip, 'b.zip', find, engine));
	console.log(`  sqlite ${megabytes(sqlite)}, json ${megabytes(json)}, zip ${megabytes(zip)}`);
}
