import { exp, log } from '../math.ts';
import { choleskyFactor, choleskySolve } from './cholesky.ts';

/**
 * Choices from offers (spec section 9): event e offers the options `start[e] … start[e + 1]`, of which one or
 * none is taken. Option k has the utility `base[k] + Σ_f β_f · features[f][k]`, taking none has utility 0, and
 * chances are those of the multinomial logit (McFadden 1974).
 */
export interface Offers {
	/** one longer than there are events, from 0 to the number of options */
	readonly start: Uint32Array;
	readonly base: Float64Array;
	/** a column over options for each β */
	readonly features: readonly Float64Array[];
}

export interface ChoiceFit {
	/** `converged`; `flat` where the offers do not tell the features apart; `endless` where likelihood still rises */
	readonly state: 'converged' | 'flat' | 'endless';
	readonly beta: Float64Array;
	/** from the inverse of the information matrix; NaN where that has none */
	readonly standardError: Float64Array;
	/** inverse of the information, row by row; NaN where it has none */
	readonly covariance: Float64Array;
	readonly logLikelihood: number;
	readonly steps: number;
}

const MOST_STEPS = 50;
/** Converged when a step is below this, in standard errors. */
const SMALL_STEP = 1e-9;
/** Information down to this part of what it was at the start: the chances have come to 0 or 1. */
const SPENT = 1e-10;
/** Log-likelihoods this near, relative to them, are equal but for rounding. */
const SAME_LIKELIHOOD = 1e-12;

/** Utility of every option. O(options · features). */
export function choiceUtilities(offers: Offers, beta: Float64Array): Float64Array {
	const utility = Float64Array.from(offers.base);
	for (let f = 0; f < beta.length; f++) {
		const feature = offers.features[f];
		for (let k = 0; k < utility.length; k++) utility[k] += beta[f] * feature[k];
	}
	return utility;
}

/** Chance of every option to be taken; what an event's options leave of 1 is the chance of none. O(options · features). */
export function choiceProbabilities(offers: Offers, beta: Float64Array): Float64Array {
	const chance = choiceUtilities(offers, beta);
	for (let e = 0; e + 1 < offers.start.length; e++) {
		shareOut(chance, offers.start[e], offers.start[e + 1]);
	}
	return chance;
}

/** Turns utilities of one event into chances, in place, beside an outside option of 0. Returns ln of their sum with it. */
function shareOut(values: Float64Array, from: number, to: number): number {
	// relative to the best, so that nothing overflows
	let best = 0;
	for (let k = from; k < to; k++) if (values[k] > best) best = values[k];
	let sum = exp(-best);
	for (let k = from; k < to; k++) {
		values[k] = exp(values[k] - best);
		sum += values[k];
	}
	for (let k = from; k < to; k++) values[k] /= sum;
	return best + log(sum);
}

/** Σ over events of ln P(what was chosen). `chosen[e]` is an option's index, or −1 for none. */
export function choiceLogLikelihood(offers: Offers, chosen: Int32Array, beta: Float64Array): number {
	const values = choiceUtilities(offers, beta);
	let sum = 0;
	for (let e = 0; e < chosen.length; e++) {
		const utility = chosen[e] >= 0 ? values[chosen[e]] : 0;
		sum += utility - shareOut(values, offers.start[e], offers.start[e + 1]);
	}
	return sum;
}

/**
 * β of greatest likelihood, by Newton's method from 0; the log-likelihood is concave, and a step that does not
 * raise it is halved. Standard errors are those of the information at the end. No event, no feature that varies,
 * or features that depend on each other: `flat`, β 0. No greatest (every choice is of the greatest feature, say):
 * `endless`, β as far as it came in 50 steps. O(steps · options · features²).
 */
