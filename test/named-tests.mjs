// @ts-check
/**
 * Names the tests that failed, and those that passed only on a second try, from the reports of their runners: they
 * stand at the end of the output, where one looks first. A report that cannot be read names nothing: its step is
 * counted as failed all the same.
 */

const LINES = 6;

/** @param {string} text vitest's JSON report @returns {string[]} each as what became of which test, below it what was found */
export function namedVitest(text) {
	return read(text, ({ testResults }) =>
		testResults.flatMap((/** @type {any} */ file) => {
			const named = file.assertionResults
				// one that passed on a second try still has what the first one found
				.filter((/** @type {any} */ test) => test.status === 'failed' || test.failureMessages.length > 0)
				.map((/** @type {any} */ test) =>
					entry(test.status === 'failed', `${file.name} › ${test.fullName}`, test.failureMessages.join('\n')),
				);
			// a file that failed without a test did so while it was loaded
			return named.length === 0 && file.status === 'failed' ? [entry(true, file.name, file.message)] : named;
		}),
	);
}

/** @param {string} text Playwright's JSON report @returns {string[]} each as what became of which test, below it what was found */
export function namedPlaywright(text) {
	return read(text, ({ suites, errors = [] }) => [
		...errors.map((/** @type {any} */ error) => entry(true, 'end-to-end tests', error.message)),
		...suites.flatMap(namedSuite),
	]);
}

/** @param {any} suite @returns {string[]} */
function namedSuite({ specs = [], suites = [] }) {
	const named = specs.flatMap((/** @type {any} */ spec) =>
		spec.tests
			.filter((/** @type {any} */ test) => test.status === 'unexpected' || test.status === 'flaky')
			.map((/** @type {any} */ test) => {
				const messages = test.results.flatMap((/** @type {any} */ result) => result.errors ?? []);
				const name = `${spec.file} › ${spec.title}`;
				return entry(test.status === 'unexpected', name, messages[0]?.message ?? '');
			}),
	);
	return [...named, ...suites.flatMap(namedSuite)];
}

/** @param {boolean} hasFailed @param {string} name @param {string} message */
function entry(hasFailed, name, message) {
	const plain = message.replace(/\u001b\[[0-9;]*m/g, ''); // eslint-disable-line no-control-regex -- colours of a terminal
	const lines = plain.split('\n').filter((line) => line.trim() !== '');
	const title = `${hasFailed ? 'failed' : 'passed on a second try'}: ${name}`;
	return [title, ...lines.slice(0, LINES).map((line) => `    ${line.trim()}`)].join('\n');
}

/** @param {string} text @param {(report: any) => string[]} name @returns {string[]} */
function read(text, name) {
	try {
		return name(JSON.parse(text));
	} catch {
		return [];
	}
}
