import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniform } from '#engine/random.ts';
import {
	choiceLogLikelihood,
	choiceProbabilities,
	choiceUtilities,
	fitChoiceModel,
	type Offers,
} from '#engine/stats/choice-model.ts';

/** Events with 1 to 3 options, two features about as wide as logits and reward factors are. */
function randomOffers(seed: number, events: number): Offers {
	const start = new Uint32Array(events + 1);
	for (let e = 0; e < events; e++) start[e + 1] = start[e] + 1 + Math.floor(3 * uniform(seed, 0, e, 0));
	const options = start[events];
	const draw = (purpose: number, low: number, high: number) =>
		Float64Array.from({ length: options }, (_, k) => low + (high - low) * uniform(seed, purpose, k, 0));
	return { start, base: draw(1, -2, 0), features: [draw(2, -1.5, 1.5), draw(3, -0.5, 0.5)] };
}

function randomChoices(seed: number, offers: Offers, beta: Float64Array): Int32Array {
	const chance = choiceProbabilities(offers, beta);
	return Int32Array.from({ length: offers.start.length - 1 }, (_, e) => {
		let left = uniform(seed, 4, e, 0);
		for (let k = offers.start[e]; k < offers.start[e + 1]; k++) {
			left -= chance[k];
			if (left < 0) return k;
		}
		return -1;
	});
}

/** The definition: e to the utility, over 1 and the sum of them. */
function slowProbabilities(offers: Offers, beta: Float64Array): number[] {
	const powers = Array.from(offers.base, (base, k) => {
		return Math.exp(offers.features.reduce((v, feature, f) => v + beta[f] * feature[k], base));
	});
	return powers.map((power, k) => {
		let e = 0;
		while (offers.start[e + 1] <= k) e++;
		return power / (1 + powers.slice(offers.start[e], offers.start[e + 1]).reduce((a, b) => a + b, 0));
	});
}

function slowLogLikelihood(offers: Offers, chosen: Int32Array, beta: Float64Array): number {
	const chance = slowProbabilities(offers, beta);
	let sum = 0;
	chosen.forEach((k, e) => {
		const none = 1 - chance.slice(offers.start[e], offers.start[e + 1]).reduce((a, b) => a + b, 0);
		sum += Math.log(k >= 0 ? chance[k] : none);
	});
	return sum;
}

const one = (base: number[], ...features: number[][]): Offers => ({
	start: Uint32Array.of(0, base.length),
	base: Float64Array.from(base),
	features: features.map((feature) => Float64Array.from(feature)),
});

describe('choiceProbabilities', () => {
	it('shares out by hand', () => {
		// utilities 0 and ln 2 beside the outside option: 1 : 2 : 1
		const chance = choiceProbabilities(one([0, 0], [0, 1]), Float64Array.of(Math.LN2));
		expect(chance[0]).toBeCloseTo(0.25, 15);
		expect(chance[1]).toBeCloseTo(0.5, 15);
	});

	it('gives one offer its own rate back: logit undone', () => {
		const chance = choiceProbabilities(one([Math.log(0.3 / 0.7)]), new Float64Array(0));
		expect(chance[0]).toBeCloseTo(0.3, 15);
	});

	it('neither overflows nor loses small chances', () => {
		expect([...choiceProbabilities(one([800, 800]), new Float64Array(0))]).toEqual([0.5, 0.5]);
		const small = choiceProbabilities(one([-800, -40]), new Float64Array(0));
		expect(small[0]).toBe(0);
		expect(small[1]).toBeCloseTo(Math.exp(-40), 30);
	});

	it('gives an event without options to none', () => {
		const offers = { start: Uint32Array.of(0, 0, 1), base: Float64Array.of(0), features: [] };
		expect([...choiceProbabilities(offers, new Float64Array(0))]).toEqual([0.5]);
		expect(choiceLogLikelihood(offers, Int32Array.of(-1, 0), new Float64Array(0))).toBeCloseTo(
			Math.log(0.5),
			15,
		);
	});

	it('equals the definition, as does the likelihood', () => {
		const beta = fc.double({ min: -3, max: 3, noNaN: true });
		fc.assert(
			fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 12 }), beta, beta, (seed, events, a, b) => {
				const offers = randomOffers(seed, events);
				const weights = Float64Array.of(a, b);
				const slow = slowProbabilities(offers, weights);
				choiceProbabilities(offers, weights).forEach((chance, k) => expect(chance).toBeCloseTo(slow[k], 13));
				const chosen = randomChoices(seed, offers, weights);
				expect(choiceLogLikelihood(offers, chosen, weights)).toBeCloseTo(
					slowLogLikelihood(offers, chosen, weights),
					9,
				);
			}),
			{ seed: 1, numRuns: 500 },
		);
	});

	it('leaves the offers as they are', () => {
		const offers = one([1, 2], [3, 4]);
		choiceUtilities(offers, Float64Array.of(5));
		choiceProbabilities(offers, Float64Array.of(5));
		expect([...offers.base]).toEqual([1, 2]);
	});
});

