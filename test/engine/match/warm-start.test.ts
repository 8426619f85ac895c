import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOptimal } from '#engine/match/check-optimal.ts';
import { listContenders } from '#engine/match/contenders.ts';
import { leastLoss } from '#engine/match/exchange-loss.ts';
import type { MatchInput } from '#engine/match/match-input.ts';
import { optimal } from '#engine/match/optimal.ts';
import type { OptimalMatch, OptimalStart } from '#engine/match/optimal.ts';
import { anyCity, largeCity, withRowsReversed } from './cities.ts';

/** Seats of every contract anew: as they were, none, one more or less, a lot more or less. */
const changes = fc.array(fc.constantFrom('same', 'none', 'more', 'less', 'lots', 'few'), { minLength: 12, maxLength: 12 }); // prettier-ignore

function changedSeats(seats: Uint32Array, change: readonly string[]): Uint32Array {
	return seats.map((count, c) => {
		switch (change[c]) {
			case 'none':
				return 0;
			case 'more':
				return count + 1;
			case 'less':
				return Math.max(0, count - 1);
			case 'lots':
				return 3 * count + 2;
			case 'few':
				return count >> 1;
			default:
				return count;
		}
	});
}

/** A run from the warm start of the one before, held against a cold one and against all pairs. */
function expectSameValue(input: MatchInput, before: OptimalMatch, known: OptimalStart): OptimalMatch {
	const cold = optimal(input, input.points).certificate;
	const match = optimal(input, input.points, { ...known, warm: before.warm, isWarmKept: true });
	expect(match.certificate).toEqual({ primal: cold.primal, dual: cold.primal, gap: 0 });
	expect(checkOptimal(input, input.points, match.isGiven, match.prices)).toMatchObject({
		primal: cold.primal,
		dual: cold.primal,
		gap: 0,
		isProven: true,
	});
	return match;
}

