import { describe, expect, it } from 'vitest';
import { contentDigest } from '#data/digest.ts';
import { importTable } from '#data/import-table.ts';
import { contentFromDocument } from '#data/read-json.ts';
import { InputError } from '#programs/input-error.ts';
import { ids, numbers, tableOf, vectors, type ScenarioContent } from '#programs/tables.ts';
import { findToy, shopRow, toyDocument, toyTables } from './toy-program.ts';

const base = contentFromDocument(
	toyDocument({
		shop: [shopRow(), shopRow({ id: 's2', stock: 8 })],
		visit: [{ shop_id: 's1', visited_at: '2026-01-01T10:00:00Z', amount: 2 }],
		taste: [{ shop_id: 's1', numbers: [1, 2] }],
	}),
	findToy,
	'base.json',
).content;
const bytes = (text: string) => new TextEncoder().encode(text);
const VISITS = { file: 'v.csv', table: 'visit', columns: { shop_id: 'shop', visited_at: 'at', amount: 'sum' } }; // prettier-ignore

function take(text: string, mapping: typeof VISITS, mode: 'replace' | 'append'): ScenarioContent {
	return importTable(base, toyTables, bytes(text), mapping, mode, 'other').content;
}

function issuesOf(act: () => unknown) {
	try {
		act();
	} catch (error) {
		if (error instanceof InputError) return error.issues;
		throw error;
	}
	return [];
}

describe('one CSV file for a table of a scenario', () => {
	it('adds its rows to those there, and leaves all other tables and the given scenario as they are', () => {
		const before = contentDigest(base, toyTables);
		const content = take('shop,at,sum\ns2,2026-01-03T10:00:00Z,7\n', VISITS, 'append');
		expect(Array.from(numbers(tableOf(content, 'visit'), 'amount'))).toEqual([2, 7]);
		expect(ids(tableOf(content, 'shop'), 'id')).toEqual(['s1', 's2']);
		expect([content.name, content.now]).toEqual(['other', base.now]);
		expect(contentDigest(base, toyTables)).toBe(before);
	});

	it('takes the place of the rows there', () => {
		const content = take('shop,at,sum\ns2,2026-01-03T10:00:00Z,7\n', VISITS, 'replace');
		expect(Array.from(numbers(tableOf(content, 'visit'), 'amount'))).toEqual([7]);
	});

	it('joins packed vectors', () => {
		const mapping = { file: 't.csv', table: 'taste', columns: { shop_id: 's', numbers: 'n' } };
		const content = importTable(base, toyTables, bytes('s,n\ns2,3 4 5\n'), mapping, 'append', '').content;
		const { data, start } = vectors(tableOf(content, 'taste'), 'numbers');
		expect([Array.from(data), Array.from(start)]).toEqual([[1, 2, 3, 4, 5], [0, 2, 5]]); // prettier-ignore
	});

	it('tells a row that is there already by the line of the file', () => {
		const issues = issuesOf(() => take('shop,at,sum\ns1,2026-01-01T10:00:00Z,7\n', VISITS, 'append'));
		expect(issues.map(({ at, code }) => [at, code])).toEqual([
			['v.csv:2, shop_id, visited_at', 'import.duplicate'],
		]);
		expect(issues[0].message).toContain('visit of the open scenario');
	});

	it('tells a reference to nothing by its line, and all problems at once', () => {
		const text = 'shop,at,sum\ns9,2026-01-01T11:00:00Z,1\ns1,yesterday,2\n';
		const issues = issuesOf(() => take(text, VISITS, 'append'));
		expect(issues.map(({ code }) => code).sort()).toEqual(['import.reference', 'import.value']);
		expect(issues.every(({ at }) => at.startsWith('v.csv:'))).toBe(true);
	});

	it('is refused where rows of other tables would point at nothing', () => {
		const header = 'id,name,size,stock,latitude,is_open,opens_at';
		const columns = Object.fromEntries(header.split(',').map((name) => [name, name]));
		const text = `${header}\ns2,Hill,small,1,2,true,2026-01-01T09:00:00Z\n`;
		const issues = issuesOf(() => importTable(base, toyTables, bytes(text), { file: 's.csv', table: 'shop', columns }, 'replace', '')); // prettier-ignore
		expect(issues.map(({ at }) => at.split(' (')[0]).sort()).toEqual([
			'taste of the open scenario',
			'visit of the open scenario',
		]);
	});
});
