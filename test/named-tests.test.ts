import { describe, expect, it } from 'vitest';
import { namedPlaywright, namedVitest } from './named-tests.mjs';

describe('naming the tests that failed', () => {
	it('tells the file, the test and the first lines of what was found, without colours', () => {
		const test = (status: string, failureMessages: readonly string[]) => ({ status, fullName: 'adds up', failureMessages }); // prettier-ignore
		const message = '\u001b[31mexpected 3\n\n  to be 4\u001b[39m\n' + 'at a line\n'.repeat(20);
		const testResults = [
			{ name: 'a.test.ts', status: 'passed', assertionResults: [test('passed', []), test('passed', ['late'])] },
			{ name: 'b.test.ts', status: 'failed', assertionResults: [test('passed', []), test('failed', [message])] },
			{ name: 'c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
		]; // prettier-ignore
		expect(namedVitest(JSON.stringify({ testResults }))).toEqual([
			'passed on a second try: a.test.ts › adds up\n    late',
			['failed: b.test.ts › adds up', 'expected 3', 'to be 4', ...Array<string>(4).fill('at a line')].join('\n    '), // prettier-ignore
			'failed: c.test.ts\n    no such module',
		]);
	});

	it('finds them in nested suites, with those that passed on a second try', () => {
		const spec = (title: string, status: string) => ({
			file: 'x.e2e.ts',
			title,
			tests: [{ status, results: [{ errors: [{ message: `${title}: nothing there` }] }] }],
		});
		const suites = [{ specs: [spec('opens', 'expected')], suites: [{ specs: [spec('saves', 'flaky'), spec('closes', 'unexpected')] }] }]; // prettier-ignore
		const errors = [{ message: 'the server did not start' }];
		expect(namedPlaywright(JSON.stringify({ suites, errors }))).toEqual([
			'failed: end-to-end tests\n    the server did not start',
			'passed on a second try: x.e2e.ts › saves\n    saves: nothing there',
			'failed: x.e2e.ts › closes\n    closes: nothing there',
		]);
	});

	it('names nothing where there is no report', () => {
		expect([...namedVitest(''), ...namedPlaywright('{}')]).toEqual([]);
	});
});