describe('optimal from a warm start', () => {
	it('finds the value of a cold run with a proof that holds over all pairs, through any chain of other seats', () => {
		const settings = fc.record({
			city: anyCity({ users: 24, contracts: 9 }),
			chain: fc.array(changes, { minLength: 1, maxLength: 4 }),
			listLength: fc.constantFrom(undefined, 1, 2, 4),
		});
		let warmCount = 0;
		fc.assert(
			fc.property(settings, ({ city, chain, listLength }) => {
				let input = city;
				let match = optimal(input, input.points, { listLength, isWarmKept: true });
				for (const change of chain) {
					input = { ...input, seats: changedSeats(input.seats, change) };
					if (match.warm !== undefined) warmCount++;
					match = expectSameValue(input, match, { listLength });
				}
			}),
			{ seed: 21, numRuns: 1500 },
		);
		expect(warmCount).toBeGreaterThan(2000);
	});

	it('does so in cities with samples and sweeps, after few seats more and after many', () => {
		const settings = fc.record({
			levels: fc.constantFrom(5, 300, 1_000_000),
			seatsPerContract: fc.constantFrom(20, 60, 150),
			quota: fc.integer({ min: 1, max: 3 }),
			seed: fc.nat(1000),
			chain: fc.array(
				fc.oneof(
					changes,
					fc.constantFrom(0.5, 0.9, 0.95, 1.02, 1.05, 1.1, 1.5).map((factor) => factor),
				),
				{ minLength: 2, maxLength: 4 },
			),
			listLength: fc.constantFrom(undefined, 3),
		});
		fc.assert(
			fc.property(settings, ({ chain, listLength, ...setting }) => {
				let input = largeCity({ userCount: 700, contractCount: 12, densityPercent: 90, ...setting });
				let match = optimal(input, input.points, { listLength, isWarmKept: true });
				for (const change of chain) {
					const seats =
						typeof change === 'number'
							? input.seats.map((count) => Math.ceil(change * count))
							: changedSeats(input.seats, change);
					input = { ...input, seats };
					match = expectSameValue(input, match, { listLength });
				}
			}),
			{ seed: 22, numRuns: 60 },
		);
	});

	it('hands over choices that stand by what it says, and lists that leave out nothing worth more than they say', () => {
		let firmCount = 0;
		fc.assert(
			fc.property(anyCity({ users: 24, contracts: 9 }), changes, changes, (city, first, second) => {
				let input = city;
				let match = optimal(input, input.points, { listLength: 2, isWarmKept: true });
				for (const change of [first, second]) {
					input = { ...input, seats: changedSeats(input.seats, change) };
					match = optimal(input, input.points, { warm: match.warm, isWarmKept: true });
					const { warm, prices, isGiven } = match;
					if (warm === undefined) return;
					const { lists, held, margin, demand } = warm;
					expect(warm.prices).toEqual(prices);
					expect(lists.pair.length).toBe(lists.used);
					expect([...held].flatMap((e) => (e < 0 ? [] : [lists.pair[e]])).sort((a, b) => a - b)).toEqual(
						[...isGiven.keys()].filter((p) => isGiven[p] === 1),
					);
					const taken = new Float64Array(input.contractCount);
					for (const [p, given] of isGiven.entries()) taken[input.contract[p]] += given;
					expect(demand).toEqual(taken);

					// her whole row as a list
					const quota = held.length / input.userCount;
					const users = Uint32Array.from({ length: input.userCount }, (_, u) => u);
					const rows = listContenders(input, input.points, users, prices, Infinity, input.contractCount);
					for (const u of users) {
						const listed = [...lists.pair.subarray(lists.start[u], lists.start[u] + lists.length[u])];
						const heldOfRow = held.map((e) => (e < 0 ? e : rows.pair.indexOf(lists.pair[e])));
						const exact = leastLoss(rows, heldOfRow, quota, u, prices, -Infinity);
						expect(margin[u]).toBeGreaterThanOrEqual(0);
						expect(margin[u]).toBeLessThanOrEqual(exact);
						if (margin[u] === exact && exact > 0) firmCount++;
						for (let p = input.start[u]; p < input.start[u + 1]; p++) {
							if (listed.includes(p) || input.points[p] <= 0) continue;
							expect(input.points[p] - prices[input.contract[p]]).toBeLessThanOrEqual(lists.outside[u]);
						}
					}
				}
			}),
			{ seed: 23, numRuns: 300 },
		);
		expect(firmCount).toBeGreaterThan(500);
	});

	it('is the same from a warm start that has been used before', () => {
		const input = largeCity({ userCount: 700, contractCount: 12, densityPercent: 90, levels: 1000, seatsPerContract: 60, quota: 3, seed: 3 }); // prettier-ignore
		const { warm } = optimal(input, input.points, { isWarmKept: true });
		const more = { ...input, seats: input.seats.map((count) => Math.ceil(1.2 * count)) };
		const fewer = { ...input, seats: input.seats.map((count) => count >> 1) };
		const kept = structuredClone(warm);
		const first = optimal(more, input.points, { warm });
		optimal(fewer, input.points, { warm });
		expect(warm).toEqual(kept);
		expect(optimal(more, input.points, { warm })).toEqual(first);
		expect(first.warm).toBeUndefined();
	});

	it('takes the start of another problem for its prices alone', () => {
		const input = largeCity({ userCount: 700, contractCount: 12, densityPercent: 90, levels: 1000, seatsPerContract: 60, quota: 3, seed: 3 }); // prettier-ignore
		const { warm, prices } = optimal(input, input.points, { isWarmKept: true });
		const weights = input.points.map((each) => each + 1);
		expect(optimal(input, weights, { warm })).toEqual(optimal(input, weights, { prices }));
		const oneSlot = { ...input, quota: 1 };
		expect(optimal(oneSlot, input.points, { warm })).toEqual(optimal(oneSlot, input.points, { prices }));
		const others = { ...input, contractBrand: input.contractBrand.map((b) => b >> 1) };
		expect(optimal(others, input.points, { warm })).toEqual(optimal(others, input.points, { prices }));
	});

	it('keeps none where there is nothing to give, and one for rows in any order', () => {
		const input = largeCity({ userCount: 40, contractCount: 3, densityPercent: 90, levels: 9, seatsPerContract: 5, quota: 2, seed: 1 }); // prettier-ignore
		expect(optimal({ ...input, quota: 0 }, input.points, { isWarmKept: true }).warm).toBeUndefined();
		const reversed = withRowsReversed(input);
		const { warm, isGiven, prices, certificate } = optimal(reversed, reversed.points, { isWarmKept: true });
		expect(warm?.input).toBe(reversed);
		// nothing is to move
		expect(optimal(reversed, reversed.points, { warm })).toEqual({ isGiven, prices, certificate });
	});
});
