import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentDigest } from '#data/digest.ts';
import { importFolder, importScenario } from '#data/import-scenario.ts';
import { contentFromDocument } from '#data/read-json.ts';
import type { SqlEngine } from '#data/sql-engine.ts';
import { writeFolder } from '#data/write-csv.ts';
import { writeJson } from '#data/write-json.ts';
import { writeSqlite } from '#data/write-sqlite.ts';
import { dropTables } from '#programs/drop/tables.ts';
import { InputError } from '#programs/input-error.ts';
import { startEngine } from './engine.ts';

type Row = Record<string, unknown>;
interface Document {
	readonly tables: Record<string, Row[]>;
}

const drop = { id: 'drop', title: 'Drop', tablesVersion: 1, tables: dropTables, generator: null };
const find = () => drop;
const text = readFileSync(new URL('./vectors/drop-scenario.json', import.meta.url), 'utf8');
const document = () => JSON.parse(text) as Document;
const encode = (part: string) => new TextEncoder().encode(part);

let engine: SqlEngine;
beforeAll(async () => {
	engine = await startEngine();
});

/** The issues of the scenario with one thing changed. */
function issuesAfter(change: (tables: Record<string, Row[]>) => void): string[] {
	const changed = document();
	change(changed.tables);
	try {
		contentFromDocument(changed, find, 'd');
	} catch (error) {
		if (error instanceof InputError) return error.issues.map(({ at, message }) => `${at}: ${message}`);
		throw error;
	}
	return [];
}

describe('a Drop scenario', () => {
	it('reads back the same from every kind of file', () => {
		const { content, notices } = importScenario(encode(text), 'd.json', find, engine);
		expect(notices).toEqual([]);
		const sqlite = writeSqlite(content, drop, engine);
		const digest = contentDigest(content, dropTables);
		for (const read of [
			importScenario(sqlite, 'd.sqlite', find, engine),
			importScenario(encode(writeJson(content, drop)), 'd.json', find, engine),
			importFolder(writeFolder(content, drop), find),
		]) {
			expect(read.notices).toEqual([]);
			expect(read.content).toEqual(content);
			expect(contentDigest(read.content, dropTables)).toBe(digest);
		}
		const database = new engine.Database(sqlite);
		database.run('PRAGMA foreign_keys=ON');
		expect(database.exec('PRAGMA foreign_key_check')).toEqual([]);
		expect(database.exec('PRAGMA integrity_check')[0].values).toEqual([['ok']]);
		database.close();
	});

	it('takes two locations of a brand at one point, and an app open told twice, for one', () => {
		const changed = document();
		const { location, app_open: open } = changed.tables;
		const n = location.length;
		location.push({ ...location[3] }, { ...location[3] });
		open.unshift({ ...open[1] });
		const { content, notices } = contentFromDocument(changed, find, 'd');
		expect(content).toEqual(contentFromDocument(document(), find).content);
		const [first, rest] = notices.map(({ message }) => message);
		expect(first).toBe(`d, tables.location[${n}]: the same location as d, tables.location[3], and 1 more row like it; taken once, which changes nothing`); // prettier-ignore
		expect(rest).toBe('d, tables.app_open[2]: the same app_open as d, tables.app_open[0]; taken once, which changes nothing'); // prettier-ignore
		const folder = new Map(writeFolder(content, drop));
		const csv = new TextDecoder().decode(folder.get('location.csv'));
		folder.set('location.csv', encode(csv + csv.split('\r\n').slice(1).join('\r\n')));
		const again = importFolder(folder, find);
		expect(again.content).toEqual(content);
		expect(again.notices.map(({ message }) => message)).toEqual([
			`location.csv:${n + 2}: the same location as location.csv:2, and ${n - 1} more rows like it; taken once, which changes nothing`,
		]);
	});

	it('loads with a notice when it carries boosts and exclusions', () => {
		const changed = document();
		changed.tables.contract[0].boost = 2;
		changed.tables.exclusion = [{ user_id: 'u', contract_id: 'c' }];
		const { content, notices } = contentFromDocument(changed, find, 'd');
		expect(content).toEqual(contentFromDocument(document(), find).content);
		expect(notices.map(({ message }) => message)).toEqual([
			'd, tables.contract: unknown column "boost" was left out; it changes nothing',
			'd: unknown table "exclusion" was left out; it changes nothing',
		]);
	});

	it.each<[string, (tables: Record<string, Row[]>) => void, string]>([
		[
			'an unknown city on a user',
			(tables) => (tables.user[3].city_id = 'Dalas'),
			'city_id: unknown city: "Dalas"; city has "dal", "nyc"',
		],
		[
			'an affinity above 1',
			(tables) => (tables.affinity[5].value = 1.01),
			'value: invalid number: 1.01; must be a finite number from 0 to 1',
		],
		[
			'an affinity that is no number',
			(tables) => (tables.affinity[5].value = 'NaN'),
			'value: invalid number: "NaN"',
		],
		[
			'a contract that ends before it starts',
			(tables) => (tables.contract[2].ends_at = '2020-01-01T00:00:00Z'),
			'ends_at: mismatched cells: ends_at is 2020-01-01T00:00:00Z; ends_at must be after starts_at',
		],
		[
			'a negative supply',
			(tables) => (tables.contract[2].supply = -1),
			'supply: invalid whole number: -1; must be a whole number from 0 to 1000000000',
		],
		['a duplicate id', (tables) => tables.user.push({ ...tables.user[0] }), 'id: duplicate id'],
		[
			'a seed that is no uint32',
			(tables) => (tables.drop[0].seed = 4294967296),
			'seed: invalid whole number: 4294967296; must be a whole number from 0 to 4294967295, or empty',
		],
		[
			'a city of a contract twice',
			(tables) => tables.contract_city.push({ ...tables.contract_city[0] }),
			'duplicate contract_id, city_id',
		],
		['a missing table', (tables) => delete tables.user, 'tables.user: missing table'],
	])('with %s is refused', (_, change, message) => {
		const issues = issuesAfter(change);
		expect(issues.length).toBeGreaterThan(0);
		expect(issues[0]).toContain(message);
	});
});
