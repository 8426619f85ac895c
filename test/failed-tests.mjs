// @ts-check
/**
 * Names the tests that failed, from the reports of their runners, so that they stand at the end of the output,
 * where one looks first. A report that cannot be read names nothing: its step is counted as failed all the same.
 */

const LINES = 6;

/** @param {string} text vitest's JSON report @returns {string[]} each as `file › test`, and below it what was found */
export function failedVitest(text) {
	return read(text, ({ testResults }) =>
		testResults.flatMap((/** @type {any} */ file) => {
			const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
			// a file that failed without a test did so while it was loaded
			if (failed.length === 0 && file.status === 'failed') return [entry(file.name, file.message)];
			return failed.map((/** @type {any} */ test) =>
				entry(`${file.name} › ${test.fullName}`, test.failureMessages.join('\n')),
			);
		}),
	);
}

/** @param {string} text Playwright's JSON report @returns {string[]} each as `file › test`, and below it what was found */
export function failedPlaywright(text) {
	return read(text, ({ suites, errors = [] }) => [
		...errors.map((/** @type {any} */ error) => entry('end-to-end tests', error.message)),
		...suites.flatMap(failedSuite),
	]);
}

/** @param {any} suite @returns {string[]} */
function failedSuite({ specs = [], suites = [] }) {
	const failed = specs.flatMap((/** @type {any} */ spec) =>
		spec.tests
			.filter((/** @type {any} */ test) => test.status === 'unexpected' || test.status === 'flaky')
			.map((/** @type {any} */ test) => {
				const messages = test.results.flatMap((/** @type {any} */ result) => result.errors ?? []);
				return entry(`${spec.file} › ${spec.title}`, messages[0]?.message ?? '');
			}),
	);
	return [...failed, ...suites.flatMap(failedSuite)];
}

/** @param {string} name @param {string} message */
function entry(name, message) {
	const plain = message.replace(/\u001b\[[0-9;]*m/g, ''); // eslint-disable-line no-control-regex -- colours of a terminal
	const lines = plain.split('\n').filter((line) => line.trim() !== '');
	return [name, ...lines.slice(0, LINES).map((line) => `    ${line.trim()}`)].join('\n');
}

/** @param {string} text @param {(report: any) => string[]} name @returns {string[]} */
function read(text, name) {
	try {
		return name(JSON.parse(text));
	} catch {
		return [];
	}
}
