import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '#engine/match/diagnostics.ts';
import { immediate } from '#engine/match/immediate.ts';
import { optimal } from '#engine/match/optimal.ts';
import { residency } from '#engine/match/residency.ts';
import { anyCity, makeCity } from './cities.ts';
import { byPoints, choiceSet, listPairs } from './textbook.ts';

const city = makeCity({
	userCount: 3,
	contractBrand: [0, 1, 2],
	seats: [1, 2, 5],
	quota: 1,
	isShared: true,
	edges: [
		{ u: 0, c: 0, points: 90 },
		{ u: 0, c: 1, points: 50 },
		{ u: 1, c: 0, points: 80 },
		{ u: 1, c: 1, points: 30 },
		{ u: 2, c: 0, points: 70 },
		{ u: 2, c: 1, points: 30 },
	],
});

describe('diagnose', () => {
	it('counts ranks, points, waiting users and percentiles of a case done by hand', () => {
		// contract 0 takes user 0; the other two want it and get their second choice
		const isGiven = residency(city);
		expect(diagnose(city, isGiven, 300)).toEqual({
			givenCount: 3,
			totalPoints: 150,
			meanRank: 5 / 3,
			rankCounts: Uint32Array.of(1, 2),
			firstChoiceShare: 1 / 3,
			// of contract 1's users one has 50 and two have 30: each of these beats half of the other
			contractPercentile: Float64Array.of(1, 0.25, NaN),
			waiting: Uint32Array.of(2, 0, 0),
			giniOfPoints: (2 * (90 - 30 + 90 - 30)) / (2 * 3 * 150),
			shareOfOptimum: 0.5,
		});
	});

	it('lets a user wait for what beats her worst assignment, wherever in her row that stands', () => {
		const edges = [
			{ u: 0, c: 0, points: 10 },
			{ u: 0, c: 1, points: 90 },
			{ u: 0, c: 2, points: 50 },
			{ u: 1, c: 2, points: 60 },
		];
		const rows = { userCount: 2, contractBrand: [0, 1, 2], seats: [1, 1, 1], quota: 2, isShared: true };
		// contract 2 went to the other user; to user 0 it is worth more than contract 0
		const first = diagnose(makeCity({ ...rows, edges }), Uint8Array.of(1, 1, 0, 1), NaN);
		expect([...first.waiting]).toEqual([0, 0, 1]);
		const swapped = [edges[1], edges[0], edges[2], edges[3]];
		const last = diagnose(makeCity({ ...rows, edges: swapped }), Uint8Array.of(1, 1, 0, 1), NaN);
		expect([...last.waiting]).toEqual([0, 0, 1]);
	});

	it('has no means where nothing is given', () => {
		const nothing = diagnose(city, new Uint8Array(6), NaN);
		expect(nothing).toMatchObject({ givenCount: 0, totalPoints: 0, meanRank: NaN, firstChoiceShare: NaN });
		expect(nothing.rankCounts.length).toBe(0);
		expect(nothing.giniOfPoints).toBe(0);
		expect(nothing.shareOfOptimum).toBe(NaN);
	});

	it('puts the optimum at 1 and nothing above it', () => {
		fc.assert(
			fc.property(anyCity({ users: 16, contracts: 7 }), (input) => {
				const best = optimal(input, input.points);
				fc.pre(best.certificate.primal > 0);
				const optimum = best.certificate.primal;
				expect(diagnose(input, best.isGiven, optimum).shareOfOptimum).toBe(1);
				expect(diagnose(input, residency(input), optimum).shareOfOptimum).toBeLessThanOrEqual(1);
			}),
			{ seed: 1, numRuns: 1000 },
		);
	});

	it('agrees with full rankings and choice sets', () => {
		fc.assert(
			fc.property(anyCity({ users: 12, contracts: 7 }), fc.infiniteStream(fc.nat()), (input, dice) => {
				// some seats are free again that somebody would take
				const isGiven = immediate(input).map((given) => (dice.next().value % 4 === 0 ? 0 : given));
				const pairs = listPairs(input);
				const ranks: number[] = [];
				const waiting = new Uint32Array(input.contractCount);
				const taken = (c: number) => pairs.filter((pair) => pair.c === c && isGiven[pair.p] === 1).length;
				for (let u = 0; u < input.userCount; u++) {
					const ranking = pairs.filter((pair) => pair.u === u).sort(byPoints);
					const held = ranking.filter((pair) => isGiven[pair.p] === 1);
					ranking.forEach((pair, place) => {
						if (isGiven[pair.p] === 1) ranks.push(place + 1);
						else if (
							taken(pair.c) >= input.seats[pair.c] &&
							choiceSet([...held, pair], input.quota).includes(pair)
						) {
							waiting[pair.c]++;
						}
					});
				}
				const found = diagnose(input, isGiven, NaN);
				expect(found.waiting).toEqual(waiting);
				expect(found.givenCount).toBe(ranks.length);
				found.rankCounts.forEach((count, i) =>
					expect(count).toBe(ranks.filter((rank) => rank === i + 1).length),
				);
				if (ranks.length > 0) expect(found.meanRank).toBe(ranks.reduce((a, b) => a + b) / ranks.length);

				for (let c = 0; c < input.contractCount; c++) {
					const users = pairs.filter((pair) => pair.c === c);
					const percentiles = users
						.filter((pair) => isGiven[pair.p] === 1)
						.map((pair) => {
							const others = users.filter((other) => other !== pair);
							if (others.length === 0) return 1;
							const below = others.filter((other) => other.brandPoints < pair.brandPoints).length;
							const equal = others.filter((other) => other.brandPoints === pair.brandPoints).length;
							return (below + equal / 2) / others.length;
						});
					if (percentiles.length === 0) expect(found.contractPercentile[c]).toBe(NaN);
					else
						expect(found.contractPercentile[c]).toBeCloseTo(
							percentiles.reduce((a, b) => a + b) / percentiles.length,
							12,
						);
				}
			}),
			{ seed: 2, numRuns: 1000 },
		);
	});
});
