import { YEAR_SECONDS } from '../money.ts';
import type { PieSplitRules } from '../rules.ts';
import type { Counted } from './events.ts';

/** Scores per referrer; floating point, for display and for comparing shares. They never feed an award. */
export interface Scores {
	readonly isQualified: Uint8Array;
	/** years brought */
	readonly score: Float64Array;
	readonly boost: Float64Array;
	readonly finalScore: Float64Array;
	readonly share: Float64Array;
	/** sum of the final scores of the qualified, in rank order */
	readonly total: number;
	/** the lowest final score now paid; 2^53 − 1 without places, 0 with nobody qualified */
	readonly least: number;
}

/**
 * Stage 3 of pie-split. Who is qualified, and with which score, boost and share (spec section 5, steps 2 to 7
 * and 9). `order` is in rank order; the disqualified are at its end and take no place.
 */
export function boost(
	{ duration }: Counted,
	order: Int32Array,
	isDisqualified: Uint8Array,
	rules: PieSplitRules,
): Scores {
	const places = rules.maxQualifiedReferrers;
	const isQualified = new Uint8Array(duration.length);
	const score = new Float64Array(duration.length);
	const boost = new Float64Array(duration.length);
	const finalScore = new Float64Array(duration.length);
	const share = new Float64Array(duration.length);

	// a strength past all sense is divided out of the sums, which would not stay finite with it
	const scale = rules.boostStrength > 1e200 ? rules.boostStrength : 1;
	const [one, strength] = [1 / scale, rules.boostStrength / scale];
	let total = 0;
	let least = Infinity;
	for (let i = 0; i < order.length; i++) {
		const r = order[i];
		score[r] = duration[r] / YEAR_SECONDS;
		if (i < places && isDisqualified[r] === 0) {
			isQualified[r] = 1;
			boost[r] = places === 1 ? 1 : 1 - i / (places - 1);
		}
		const scaled = score[r] * (one + strength * boost[r]);
		finalScore[r] = Math.min(scaled * scale, Number.MAX_VALUE);
		if (isQualified[r] === 1) {
			share[r] = scaled;
			total += scaled;
			if (finalScore[r] < least) least = finalScore[r];
		}
	}
	for (const r of order) if (isQualified[r] === 1) share[r] = total > 0 ? share[r] / total : 0;
	total = Math.min(total * scale, Number.MAX_VALUE);
	if (places === 0) least = Number.MAX_SAFE_INTEGER;
	return { isQualified, score, boost, finalScore, share, total, least: least === Infinity ? 0 : least };
}
