import { describe, expect, it } from 'vitest';
import { countPlaywright, countStep, countVitest, sumCounts } from './count.mjs';

const vitest = (numPassedTests: number, numFailedTests: number, numPendingTests = 0, numTodoTests = 0) =>
	JSON.stringify({ numPassedTests, numFailedTests, numPendingTests, numTodoTests });

describe('counting tests', () => {
	it('reads what the runners report', () => {
		expect(countVitest(vitest(12, 2, 1, 3), 1)).toEqual({ passed: 12, failed: 2, skipped: 4 });
		const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 1 };
		expect(countPlaywright(JSON.stringify({ stats }), 1)).toEqual({ passed: 7, failed: 1, skipped: 1 });
		expect(countStep(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
		expect(countStep(2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
	});

	it('counts a runner that fails without a failed test, or leaves no report, as a failure', () => {
		expect(countVitest(vitest(12, 0), 1)).toEqual({ passed: 12, failed: 1, skipped: 0 });
		expect(countVitest('', 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
		expect(countPlaywright('{}', 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
		expect(countVitest(vitest(0, 0), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
	});

	it('adds up', () => {
		expect(sumCounts([countStep(0), countStep(1), countVitest(vitest(3, 1, 2), 1)])).toEqual({
			passed: 4,
			failed: 2,
			skipped: 2,
		});
	});
});
