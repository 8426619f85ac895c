import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatchInput } from '#engine/match/match-input.ts';
import { proposeUsers } from '#engine/match/propose-users.ts';
import { anyCity } from './cities.ts';
import { listPairs, textbookResidency } from './textbook.ts';

const LOWEST = -2147483648;

/** The city with the pairs named only, ascending, and other seats. */
function withPairs(input: MatchInput, kept: number[], seats: Uint32Array): MatchInput {
	const points = Int32Array.from(kept, (p) => input.points[p]);
	const isShared = input.points === input.brandPoints;
	return {
		...input,
		seats,
		points,
		brandPoints: isShared ? points : Int32Array.from(kept, (p) => input.brandPoints[p]),
		contract: Uint32Array.from(kept, (p) => input.contract[p]),
		start: input.start.map((first) => kept.filter((p) => p < first).length),
	};
}

describe('proposeUsers', () => {
	it('ends where the book does, for any of the users in any order, with other seats and lines to start from', () => {
		let refusedByLine = 0;
		fc.assert(
			fc.property(
				anyCity({ users: 14, contracts: 12 }),
				fc.boolean(),
				fc.infiniteStream(fc.nat()),
				(input, hasLines, dice) => {
					const throwDice = (sides: number) => dice.next().value % sides;
					const pairs = listPairs(input);
					const everybody = Array.from({ length: input.userCount }, (_, u) => ({ u, place: throwDice(100) }));
					const users = Uint32Array.from(
						everybody.filter(() => throwDice(5) > 0).sort((a, b) => a.place - b.place),
						({ u }) => u,
					);
					const seats = input.seats.map((count) => (throwDice(3) === 0 ? throwDice(4) : count));
					const lines = Int32Array.from(seats, (_, c) => {
						const wanting = pairs.filter((pair) => pair.c === c);
						if (throwDice(2) === 0 || wanting.length === 0) return LOWEST;
						return wanting[throwDice(wanting.length)].brandPoints;
					});
					const { held, admission } = proposeUsers(input, users, seats, hasLines ? lines : null);

					const ofUsers = pairs.filter(({ u }) => users.includes(u));
					const mayOffer = ofUsers.filter(({ c, brandPoints }) => !hasLines || brandPoints >= lines[c]);
					refusedByLine += ofUsers.length - mayOffer.length;
					const kept = mayOffer.map(({ p }) => p);
					const byTheBook = textbookResidency(withPairs(input, kept, seats));
					const given = [...held].filter((p) => p >= 0);
					expect(given.sort((a, b) => a - b)).toEqual(kept.filter((_, i) => byTheBook[i] === 1));

					// the columns of the contracts tell the same
					const quota = Math.min(input.quota, input.contractCount);
					held.forEach((p, h) => {
						if (p >= 0) expect(pairs[p].u).toBe(users[Math.floor(h / quota)]);
					});
					for (let c = 0; c < input.contractCount; c++) {
						const holders = [...held.keys()].filter((h) => held[h] >= 0 && pairs[held[h]].c === c);
						expect(admission.held[c]).toBe(holders.length);
						if (seats[c] > 0 && holders.length === seats[c]) {
							const worst = Math.min(...holders.map((h) => pairs[held[h]].brandPoints));
							expect(admission.linePoints[c]).toBe(worst);
							expect(holders).toContain(admission.linePlace[c]);
						} else if (seats[c] > 0) expect(admission.linePoints[c]).toBe(hasLines ? lines[c] : LOWEST);
					}
				},
			),
			{ seed: 1, numRuns: 500 },
		);
		expect(refusedByLine).toBeGreaterThan(20);
	});
});
