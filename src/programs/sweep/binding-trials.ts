import { valueAt, withValue, type Config, type LeverSpec } from '../levers.ts';
import { usualRange, type SweepAxis } from './axis.ts';

/** A lever with its path in a configuration: its own, or that for one entity. */
export interface PlacedLever {
	readonly spec: LeverSpec;
	readonly path: string;
}

/**
 * One guess at why a lever does nothing: with `path` at `value` (undefined: left out) instead, it might. It binds if
 * the runs of `configs`, which differ in the idle lever alone, differ.
 */
export interface BindingTrial {
	/** the lever, or the settings that stand in front of it, that bind */
	readonly path: string;
	/** what it would have to be; undefined where settings of single entities would have to go */
	readonly value: unknown;
	/** one configuration per level of the idle lever */
	readonly configs: readonly Config[];
}

/**
 * What may hold an idle lever back, likeliest first: settings of entities that stand in front of it; then choices
 * and switches, those of its own section before others; then other numbers at the ends of their usual range.
 * Nothing is claimed until the runs have been made.
 */
export function bindingTrials(
	levers: readonly PlacedLever[],
	config: Config,
	axis: SweepAxis,
): BindingTrial[] {
	const idle = levers.find(({ path }) => path === axis.path);
	const withLevels = (base: Config) => axis.levels.map((value) => withValue(base, axis.path, value));
	const trials: BindingTrial[] = [];

	const inFront = levers.filter(
		({ spec, path }) => spec.fallback === axis.path && valueAt(config, path) !== undefined,
	);
	if (inFront.length > 0) {
		const cleared = inFront.reduce((base, { path }) => withValue(base, path, undefined), config);
		trials.push({ path: inFront[0].spec.path, value: undefined, configs: withLevels(cleared) });
	}

	const others = levers.filter(
		({ spec, path }) => path !== axis.path && path === spec.path && spec.unit !== 'seed',
	);
	const nearFirst = [
		...others.filter(({ spec }) => spec.section === idle?.spec.section),
		...others.filter(({ spec }) => spec.section !== idle?.spec.section),
	];
	const isWord = ({ spec }: PlacedLever) => spec.kind === 'choice' || spec.kind === 'switch';
	for (const { spec, path } of [
		...nearFirst.filter(isWord),
		...nearFirst.filter((lever) => !isWord(lever)),
	]) {
		for (const value of levelsOf(spec)) {
			if (Object.is(value, valueAt(config, path))) continue;
			trials.push({ path, value, configs: withLevels(withValue(config, path, value)) });
		}
	}
	return trials;
}

function levelsOf(spec: LeverSpec): readonly unknown[] {
	switch (spec.kind) {
		case 'choice':
			return spec.choices;
		case 'switch':
			return [false, true];
		case 'number':
		case 'integer':
			return usualRange(spec);
		default:
			return [];
	}
}
