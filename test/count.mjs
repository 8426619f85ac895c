// @ts-check
/**
 * Counts tests from the reports of their runners. A runner that failed without saying which test did, or that left
 * no report, counts as one failure: nothing may pass by crashing.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** @param {number} exit @returns {Counts} a check that is one test: types, lint, format, build */
export function countStep(exit) {
	return exit === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** @param {string} text vitest's JSON report @param {number} exit @returns {Counts} */
export function countVitest(text, exit) {
	return settle(exit, text, (report) => ({
		passed: report.numPassedTests,
		failed: report.numFailedTests,
		skipped: report.numPendingTests + report.numTodoTests,
	}));
}

/** @param {string} text Playwright's JSON report @param {number} exit @returns {Counts} */
export function countPlaywright(text, exit) {
	return settle(exit, text, ({ stats }) => ({
		passed: stats.expected + stats.flaky,
		failed: stats.unexpected,
		skipped: stats.skipped,
	}));
}

/** @param {readonly Counts[]} all @returns {Counts} */
export function sumCounts(all) {
	const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, counts) => total + counts[key], 0);
	return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** @param {number} exit @param {string} text @param {(report: any) => Counts} read @returns {Counts} */
function settle(exit, text, read) {
	let counts;
	try {
		counts = read(JSON.parse(text));
	} catch {
		return { passed: 0, failed: 1, skipped: 0 };
	}
	const isSilent = counts.failed === 0 && (exit !== 0 || counts.passed === 0);
	return isSilent ? { ...counts, failed: 1 } : counts;
}
