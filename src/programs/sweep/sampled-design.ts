import { spreadPoints } from '#engine/stats/spread-points.ts';
import { valueAlong, type SweepAxis } from './axis.ts';

/** One configuration of a sampled design: a sample, or a sample with one lever moved to one of its levels. */
export interface SampledPoint {
	/** 0 for the settings it starts from */
	readonly sample: number;
	/** index of the lever moved, -1 for the sample itself */
	readonly lever: number;
	/** index of the level it was moved to, -1 for the sample itself */
	readonly level: number;
	/** a value per axis */
	readonly values: readonly unknown[];
}

const SEED = 1;
const STREAM = 4096;

/**
 * Samples `from` … `from + count` of an endless design over all axes, each followed by itself with one lever
 * after the other moved to each of its levels: the differences within a sample are that lever's alone (radial
 * designs, Saltelli et al. 2010, with moves to the ends of each range). Sample 0 is `start`, the others are evenly
 * spread (`spreadPoints`). More samples never move earlier ones.
 */
export function sampledDesign(
	axes: readonly SweepAxis[],
	start: readonly unknown[],
	from: number,
	count: number,
): SampledPoint[] {
	const points: SampledPoint[] = [];
	const places = spreadPoints(0, from + count, axes.length, SEED, STREAM);
	for (let sample = from; sample < from + count; sample++) {
		const values =
			sample === 0 ? start : axes.map((axis, a) => valueAlong(axis, places[(sample - 1) * axes.length + a]));
		points.push({ sample, lever: -1, level: -1, values });
		axes.forEach(({ levels }, lever) =>
			levels.forEach((value, level) =>
				points.push({ sample, lever, level, values: values.toSpliced(lever, 1, value) }),
			),
		);
	}
	return points;
}
