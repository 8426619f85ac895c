import { InputError } from '../input-error.ts';
import type { Config } from '../levers.ts';
import type { OpenScenario, Program } from '../program.ts';
import type { Check, Metric } from '../report.ts';

/** What a sweep keeps of one run. Plain data, small enough to keep ten thousand of. */
export interface PointResult {
	/** every metric by id; null where it is not defined */
	readonly values: Readonly<Record<string, number | null>>;
	/** titles of the guardrails that were not kept */
	readonly broken: readonly string[];
	/** why the program does not take this configuration; empty where it does */
	readonly refused: string;
}

/** Runs one point of a sweep. A configuration that the program refuses is a result, not an error. */
export function runPoint(program: Program, open: OpenScenario, document: Config): PointResult {
	try {
		const { config } = program.readConfig(document);
		return pointOf(open.point?.(config) ?? open.run(config));
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		const refused = error.issues.map(({ at, message }) => `${at}: ${message}`).join('; ');
		return { values: {}, broken: [], refused };
	}
}

/** The result of a point from what was measured and checked. */
export function pointOf(run: {
	readonly metrics: readonly Metric[];
	readonly checks: readonly Check[];
}): PointResult {
	return {
		values: Object.fromEntries(run.metrics.map(({ id, value }) => [id, value])),
		broken: run.checks.filter(({ isGuardrail, state }) => isGuardrail && state === 'over').map(({ title }) => title), // prettier-ignore
		refused: '',
	};
}

/** Do two points differ in any number? */
export function differ(a: PointResult, b: PointResult): boolean {
	const ids = new Set([...Object.keys(a.values), ...Object.keys(b.values)]);
	return [...ids].some((id) => !Object.is(a.values[id] ?? null, b.values[id] ?? null));
}
