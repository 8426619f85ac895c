import { valueAt, withValue, type Config } from '#programs/levers.ts';
import type { MetricSpec } from '#programs/report.ts';
import { axisOf, evenValues, usualRange, type SweepAxis } from '#programs/sweep/axis.ts';
import { sampledDesign, type SampledPoint } from '#programs/sweep/sampled-design.ts';
import { effectiveValue, type LeverAt } from '../lever-list.ts';

/** Below or above which a point counts as infeasible, beside the guardrails of the program. */
export interface SweepLimit {
	readonly metric: string;
	/** null: as in production */
	readonly bound: number | null;
}

/** A sweep as asked for. */
export interface SweepSetup {
	readonly kind: 'one' | 'two' | 'many';
	/** paths of the levers of a sweep of one or two */
	readonly first: string;
	readonly second: string;
	/** paths of the levers that are sampled */
	readonly many: readonly string[];
	/** ends that differ from the usual ones, by path */
	readonly ranges: Readonly<Record<string, readonly [number, number]>>;
	/** values of each lever in a sweep of one or two */
	readonly steps: number;
	/** how often luck is drawn anew, by kind of sweep */
	readonly seeds: Readonly<Record<SweepSetup['kind'], number>>;
	/** samples of a sweep of many */
	readonly samples: number;
	/** ids of metrics: what is shown, and the second goal */
	readonly goal: string;
	readonly other: string;
	readonly limit: SweepLimit | null;
}

/** One point of a planned sweep. */
export interface PlannedPoint {
	/** a value per axis */
	readonly values: readonly unknown[];
	/** what it would make the draft */
	readonly config: Config;
	/** the same on each seed */
	readonly runs: readonly Config[];
	/** its place in a sampled design, null in a sweep of one or two */
	readonly sampled: SampledPoint | null;
}

/** All runs of a sweep, production's first. */
export interface SweepPlan {
	readonly setup: SweepSetup;
	readonly base: Config;
	readonly levers: readonly LeverAt[];
	readonly axes: readonly SweepAxis[];
	/** production on each seed, run without what-if changes */
	readonly production: readonly Config[];
	readonly points: readonly PlannedPoint[];
}

export const MOST_STEPS = 101;
export const MOST_SEEDS = 50;
export const MOST_SAMPLES = 500;

/** Levers that a sweep of one or two can turn: numbers. */
export function numberLevers(levers: readonly LeverAt[]): LeverAt[] {
	return levers.filter(
		({ spec }) => (spec.kind === 'number' || spec.kind === 'integer') && spec.unit !== 'seed',
	);
}

/** Levers that can be sampled: numbers, choices and switches. */
export function sampledLevers(levers: readonly LeverAt[]): LeverAt[] {
	return levers.filter(({ spec, path }) => axisOf(spec, path) !== null);
}

/** The ends of a lever's stretch, as set or as usual. */
export function rangeOf(setup: SweepSetup, lever: LeverAt): readonly [number, number] {
	return Object.hasOwn(setup.ranges, lever.path) ? setup.ranges[lever.path] : usualRange(lever.spec);
}

/**
 * All runs of a sweep that starts from `base`, in the order to make them. In a sweep of two the lever that comes
 * first in the program, and so in its stages, turns slowest, whichever is drawn across: what depends on it alone is
 * then computed once. `seedPath` is that of the program's luck, null where it draws none.
 */
export function planSweep(
	setup: SweepSetup,
	levers: readonly LeverAt[],
	base: Config,
	live: Config,
	seedPath: string | null,
): SweepPlan {
	const at = (path: string) => levers.find((lever) => lever.path === path);
	const paths = setup.kind === 'many' ? setup.many : setup.kind === 'two' ? [setup.first, setup.second] : [setup.first]; // prettier-ignore
	const turned = [...new Set(paths)].flatMap((path) => at(path) ?? []);
	const axes = turned.flatMap((lever) => axisOf(lever.spec, lever.path, rangeOf(setup, lever)) ?? []);

	const seedCount = seedPath === null ? 1 : setup.seeds[setup.kind];
	const onSeeds = (config: Config) => {
		if (seedPath === null) return [config];
		const first = Number(valueAt(base, seedPath) ?? 0);
		return Array.from({ length: seedCount }, (_, s) => withValue(config, seedPath, (first + s) >>> 0));
	};
	const pointAt = (values: readonly unknown[], sampled: SampledPoint | null): PlannedPoint => {
		const config = axes.reduce((each, { path }, a) => withValue(each, path, values[a]), base);
		return { values, config, runs: onSeeds(config), sampled };
	};
	return {
		setup,
		base,
		levers: turned,
		axes,
		production: onSeeds(live),
		points:
			axes.length === 0
				? []
				: setup.kind === 'many'
					? sampledDesign(axes, turned.map((lever) => effectiveValue(base, lever)), 0, setup.samples).map((sampled) => pointAt(sampled.values, sampled)) // prettier-ignore
					: gridValues(axes, turned, levers, setup.steps).map((values) => pointAt(values, null)),
	};
}

function gridValues(
	axes: readonly SweepAxis[],
	turned: readonly LeverAt[],
	levers: readonly LeverAt[],
	steps: number,
): (readonly unknown[])[] {
	const columns = axes.map(({ levels, isWhole }) => evenValues(Number(levels[0]), Number(levels[1]), steps, isWhole)); // prettier-ignore
	if (columns.length === 1) return columns[0].map((value) => [value]);
	// sections stand in the order of the stages that read them
	const placeOf = ({ spec }: LeverAt) => levers.findIndex((lever) => lever.spec.section === spec.section);
	const isSecondSlower = placeOf(turned[1]) < placeOf(turned[0]);
	const [slow, fast] = isSecondSlower ? [columns[1], columns[0]] : columns;
	return slow.flatMap((s) => fast.map((f) => (isSecondSlower ? [f, s] : [s, f])));
}

/** What a sweep starts as: the first levers shown, and the metrics that come first. */
export function firstSetup(
	levers: readonly LeverAt[],
	headline: readonly MetricSpec[],
	hasLuck: boolean,
): SweepSetup {
	const numbers = numberLevers(levers);
	// a general setting that those of single entities stand in front of would change nothing beside them
	const isBehind = ({ path }: LeverAt) => numbers.some(({ spec }) => spec.front && spec.fallback === path);
	const front = numbers.filter((lever) => lever.spec.front && !isBehind(lever));
	const [first, second] = [...front, ...numbers];
	const goals = headline.filter(({ better }) => better !== null);
	// money is what most sweeps are about
	const goal = goals.find(({ unit }) => unit === 'cents' || unit === 'micros') ?? goals[0] ?? headline[0];
	const other = goals.find(({ id }) => id !== goal?.id) ?? goal;
	return {
		kind: 'one',
		first: first?.path ?? '',
		second: second?.path ?? '',
		many: (front.length > 0 ? front : numbers.slice(0, 4)).map(({ path }) => path),
		ranges: {},
		steps: 11,
		seeds: { one: hasLuck ? 5 : 1, two: 1, many: 1 },
		samples: 8,
		goal: goal?.id ?? '',
		other: other?.id ?? '',
		limit: other && other.id !== goal?.id ? { metric: other.id, bound: null } : null,
	};
}
