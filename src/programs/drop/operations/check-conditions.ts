import type { AlertCondition } from './alert-conditions.ts';

/** Loss of signal reaches back two days at most. */
const LONGEST_EXPIRATION = 172_800;
/** A window of aggregation is six hours at most. */
const LONGEST_WINDOW = 21_600;
const SHORTEST_SECONDS = 30;
const LONGEST_VIOLATION = 2_592_000;

/**
 * What the alerting service would refuse or never ring for: expiry over 172 800 s, windows over 21 600 s, durations
 * that are no multiple of the window, no term, queries that are no single SELECT. Empty for good conditions.
 */
export function checkConditions(conditions: readonly AlertCondition[]): string[] {
	const problems: string[] = [];
	const names = new Set<string>();
	for (const { name, nrql, signal, terms, expiration, violationTimeLimitSeconds } of conditions) {
		const wrong = (what: string) => problems.push(`${name}: ${what}`);
		const between = (what: string, value: number, low: number, high: number) => {
			if (!(Number.isInteger(value) && value >= low && value <= high)) wrong(`invalid ${what}: ${value} s; must be ${low} to ${high}`);
		}; // prettier-ignore
		between('expiration', expiration.expirationDuration, SHORTEST_SECONDS, LONGEST_EXPIRATION);
		between('aggregation window', signal.aggregationWindow, SHORTEST_SECONDS, LONGEST_WINDOW);
		between('time limit', violationTimeLimitSeconds, 300, LONGEST_VIOLATION);
		if (terms.length === 0) wrong('missing term');
		for (const { thresholdDuration, threshold } of terms) {
			between('duration', thresholdDuration, 60, 86_400);
			if (thresholdDuration % signal.aggregationWindow !== 0) wrong(`invalid duration: ${thresholdDuration} s; must be a multiple of the window`); // prettier-ignore
			if (!Number.isFinite(threshold) || threshold < 0) wrong(`invalid threshold: ${threshold}`);
		}
		if (
			!/^SELECT [^;]+ FROM [A-Za-z]+$/.test(nrql.query) ||
			/\b(SINCE|UNTIL|TIMESERIES|LIMIT)\b/i.test(nrql.query)
		)
			wrong(`invalid query: ${nrql.query}; must be a SELECT without a time range`);
		if (names.has(name)) wrong('duplicate name');
		names.add(name);
	}
	return problems;
}
