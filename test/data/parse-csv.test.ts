import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow, hardened, softened } from '#data/csv-text.ts';
import { parseCsv } from '#data/parse-csv.ts';
import { InputError } from '#programs/input-error.ts';

function rowsOf(text: string): [number, string[]][] {
	const rows: [number, string[]][] = [];
	parseCsv(text, 'a.csv', (cells, line) => rows.push([line, cells]));
	return rows;
}

function refusal(text: string): string {
	try {
		rowsOf(text);
	} catch (error) {
		if (error instanceof InputError) return `${error.issues[0].at}: ${error.issues[0].message}`;
		throw error;
	}
	return 'accepted';
}

const cell = fc.oneof(
	fc.constantFrom('', '"', '""', ',', '\n', '\r', '\r\n', ' ', "'", '=1', 'a"b', 'x\r', '\uFEFFx', '"a"'),
	fc.string({ unit: 'grapheme', maxLength: 8 }),
);

describe('parseCsv', () => {
	it('reads back every table that csvRow writes, with the line each row starts on', () => {
		const property = fc.property(
			fc
				.integer({ min: 1, max: 5 })
				.chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 })),
			(table) => {
				let line = 1;
				const expected = table.map((cells): [number, string[]] => {
					const at = line;
					line += csvRow(cells).split('\n').length - 1;
					return [at, cells];
				});
				// a first cell that starts with a byte order mark would lose it
				const text = `x\r\n${table.map(csvRow).join('')}`;
				expect(rowsOf(text)).toEqual([[1, ['x']], ...expected.map(([at, cells]) => [at + 1, cells])]);
			},
		);
		fc.assert(property, { seed: 1, numRuns: 1000 });
	});

	it('takes LF and CRLF mixed, a byte order mark, and a last line without an end', () => {
		expect(rowsOf('\uFEFFa,b\r\n1,2\n3,"4"\r\n5,')).toEqual([
			[1, ['a', 'b']],
			[2, ['1', '2']],
			[3, ['3', '4']],
			[4, ['5', '']],
		]);
		expect(rowsOf('')).toEqual([]);
		expect(rowsOf('a\n\nb\n')).toEqual([[1, ['a']], [2, ['']], [3, ['b']]]); // prettier-ignore
	});

	it('keeps a carriage return that a quoted last cell holds', () => {
		expect(rowsOf('a,"b\r"\r\nc,"d\r\n"\n')).toEqual([[1, ['a', 'b\r']], [2, ['c', 'd\r\n']]]); // prettier-ignore
	});

	it('refuses quotes that do not enclose a whole cell, and lone carriage returns', () => {
		expect(refusal('a,b\n1,"2')).toBe('a.csv:2: invalid quotes: a cell is not closed; close it with a quote');
		expect(refusal('a\n"1" \n')).toContain('a.csv:2: invalid quotes: " \\n" after a closing quote');
		expect(refusal('a\n1"2"\n')).toContain('a.csv:2: invalid quotes: a quote inside "1\\"2\\""');
		expect(refusal('"a\nb\n\n"x,\n')).toContain('a.csv:4: invalid quotes');
		expect(refusal('a\rb\n')).toContain('a.csv:1: invalid line end');
		expect(refusal(','.repeat(600))).toContain('a.csv:1: invalid row: more than 500 cells');
	});
});

describe('hardened', () => {
	it('never leaves a cell that a spreadsheet would run, and softened takes exactly it off', () => {
		const start = fc.constantFrom(
			'',
			'=',
			'+',
			'-',
			'@',
			'\t',
			'\r',
			'\n',
			'＝',
			'＋',
			'－',
			'＠',
			"'",
			"''",
			"'=",
			"''=",
			'a',
		);
		const property = fc.property(start, fc.string(), fc.boolean(), (first, rest, isNullable) => {
			const text = first + rest;
			const written = hardened(text, isNullable);
			expect(written).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
			expect(softened(written, isNullable)).toBe(text);
			if (isNullable) expect(written).not.toBe('');
		});
		fc.assert(property, { seed: 1, numRuns: 2000 });
	});

	it('leaves other apostrophes alone', () => {
		expect(hardened("'tis", false)).toBe("'tis");
		expect(softened("'tis", true)).toBe("'tis");
	});
});
