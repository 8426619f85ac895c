import type { Report } from '#programs/report.ts';
import { found } from '#programs/input-error.ts';

/** File of a scenario folder that holds the result its own configuration must give. */
export const EXPECTED_FILE = 'expected.json';

/** What a scenario must give: a digest of its rows, the outcome's hash, and the numbers that people look at in a diff. */
export interface ExpectedResult {
	readonly digest: string;
	readonly outcomeHash: string;
	readonly metrics: Readonly<Record<string, number | null>>;
}

/** The result of a run, as it is kept in a file. */
export function expectedResult(digest: string, report: Report): ExpectedResult {
	return {
		digest,
		outcomeHash: report.outcomeHash,
		metrics: Object.fromEntries(report.metrics.map(({ id, value }) => [id, value])),
	};
}

/** The text of the file: a line per number, so that a diff reads well. */
export function expectedText(expected: ExpectedResult): string {
	return `${JSON.stringify(expected, null, '\t')}\n`;
}

/** Where a result differs from the one in a file, in words; empty where it agrees. */
export function expectedDifferences(wanted: unknown, result: ExpectedResult): string[] {
	const [was, is] = [flat(wanted), flat(result)];
	const paths = [...new Set([...was.keys(), ...is.keys()])];
	return paths
		.filter((path) => was.get(path) !== is.get(path))
		.map((path) => `mismatched ${path}: ${found(is.get(path))}; expected ${found(was.get(path))}`);
}

function flat(value: unknown, path = '', into = new Map<string, unknown>()): Map<string, unknown> {
	if (typeof value !== 'object' || value === null) return into.set(path, value);
	for (const [key, child] of Object.entries(value)) flat(child, path === '' ? key : `${path}.${key}`, into);
	return into;
}
