import { describe, expect, it } from 'vitest';
import { answerLine, type CaseDesk } from '../../src/cli/answer-line.ts';
import { InputError, inputError } from '../../src/programs/input-error.ts';
import type { Program } from '../../src/programs/program.ts';

/** A desk with one program, `toy`, that does what it is told. */
function desk(answerCase: Program['answerCase']): CaseDesk {
	const toy = { id: 'toy', answerCase } as Program;
	return {
		find: (id) => (id === 'toy' ? toy : undefined),
		readerOf: () => (document) => ({ program: String(document), name: '', now: '', tables: new Map() }),
	};
}

const echo = desk((input) => input);

function answer(line: string, at = echo): unknown {
	return JSON.parse(answerLine(line, at));
}

function ask(input: unknown, at = echo): unknown {
	return answer(JSON.stringify({ id: 1, program: 'toy', input }), at);
}

describe('answerLine', () => {
	it('gives the program the input and its result back under the same id', () => {
		expect(answer('{"id": 7, "program": "toy", "input": {"a": [1, "x", null]}}')).toEqual({
			id: 7,
			result: { a: [1, 'x', null] },
		});
		expect(answer('{"input": 1, "program": "toy", "id": "seven", "more": true}')).toEqual({
			id: 'seven',
			result: 1,
		});
		expect(answer('{"program": "toy", "input": null}')).toEqual({ id: null, result: null });
	});

	it('hands on the reader of scenarios', () => {
		const reading = desk((input, reader) => reader(input).program);
		expect(ask('a document', reading)).toEqual({ id: 1, result: 'a document' });
	});

	it('answers what a person can mend with code, message, path and event', () => {
		const refusing = (error: unknown) =>
			ask(
				0,
				desk(() => {
					throw error;
				}),
			);
		expect(refusing(inputError('scenario.now', 'missing time', 'E_NOW'))).toEqual({
			id: 1,
			error: { code: 'E_NOW', message: 'missing time', path: 'scenario.now' },
		});
		expect(refusing(inputError('x', 'late', 'E_LATE', { path: ['events', 3], event: 3 }))).toEqual({
			id: 1,
			error: { code: 'E_LATE', message: 'late', path: ['events', 3], event: 3 },
		});
		expect(refusing(inputError('', 'late', 'E_LATE', { event: null }))).toEqual({
			id: 1,
			error: { code: 'E_LATE', message: 'late', event: null },
		});
		const two = new InputError([
			{ at: 'a', message: 'first', code: 'E_1' },
			{ at: 'b', message: 'second', code: 'E_2' },
		]);
		expect(refusing(two)).toEqual({ id: 1, error: { code: 'E_1', message: 'first', path: 'a' } });
		expect(refusing(new TypeError('x is not a function'))).toEqual({
			id: 1,
			error: { code: 'bug', message: 'TypeError: x is not a function' },
		});
	});

	it('answers a result that JSON cannot hold as a bug', () => {
		for (const result of [NaN, { a: [Infinity] }, undefined, 5n]) {
			expect(
				ask(
					0,
					desk(() => result),
				),
			).toMatchObject({ id: 1, error: { code: 'bug' } });
		}
	});

	it.each([
		['no JSON', 'import.json', null],
		['{"id": 3, "program": "toy"', 'import.json', null],
		['[1]', 'case.invalid', null],
		['null', 'case.invalid', null],
		['"toy"', 'case.invalid', null],
		['{}', 'case.invalid', null],
		['{"id": 3}', 'case.invalid', 3],
		['{"id": 3, "program": 4, "input": 0}', 'case.invalid', 3],
		['{"id": 3, "program": "toy"}', 'case.invalid', 3],
		['{"id": 3, "program": "other", "input": 0}', 'case.program', 3],
		['{"id": 3, "program": "constructor", "input": 0}', 'case.program', 3],
		['{"id": {"a": 1}, "program": "other", "input": 0}', 'case.program', null],
		['{"id": 3, "program": "toy", "input": {"a": 1, "a": 2}}', 'import.duplicate', 3],
		['{"id": 3, "program": "toy", "input": "\\ud800"}', 'import.text', 3],
		[`{"id": 3, "program": "toy", "input": ${'['.repeat(100)}${']'.repeat(100)}}`, 'import.depth', 3],
		[`{"id": 3, "program": "toy", "input": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'import.depth', 3],
	])('answers the line %.50s with an error', (line, code, id) => {
		const { id: given, error } = answer(line) as { id: unknown; error: { code: string; message: string } };
		expect([given, error.code]).toEqual([id, code]);
		expect(error.message).not.toBe('');
	});
});
