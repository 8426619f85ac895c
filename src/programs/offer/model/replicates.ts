import type { OnStage } from '../../program.ts';
import type { OfferEvent } from '../events.ts';
import { measure, type OfferMetrics } from '../measure.ts';
import type { OfferOutcome } from '../outcome.ts';
import type { OfferRules } from '../rules.ts';
import { grow } from './grow.ts';
import type { ModelInputs } from './model-inputs.ts';

/** One way the world could be: a name and the offers there would be. */
export interface Candidate {
	readonly name: string;
	readonly offers: readonly OfferEvent[];
}

/** What all candidates share. */
export interface Setting {
	readonly start: number;
	readonly end: number;
	readonly rules: OfferRules;
	readonly inputs: ModelInputs;
	/** replicate r has seed + r, modulo 2^32 */
	readonly seed: number;
	readonly replicates: number;
}

/** Reads numbers off one world; NaN where a metric is not defined. */
export type ReadWorld = (outcome: OfferOutcome, metrics: OfferMetrics) => ArrayLike<number>;

/**
 * Runs every candidate alone over the same seeds: common luck, so that the same people meet each offer. Gives for
 * each candidate a column per number that `read` reads, with a value per replicate. Worlds are not kept.
 */
export function replicate(
	setting: Setting,
	candidates: readonly Candidate[],
	width: number,
	read: ReadWorld,
	onStage: OnStage = () => {},
): Float64Array[][] {
	// prettier-ignore
	const { start, end, rules, inputs } = setting;
	const columns = candidates.map(() =>
		Array.from({ length: width }, () => new Float64Array(setting.replicates)),
	);
	let done = 0;
	for (let r = 0; r < setting.replicates; r++) {
		const seed = (setting.seed + r) >>> 0;
		candidates.forEach(({ name, offers }, k) => {
			onStage(`${name}, seed ${seed}`, done++ / (setting.replicates * candidates.length));
			const { outcome } = grow({ seed, start, end, rules, offers, inputs });
			const values = read(outcome, measure(outcome));
			for (let m = 0; m < width; m++) columns[k][m][r] = values[m];
		});
	}
	return columns;
}
