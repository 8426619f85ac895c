import { threefry, uniform, type Words } from '#engine/random.ts';

/** What a draw is for (spec section 15.2). */
export const PURPOSE = {
	arrivals: 1,
	visitTime: 2,
	registers: 3,
	friend: 4,
	invites: 5,
	inviteDelay: 6,
	accepts: 7,
	acceptDelay: 8,
	pays: 9,
	usageLevel: 10,
	leaves: 11,
	paymentSucceeds: 12,
} as const;

/** Uniform draw in [0, 1) for a purpose, an entity (e0, e1) and a number n. */
export function draw(seed: number, purpose: number, e0: number, e1: number, n: number): number {
	return uniform(seed, purpose + 256 * n, e0, e1);
}

/** Fills `out` with the entity of the friend in slot `slot` of entity (e0, e1). */
export function friendOf(seed: number, e0: number, e1: number, slot: number, out: Words): void {
	threefry(seed, PURPOSE.friend + 256 * slot, e0, e1, out);
	// visitors have an even second word, 0
	out[1] |= 1;
}
