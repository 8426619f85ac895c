import { cos, log } from '#engine/math.ts';
import { key32, uniform } from '#engine/random.ts';

/** Draws of the generator: one stream per purpose, far from those of the Drop (spec section 2). */
const PURPOSES = {
	userPlace: 101, userAge: 102, userCluster: 103, userStatus: 104, userLastOpen: 105, userTaste: 106,
	brandPopularity: 111, brandTaste: 112, brandPlace: 113, brandCity: 114, brandAppeal: 115,
	contractTerms: 121, contractCity: 122, contractSupply: 123,
	modelNoise: 131, modelGap: 132,
} as const; // prettier-ignore

export type Purpose = keyof typeof PURPOSES;

/** Stream word of a purpose. */
export function streamOf(purpose: Purpose): number {
	return PURPOSES[purpose];
}

/** Uniform in [0, 1) for an entity and a counter. */
export function draw(seed: number, purpose: Purpose, id: string, counter: number): number {
	return uniform(seed, PURPOSES[purpose], key32(id), counter);
}

/** Standard normal (Box and Muller 1958) for an entity and a counter. */
export function drawNormal(seed: number, purpose: Purpose, id: string, counter: number): number {
	const radius = Math.sqrt(-2 * log(1 - draw(seed, purpose, id, 2 * counter)));
	return radius * cos(6.283185307179586 * draw(seed, purpose, id, 2 * counter + 1));
}
