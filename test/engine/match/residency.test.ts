import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStable } from '#engine/match/check-stable.ts';
import { contractFirst } from '#engine/match/contract-first.ts';
import { greedy } from '#engine/match/greedy.ts';
import { residency } from '#engine/match/residency.ts';
import { guessStartLines } from '#engine/match/guess-start-lines.ts';
import { proposeUsers } from '#engine/match/propose-users.ts';
import type { Edge } from './cities.ts';
import {
	anyCity,
	cityOfRankings,
	givenPairs,
	largeCity,
	makeCity,
	withPointsLess,
	withRowsReversed,
} from './cities.ts';
import { byPoints, listPairs, textbookResidency } from './textbook.ts';

describe('residency', () => {
	it('gives one seat to the better of two users and the other user her next brand', () => {
		const input = makeCity({
			userCount: 2,
			contractBrand: [0, 1],
			seats: [1, 1],
			quota: 1,
			isShared: true,
			edges: [
				{ u: 0, c: 0, points: 80 },
				{ u: 0, c: 1, points: 10 },
				{ u: 1, c: 0, points: 90 },
			],
		});
		expect(givenPairs(input, residency(input))).toEqual([
			[0, 1],
			[1, 0],
		]);
	});

	it('falls back to the second contract of a brand when the first refuses', () => {
		const input = makeCity({
			userCount: 2,
			contractBrand: [0, 0, 1],
			seats: [1, 1, 2],
			quota: 2,
			isShared: true,
			edges: [
				{ u: 0, c: 0, points: 90 },
				{ u: 0, c: 1, points: 50 },
				{ u: 0, c: 2, points: 70 },
				{ u: 1, c: 0, points: 80 },
				{ u: 1, c: 1, points: 60 },
				{ u: 1, c: 2, points: 40 },
			],
		});
		expect(givenPairs(input, residency(input))).toEqual([
			[0, 0],
			[0, 2],
			[1, 1],
			[1, 2],
		]);
	});

	it('gives nothing without users, seats, pairs or quota', () => {
		const empty = makeCity({
			userCount: 0,
			contractBrand: [0],
			seats: [1],
			quota: 3,
			isShared: true,
			edges: [],
		});
		expect(residency(empty)).toEqual(new Uint8Array(0));
		const edges = [{ u: 0, c: 0, points: 5 }];
		const closed = makeCity({
			userCount: 2,
			contractBrand: [0],
			seats: [0],
			quota: 3,
			isShared: true,
			edges,
		});
		expect(residency(closed)).toEqual(new Uint8Array(1));
		const noQuota = makeCity({
			userCount: 2,
			contractBrand: [0],
			seats: [2],
			quota: 0,
			isShared: true,
			edges,
		});
		expect(residency(noQuota)).toEqual(new Uint8Array(1));
	});

	it('takes seats beyond any number of users', () => {
		const edges = [{ u: 0, c: 0, points: 5 }];
		const input = makeCity({
			userCount: 1,
			contractBrand: [0],
			seats: [4294967295],
			quota: 1,
			isShared: true,
			edges,
		});
		expect(residency(input)).toEqual(new Uint8Array([1]));
	});

	it('finds the man-optimal matching of Gale and Shapley 1962, example 2', () => {
		// rankings of α β γ δ for A B C D and back; α–C, β–D, γ–A, δ–B is the only stable set of marriages
		const input = cityOfRankings(
			[
				[0, 1, 2, 3],
				[0, 3, 2, 1],
				[1, 0, 2, 3],
				[3, 1, 2, 0],
			],
			[
				[3, 2, 0, 1],
				[1, 3, 0, 2],
				[3, 0, 1, 2],
				[2, 1, 0, 3],
			],
			[1, 1, 1, 1],
		);
		expect(givenPairs(input, residency(input))).toEqual([
			[0, 2],
			[1, 3],
			[2, 0],
			[3, 1],
		]);
		expect(givenPairs(input, contractFirst(input))).toEqual(givenPairs(input, residency(input)));
	});

	it('gives every man his first woman in Gale and Shapley 1962, example 1, and every woman her first when they propose', () => {
		const men = [
			[0, 1, 2],
			[1, 2, 0],
			[2, 0, 1],
		];
		const women = [
			[1, 2, 0],
			[2, 0, 1],
			[0, 1, 2],
		];
		const input = cityOfRankings(men, women, [1, 1, 1]);
		expect(givenPairs(input, residency(input))).toEqual(men.map((list, u) => [u, list[0]]));
		expect(givenPairs(input, contractFirst(input))).toEqual([
			[0, 2],
			[1, 0],
			[2, 1],
		]);
	});

	it('fills the same seats whoever proposes: the rural hospital of Roth 1986 stays short', () => {
		// hospital 2 is everybody's last and has two seats for the one student left over
		const input = cityOfRankings(
			[
				[0, 1, 2],
				[1, 0, 2],
				[0, 1, 2],
			],
			[
				[1, 0, 2],
				[0, 1, 2],
				[0, 1, 2],
			],
			[1, 1, 2],
		);
		expect(givenPairs(input, residency(input))).toEqual([
			[0, 0],
			[1, 1],
			[2, 2],
		]);
		expect(givenPairs(input, contractFirst(input))).toEqual([
			[0, 1],
			[1, 0],
			[2, 2],
		]);
	});

	it('equals deferred acceptance by the book, ties and all', () => {
		fc.assert(
			fc.property(anyCity({ users: 18, contracts: 8 }), (input) => {
				expect(residency(input)).toEqual(textbookResidency(input));
			}),
			{ seed: 1, numRuns: 1500 },
		);
	});

	it('starts from guessed lines in a large city and ends where it would without them', () => {
		for (const levels of [5, 1_000_000]) {
			const input = largeCity({
				userCount: 6500,
				contractCount: 24,
				levels,
				densityPercent: 80,
				seatsPerContract: 500,
				quota: 3,
				seed: levels,
			});
			const lines = guessStartLines(input);
			expect(lines?.some((line) => line > 0)).toBe(true);
			// guessed low enough: nobody is refused whose seat then stays empty
			const everybody = Uint32Array.from({ length: input.userCount }, (_, u) => u);
			const { admission } = proposeUsers(input, everybody, input.seats, lines);
			lines?.forEach((line, c) => {
				if (line !== -2147483648) expect(admission.held[c]).toBe(admission.seats[c]);
			});
			expect(residency(input)).toEqual(greedy(input));
		}
	});

	it('takes back lines that were guessed too high', () => {
		// the sampled users are the only ones that contract 0 thinks much of
		const userCount = 6000;
		const edges = Array.from({ length: userCount }, (_, u) => ({ u, c: 0, points: 1 }));
		const input = makeCity({ userCount, contractBrand: [0], seats: [2400], quota: 1, isShared: true, edges });
		const stride = Math.floor(userCount / 1500);
		for (let i = 0; i < userCount / stride; i++) input.points[i * stride + ((i * 7919) % stride)] = 1000;

		const lines = guessStartLines(input);
		const everybody = Uint32Array.from({ length: userCount }, (_, u) => u);
		const misled = proposeUsers(input, everybody, input.seats, lines);
		expect(misled.admission.held[0]).toBeLessThan(2400);
		expect(residency(input)).toEqual(greedy(input));
	});

	it('takes all lines back when only one of them was guessed too high', () => {
		// contract 0 as above; at contract 1 the line holds
		const userCount = 6000;
		const edges = Array.from({ length: 2 * userCount }, (_, i) => ({ u: i >> 1, c: i & 1, points: 1 }));
		const input = makeCity({
			userCount,
			contractBrand: [0, 1],
			seats: [2400, 2400],
			quota: 2,
			isShared: true,
			edges,
		});
		const stride = Math.floor(userCount / 1500);
		for (let i = 0; i < userCount / stride; i++)
			input.points[2 * (i * stride + ((i * 7919) % stride))] = 1000;

		const lines = guessStartLines(input);
		expect([...(lines ?? [])]).toEqual([1000, 1]);
		const everybody = Uint32Array.from({ length: userCount }, (_, u) => u);
		const misled = proposeUsers(input, everybody, input.seats, lines);
		expect(misled.admission.held[0]).toBeLessThan(2400);
		expect(misled.admission.held[1]).toBe(2400);
		expect(residency(input)).toEqual(greedy(input));
	});

	it('guesses no lines where contracts have a view of their own, for they could end in a matching worse for users', () => {
		// one in four, the sampled ones, is contract 0's best: a line guessed from them would keep out whom it ranks second
		const userCount = 6000;
		const edges: Edge[] = [];
		let others = 0;
		for (let u = 0; u < userCount; u++) {
			const isSampled = u % 4 === (Math.floor(u / 4) * 7919) % 4;
			if (!isSampled) others++;
			if (isSampled)
				edges.push({ u, c: 0, points: 2, brandPoints: 1000 }, { u, c: 1, points: 1, brandPoints: 1 });
			else if (others <= 500)
				edges.push({ u, c: 0, points: 2, brandPoints: 500 }, { u, c: 1, points: 1, brandPoints: 1000 });
			else if (others <= 1000)
				edges.push({ u, c: 0, points: 1, brandPoints: 1000 }, { u, c: 1, points: 2, brandPoints: 500 });
		}
		const rows = { userCount, contractBrand: [0, 1], seats: [2000, 500], quota: 1, edges, isShared: false };
		const input = makeCity(rows);
		const isGiven = residency(input);
		expect(isGiven).toEqual(Uint8Array.from(input.points, (points) => (points === 2 ? 1 : 0)));

		// with lines it would be stable too, and other
		const everybody = Uint32Array.from({ length: userCount }, (_, u) => u);
		const { held } = proposeUsers(input, everybody, input.seats, guessStartLines(input));
		const misled = new Uint8Array(edges.length);
		for (const p of held) if (p >= 0) misled[p] = 1;
		expect(checkStable(input, misled).blockingCount).toBe(0);
		expect(misled).not.toEqual(isGiven);
	});

	it('forgets nobody at the end of a chain in which everyone loses all her seats to the one before', () => {
		// user 10 takes the seats of user 0, who takes those of user 1, and so on; user 7 takes one each of users 8 and 9
		const groups = 8;
		const chain = Array.from({ length: groups }, (_, g) =>
			[0, 1, 2].flatMap((k): Edge[] => [
				{ u: g, c: 3 * g + k, points: 1000, brandPoints: 1 },
				{ u: g === 0 ? 10 : g - 1, c: 3 * g + k, points: 500, brandPoints: 2 },
			]),
		).flat();
		const last = [8, 9].flatMap((u): Edge[] => [
			{ u, c: 16 + u, points: 1000, brandPoints: 1 },
			{ u, c: 18 + u, points: 500, brandPoints: 1 },
			{ u: 7, c: 16 + u, points: 500 - u, brandPoints: 2 },
		]);
		const input = makeCity({
			userCount: 11,
			// users 8 and 9 fall back to the other contract of a brand
			contractBrand: Array.from({ length: 28 }, (_, c) => (c < 26 ? c : c - 2)),
			seats: Array.from({ length: 28 }, () => 1),
			quota: 3,
			isShared: false,
			edges: [...chain, ...last],
		});
		const threeOf = (u: number, g: number) => [0, 1, 2].map((k): [number, number] => [u, 3 * g + k]);
		expect(givenPairs(input, residency(input))).toEqual([
			...[0, 1, 2, 3, 4, 5, 6].flatMap((u) => threeOf(u, u + 1)),
			[7, 24],
			[7, 25],
			[8, 26],
			[9, 27],
			...threeOf(10, 0),
		]);
	});

	it('leaves no blocking pair', () => {
		fc.assert(
			fc.property(anyCity({ users: 40, contracts: 10 }), (input) => {
				expect(checkStable(input, residency(input))).toEqual({
					overQuotaCount: 0,
					repeatedBrandCount: 0,
					overSeatsCount: 0,
					blockingCount: 0,
					firstBlocking: -1,
				});
			}),
			{ seed: 2, numRuns: 1000 },
		);
	});

	it('goes by the order of points only, below zero as above', () => {
		fc.assert(
			fc.property(anyCity({ users: 12, contracts: 7 }), fc.constantFrom(3, 2_000_000), (input, less) => {
				expect(residency(withPointsLess(input, less))).toEqual(residency(input));
			}),
			{ seed: 5, numRuns: 200 },
		);
	});

	it('does not depend on the order of pairs within a user', () => {
		fc.assert(
			fc.property(anyCity({ users: 18, contracts: 8 }), (input) => {
				const reversed = withRowsReversed(input);
				expect(givenPairs(reversed, residency(reversed))).toEqual(givenPairs(input, residency(input)));
			}),
			{ seed: 3, numRuns: 1000 },
		);
	});

	it('treats every user at least as well as any other stable matching', () => {
		fc.assert(
			fc.property(anyCity({ users: 4, contracts: 4 }), (input) => {
				fc.pre(input.contract.length <= 9);
				const pairs = listPairs(input);
				const best = residency(input);
				for (let set = 0; set < 1 << pairs.length; set++) {
					const other = Uint8Array.from(pairs, (_, p) => (set >> p) & 1);
					const check = checkStable(input, other);
					if (
						check.overQuotaCount + check.repeatedBrandCount + check.overSeatsCount + check.blockingCount >
						0
					)
						continue;

					// place by place down her ranking of what she holds, the k-th best is no worse
					for (let u = 0; u < input.userCount; u++) {
						const ofUser = pairs.filter((pair) => pair.u === u).sort(byPoints);
						const mine = ofUser.flatMap((pair, rank) => (best[pair.p] === 1 ? [rank] : []));
						const others = ofUser.flatMap((pair, rank) => (other[pair.p] === 1 ? [rank] : []));
						expect(mine.length).toBe(others.length);
						mine.forEach((rank, k) => expect(rank).toBeLessThanOrEqual(others[k]));
					}
				}
				expect(checkStable(input, best).blockingCount).toBe(0);
			}),
			{ seed: 4, numRuns: 1000 },
		);
	});
});