export function fitChoiceModel(offers: Offers, chosen: Int32Array): ChoiceFit {
	const size = offers.features.length;
	let beta = new Float64Array(size);
	let logLikelihood = choiceLogLikelihood(offers, chosen, beta);

	const startInformation = new Float64Array(size);
	let isSpent = false;

	for (let steps = 0; ; steps++) {
		const { gradient, information } = slopeOf(offers, chosen, beta);
		const factor = choleskyFactor(information, size);
		if (!factor) return failedFit(beta, logLikelihood, steps);
		const step = choleskySolve(factor, gradient);
		let length = 0;
		for (let f = 0; f < size; f++) {
			length += step[f] * gradient[f];
			if (steps === 0) startInformation[f] = information[f * size + f];
			if (information[f * size + f] < SPENT * startInformation[f]) isSpent = true;
		}
		const isConverged = length <= SMALL_STEP * SMALL_STEP;

		if (isConverged || isSpent || steps === MOST_STEPS) {
			const covariance = inverseOf(factor, size);
			const standardError = new Float64Array(size);
			for (let f = 0; f < size; f++) standardError[f] = Math.sqrt(covariance[f * size + f]);
			const state = isConverged && !isSpent ? 'converged' : 'endless';
			return { state, beta, standardError, covariance, logLikelihood, steps };
		}

		const least = logLikelihood + SAME_LIKELIHOOD * logLikelihood;
		let part = 1;
		let next = moved(beta, step, part);
		let nextLikelihood = choiceLogLikelihood(offers, chosen, next);
		while (nextLikelihood < least && part > 1e-6) {
			part /= 2;
			next = moved(beta, step, part);
			nextLikelihood = choiceLogLikelihood(offers, chosen, next);
		}
		beta = next;
		logLikelihood = nextLikelihood;
	}
}

function moved(beta: Float64Array, step: Float64Array, part: number): Float64Array<ArrayBuffer> {
	return Float64Array.from(beta, (value, f) => value + part * step[f]);
}

/** Features that depend on each other show at the start; later it is chances that came to 0 or 1. */
function failedFit(beta: Float64Array, logLikelihood: number, steps: number): ChoiceFit {
	const standardError = new Float64Array(beta.length).fill(NaN);
	const covariance = new Float64Array(beta.length * beta.length).fill(NaN);
	return { state: steps === 0 ? 'flat' : 'endless', beta, standardError, covariance, logLikelihood, steps };
}

/**
 * Slope of the log-likelihood, Σₑ (x of the chosen − mean x), and its information, Σₑ of the covariance of x,
 * means by the model's chances with x = 0 for none.
 */
function slopeOf(
	offers: Offers,
	chosen: Int32Array,
	beta: Float64Array,
): { gradient: Float64Array; information: Float64Array } {
	const { start, features } = offers;
	const size = features.length;
	const chance = choiceProbabilities(offers, beta);
	const gradient = new Float64Array(size);
	const information = new Float64Array(size * size);
	const mean = new Float64Array(size);

	for (let e = 0; e < chosen.length; e++) {
		mean.fill(0);
		for (let f = 0; f < size; f++) {
			for (let k = start[e]; k < start[e + 1]; k++) mean[f] += chance[k] * features[f][k];
			gradient[f] += (chosen[e] >= 0 ? features[f][chosen[e]] : 0) - mean[f];
		}
		// the covariance around the mean, the outside option at x = 0 included
		let outside = 1;
		for (let k = start[e]; k < start[e + 1]; k++) outside -= chance[k];
		for (let f = 0; f < size; f++) {
			for (let g = 0; g <= f; g++) {
				let sum = Math.max(0, outside) * mean[f] * mean[g];
				for (let k = start[e]; k < start[e + 1]; k++) {
					sum += chance[k] * (features[f][k] - mean[f]) * (features[g][k] - mean[g]);
				}
				information[f * size + g] += sum;
			}
		}
	}
	for (let f = 0; f < size; f++) {
		for (let g = f + 1; g < size; g++) information[f * size + g] = information[g * size + f];
	}
	return { gradient, information };
}

function inverseOf(factor: Float64Array, size: number): Float64Array {
	const inverse = new Float64Array(size * size);
	for (let f = 0; f < size; f++) {
		const unit = new Float64Array(size);
		unit[f] = 1;
		inverse.set(choleskySolve(factor, unit), f * size);
	}
	return inverse;
}
