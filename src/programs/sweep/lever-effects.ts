import type { SampledPoint } from './sampled-design.ts';

/** What one level of a lever does to a number: its change from the sample, over all samples. */
export interface LevelEffect {
	/** mean, least and greatest change; NaN where no sample has the number on both sides */
	readonly mean: number;
	readonly least: number;
	readonly most: number;
}

/** What a lever does to one number, over the samples of a design. */
export interface LeverEffect {
	/** index of the axis */
	readonly lever: number;
	/** by level of the axis */
	readonly levels: readonly LevelEffect[];
	/** from the lowest mean change to the highest, the sample's own 0 among them */
	readonly swing: number;
	/** the number was the same whatever the lever's level, in every sample */
	readonly isFlat: boolean;
	/** samples of which both sides were known */
	readonly sampleCount: number;
}

/**
 * The effect of each of `leverCount` levers on a number, largest swing first, flat ones last, ties by the lower
 * index. `values` holds the number at each point of the design; NaN where it is unknown, refused or undefined, which
 * leaves that comparison out.
 */
export function leverEffects(
	points: readonly SampledPoint[],
	values: Float64Array,
	leverCount: number,
): LeverEffect[] {
	const baseOf = new Map<number, number>();
	points.forEach(({ sample, lever }, i) => {
		if (lever < 0) baseOf.set(sample, values[i]);
	});
	const changes: number[][][] = Array.from({ length: leverCount }, () => []);
	const samples = Array.from({ length: leverCount }, () => new Set<number>());
	points.forEach(({ sample, lever, level }, i) => {
		if (lever < 0) return;
		const change = values[i] - (baseOf.get(sample) ?? NaN);
		const ofLevel = (changes[lever][level] ??= []);
		if (Number.isNaN(change)) return;
		ofLevel.push(change);
		samples[lever].add(sample);
	});

	const effects = changes.map((ofLevels, lever): LeverEffect => {
		const levels = Array.from(ofLevels, (list = []) => summarize(list));
		const means = [0, ...levels.map(({ mean }) => mean)].filter((mean) => !Number.isNaN(mean));
		const all = ofLevels.flat();
		return {
			lever,
			levels,
			swing: Math.max(...means) - Math.min(...means),
			isFlat: all.length > 0 && all.every((change) => change === 0),
			sampleCount: samples[lever].size,
		};
	});
	return effects.sort(
		(a, b) => b.swing - a.swing || Number(a.isFlat) - Number(b.isFlat) || a.lever - b.lever,
	);
}

function summarize(changes: readonly number[]): LevelEffect {
	if (changes.length === 0) return { mean: NaN, least: NaN, most: NaN };
	const sum = changes.reduce((total, change) => total + change, 0);
	return { mean: sum / changes.length, least: Math.min(...changes), most: Math.max(...changes) };
}