describe('fitChoiceModel', () => {
	it('finds the log odds by hand', () => {
		// one option with x = 1, taken 3 times of 4: β = ln 3, information 4 · 3/4 · 1/4
		const offers = {
			start: Uint32Array.of(0, 1, 2, 3, 4),
			base: new Float64Array(4),
			features: [new Float64Array(4).fill(1)],
		};
		const fit = fitChoiceModel(offers, Int32Array.of(0, 1, 2, -1));
		expect(fit.state).toBe('converged');
		expect(fit.beta[0]).toBeCloseTo(Math.log(3), 12);
		expect(fit.standardError[0]).toBeCloseTo(Math.sqrt(4 / 3), 12);
		expect(fit.logLikelihood).toBeCloseTo(3 * Math.log(0.75) + Math.log(0.25), 12);
	});

	it('ends where the likelihood, measured numerically, is level and curved as it says', () => {
		const h = 1e-4;
		for (let seed = 0; seed < 20; seed++) {
			const offers = randomOffers(seed, 300);
			const chosen = randomChoices(seed, offers, Float64Array.of(0.5, 0.8));
			const { state, beta, covariance } = fitChoiceModel(offers, chosen);
			expect(state).toBe('converged');
			const at = (a: number, b: number) =>
				slowLogLikelihood(offers, chosen, Float64Array.of(beta[0] + a, beta[1] + b));
			const centre = at(0, 0);
			expect((at(h, 0) - at(-h, 0)) / (2 * h)).toBeCloseTo(0, 4);
			expect((at(0, h) - at(0, -h)) / (2 * h)).toBeCloseTo(0, 4);
			// covariance · numeric information = 1
			const aa = -(at(h, 0) + at(-h, 0) - 2 * centre) / (h * h);
			const bb = -(at(0, h) + at(0, -h) - 2 * centre) / (h * h);
			const ab = -(at(h, h) + at(-h, -h) - at(h, -h) - at(-h, h)) / (4 * h * h);
			expect(covariance[0] * aa + covariance[1] * ab).toBeCloseTo(1, 3);
			expect(covariance[0] * ab + covariance[1] * bb).toBeCloseTo(0, 3);
			expect(covariance[2] * ab + covariance[3] * bb).toBeCloseTo(1, 3);
		}
	});

	it('recovers β within its interval as often as it says', () => {
		const truth = Float64Array.of(0.5, 0.5);
		const held = [0, 0];
		const runs = 200;
		for (let seed = 100; seed < 100 + runs; seed++) {
			const offers = randomOffers(seed, 400);
			const { beta, standardError } = fitChoiceModel(offers, randomChoices(seed, offers, truth));
			for (const f of [0, 1]) {
				if (Math.abs(beta[f] - truth[f]) <= 1.6448536 * standardError[f]) held[f]++;
			}
		}
		// 90 % of 200, give or take three deviations
		for (const count of held) expect(Math.abs(count - 180)).toBeLessThan(3 * Math.sqrt(18));
	});

	it('comes near the truth with many choices', () => {
		const offers = randomOffers(5, 30_000);
		const { beta, standardError } = fitChoiceModel(
			offers,
			randomChoices(5, offers, Float64Array.of(0.5, -0.7)),
		);
		expect(standardError[0]).toBeLessThan(0.02);
		expect(Math.abs(beta[0] - 0.5)).toBeLessThan(3 * standardError[0]);
		expect(Math.abs(beta[1] + 0.7)).toBeLessThan(3 * standardError[1]);
	});

	it('says when offers do not tell the features apart', () => {
		const offers = randomOffers(6, 50);
		const chosen = randomChoices(6, offers, Float64Array.of(1, 1));
		const twice = { ...offers, features: [offers.features[0], offers.features[0]] };
		expect(fitChoiceModel(twice, chosen).state).toBe('flat');
		expect(fitChoiceModel(twice, chosen).standardError[0]).toBeNaN();
		const nothing = { start: Uint32Array.of(0), base: new Float64Array(0), features: [new Float64Array(0)] };
		expect(fitChoiceModel(nothing, new Int32Array(0)).state).toBe('flat');
	});

	it('says when no β is the likeliest', () => {
		const offers = {
			start: Uint32Array.of(0, 2, 4),
			base: new Float64Array(4),
			features: [Float64Array.of(1, -1, 2, 0)],
		};
		const fit = fitChoiceModel(offers, Int32Array.of(0, 2));
		expect(fit.state).toBe('endless');
		expect(fit.beta[0]).toBeGreaterThan(10);
	});

	it('fits nothing without features', () => {
		const fit = fitChoiceModel({ ...randomOffers(1, 5), features: [] }, Int32Array.of(-1, -1, -1, -1, -1));
		expect([fit.state, fit.beta.length]).toEqual(['converged', 0]);
	});
});
