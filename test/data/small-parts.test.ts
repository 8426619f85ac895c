import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Length } from '#data/cell-readers.ts';
import { fileName } from '#data/file-name.ts';
import { float32Text } from '#data/float32-text.ts';
import { keyOrder, rankColumn } from '#data/key-order.ts';
import { contentFromDocument } from '#data/read-json.ts';
import { rowsOf } from '#data/rows-of.ts';
import { writeReportCsv } from '#data/write-report-csv.ts';
import { findToy, toyDocument, toyTables } from './toy-program.ts';

describe('keyOrder', () => {
	it('orders rows as a sort of their keys does, and finds each key that stands twice', () => {
		const text = fc.constantFrom(null, 'a', 'b', 'aa', '\uE000', '😀', '__proto__');
		const number = fc.constantFrom(NaN, -1, 0, 2, 10);
		const property = fc.property(fc.array(fc.tuple(text, number), { maxLength: 30 }), (rows) => {
			const columns = { t: rows.map(([cell]) => cell), n: Float64Array.from(rows, ([, cell]) => cell) };
			const ranked = new Map([['t', rankColumn(columns.t, rows.length)], ['n', rankColumn(columns.n, rows.length)]]); // prettier-ignore
			const spec = { ...toyTables[0], key: ['t', 'n'] };
			const { order, duplicates } = keyOrder(spec, ranked, rows.length);
			const size = (row: number): [string, number] => [
				rows[row][0] ?? '',
				Number.isNaN(rows[row][1]) ? -Infinity : rows[row][1],
			];
			const expected = [...rows.keys()].sort((a, b) => {
				const [[s, m], [t, n]] = [size(a), size(b)];
				return s < t ? -1 : s > t ? 1 : m < n ? -1 : m > n ? 1 : a - b;
			});
			expect([...(order ?? rows.keys())]).toEqual(expected);
			expect(duplicates).toHaveLength(
				rows.length - new Set(rows.map((row) => JSON.stringify(row.map(String)))).size,
			);
		});
		fc.assert(property, { seed: 1, numRuns: 500 });
	});

	it('leaves a table without a key as it is', () => {
		expect(keyOrder({ ...toyTables[0], key: [] }, new Map(), 3)).toEqual({ order: null, duplicates: [] });
	});
});

describe('float32Text', () => {
	it('reads back as the same float32 and is never longer than nine digits', () => {
		const property = fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
			const text = float32Text(value)!;
			expect(Math.fround(Number(text))).toBe(value + 0);
			expect(text.replace(/e.*|[-.]|^0\.0*/g, '').replace(/^0+|0+$/g, '').length).toBeLessThanOrEqual(9);
		});
		fc.assert(property, { seed: 1, numRuns: 2000 });
		expect([0.1, -0, 16777216, NaN].map((value) => float32Text(Math.fround(value)))).toEqual([
			'0.1',
			'0',
			'16777216',
			null,
		]);
	});
});

describe('utf8Length', () => {
	it('counts the bytes that an encoder makes', () => {
		const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
			expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
		});
		fc.assert(property, { seed: 1, numRuns: 1000 });
	});
});

describe('fileName', () => {
	it('holds letters, digits, - and _, and at most 80 characters', () => {
		expect(fileName('Three cities, März 2026', 'sqlite')).toBe('Three-cities-Ma-rz-2026.sqlite');
		expect(fileName('../../etc/passwd\0', 'csv')).toBe('etc-passwd.csv');
		expect(fileName('💥', 'json')).toBe('scenario.json');
		const property = fc.property(fc.string({ maxLength: 300 }), (name) => {
			expect(fileName(name, 'zip')).toMatch(/^[A-Za-z0-9_-]{1,76}\.zip$/);
		});
		fc.assert(property, { seed: 1, numRuns: 500 });
	});
});

describe('writeReportCsv', () => {
	it('writes numbers as numbers, times as text, none as nothing, and disarms text', () => {
		const csv = writeReportCsv({
			id: 't',
			title: 'T',
			columns: [
				{ id: 'a', title: '=Name', unit: 'text', values: ['=1+1', "'-x", null, 'a "b", c'] },
				{ id: 'b', title: 'Value', unit: 'number', values: Float64Array.of(-12.5, NaN, -0, 1e21) },
				{ id: 'c', title: 'At', unit: 'time', values: Float64Array.of(0, NaN, 1.5e12, 1) },
			],
		});
		expect(csv.split('\r\n')).toEqual([
			"'=Name,Value,At",
			"'=1+1,-12.5,1970-01-01T00:00:00Z",
			"''-x,,",
			',0,2017-07-14T02:40:00Z',
			'"a ""b"", c",1e+21,1970-01-01T00:00:00.001Z',
			'',
		]);
		expect(writeReportCsv({ id: 't', title: 'T', columns: [] })).toBe('\r\n');
	});
});

describe('rowsOf', () => {
	it('gives a page of rows as people read them', () => {
		const document = toyDocument({ taste: [{ shop_id: 's1', numbers: [1, 2] }] });
		const { content } = contentFromDocument(document, findToy);
		expect(rowsOf(content, toyTables[0], 0, 10)).toEqual([
			[
				's1',
				'Corner',
				null,
				null,
				'small',
				3,
				-5,
				40.7,
				0.1,
				true,
				false,
				'2026-01-01T09:00:00Z',
				null,
				null,
			],
		]);
		expect(rowsOf(content, toyTables[2], 0, 1)).toEqual([['s1', '2 numbers']]);
		expect(rowsOf(content, toyTables[0], 1, 10)).toEqual([]);
	});
});
