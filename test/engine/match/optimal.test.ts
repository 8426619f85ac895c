import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOptimal } from '#engine/match/check-optimal.ts';
import { optimal } from '#engine/match/optimal.ts';
import { residency } from '#engine/match/residency.ts';
import { anyCity, givenPairs, largeCity, makeCity, withRowsReversed } from './cities.ts';
import { slowOptimum } from './slow-optimum.ts';

describe('optimal', () => {
	it('gives the seat to the user who loses more without it', () => {
		const input = makeCity({
			userCount: 2,
			contractBrand: [0, 1],
			seats: [1, 1],
			quota: 1,
			isShared: true,
			edges: [
				{ u: 0, c: 0, points: 90 },
				{ u: 0, c: 1, points: 80 },
				{ u: 1, c: 0, points: 70 },
			],
		});
		const match = optimal(input, input.points);
		expect(givenPairs(input, match.isGiven)).toEqual([
			[0, 1],
			[1, 0],
		]);
		expect(match.certificate).toEqual({ primal: 150, dual: 150, gap: 0 });
	});

	it('finds jobs for three of the four people of Kuhn 1955, which is the most there are', () => {
		// "The Hungarian method for the assignment problem", the simple case: who is fit for which job
		const fit = [
			[1, 1, 1, 0],
			[0, 0, 1, 1],
			[0, 0, 0, 1],
			[0, 0, 0, 1],
		];
		const edges = fit.flatMap((row, u) => row.flatMap((points, c) => (points > 0 ? [{ u, c, points }] : [])));
		const input = makeCity({
			userCount: 4,
			contractBrand: [0, 1, 2, 3],
			seats: [1, 1, 1, 1],
			quota: 1,
			isShared: true,
			edges,
		});
		expect(optimal(input, input.points).certificate).toEqual({ primal: 3, dual: 3, gap: 0 });
	});

	it('gives one contract of a brand, and never a pair of weight 0', () => {
		const input = makeCity({
			userCount: 1,
			contractBrand: [0, 0, 1],
			seats: [1, 1, 1],
			quota: 3,
			isShared: true,
			edges: [
				{ u: 0, c: 0, points: 5 },
				{ u: 0, c: 1, points: 6 },
				{ u: 0, c: 2, points: 0 },
			],
		});
		expect([...optimal(input, input.points).isGiven]).toEqual([0, 1, 0]);
	});

	it('gives nothing where there is nothing to give', () => {
		const edges = [{ u: 0, c: 0, points: 5 }];
		const rows = { userCount: 2, contractBrand: [0], seats: [0], quota: 3, isShared: true, edges };
		const input = makeCity({ ...rows, edges: [] });
		const nothing = (pairCount: number) => ({
			isGiven: new Uint8Array(pairCount),
			prices: new Float64Array(1),
			certificate: { primal: 0, dual: 0, gap: 0 },
		});
		expect(optimal(input, input.points)).toEqual(nothing(0));
		const nobody = makeCity({ ...rows, userCount: 0, edges: [] });
		expect(optimal(nobody, nobody.points)).toEqual(nothing(0));
		const noSlot = makeCity({ ...rows, quota: 0, seats: [1] });
		expect(optimal(noSlot, noSlot.points)).toEqual(nothing(1));
		// nothing is bought, at whatever prices
		expect(optimal(noSlot, noSlot.points, { prices: Float64Array.of(7) })).toEqual(nothing(1));
	});

	it('reaches the value of a plain min-cost flow, with a certificate that the checker accepts', () => {
		fc.assert(
			fc.property(anyCity({ users: 24, contracts: 9 }), (input) => {
				const match = optimal(input, input.points);
				const value = slowOptimum(input, input.points);
				expect(match.certificate).toEqual({ primal: value, dual: value, gap: 0 });
				expect(checkOptimal(input, input.points, match.isGiven, match.prices)).toMatchObject({
					primal: value,
					dual: value,
					gap: 0,
					isProven: true,
				});
			}),
			{ seed: 1, numRuns: 2000 },
		);
	});

	it('is exact for weights far beyond 32 bits', () => {
		fc.assert(
			fc.property(
				anyCity({ users: 16, contracts: 7 }),
				fc.integer({ min: 1, max: 10_000_000 }),
				(input, price) => {
					const weights = Float64Array.from(
						input.points,
						(points, p) => points * (price + input.contract[p]),
					);
					const match = optimal(input, weights);
					expect(match.certificate.primal).toBe(slowOptimum(input, weights));
					expect(checkOptimal(input, weights, match.isGiven, match.prices).isProven).toBe(true);
				},
			),
			{ seed: 2, numRuns: 1000 },
		);
	});

	it('finds the same value from prices of other seats', () => {
		fc.assert(
			fc.property(anyCity({ users: 24, contracts: 9 }), (input) => {
				const moreSeats = { ...input, seats: input.seats.map((seats) => seats + 1) };
				const before = optimal(moreSeats, input.points);
				const warm = optimal(input, input.points, { prices: before.prices });
				expect(warm.certificate).toEqual(optimal(input, input.points).certificate);
			}),
			{ seed: 3, numRuns: 1000 },
		);
	});

	it('takes prices known beforehand as the nearest whole numbers that are not below 0', () => {
		fc.assert(
			fc.property(
				anyCity({ users: 12, contracts: 6 }),
				fc.array(fc.constantFrom(-3, 0, 0.4, 2, 2.6, 40.2), { minLength: 6, maxLength: 6 }),
				(input, each) => {
					const prices = Float64Array.from(each.slice(0, input.contractCount));
					const whole = prices.map((price) => Math.max(0, Math.round(price)));
					const match = optimal(input, input.points, { prices });
					expect(match).toEqual(optimal(input, input.points, { prices: whole }));
					expect(match.prices.every((price) => Number.isSafeInteger(price) && price >= 0)).toBe(true);
				},
			),
			{ seed: 7, numRuns: 200 },
		);
	});

	it('finds the optimum of a city with samples, from lists of three and of ten, from guessed prices or far-off ones', () => {
		for (const [levels, seatsPerContract, quota] of [
			[5, 120, 1],
			[1_000_000, 120, 2],
			[40, 400, 3],
		]) {
			const input = largeCity({
				userCount: 1_300,
				contractCount: 12,
				levels,
				densityPercent: 90,
				seatsPerContract,
				quota,
				seed: levels + quota,
			});
			const { primal } = optimal(input, input.points).certificate;
			const dear = new Float64Array(12).fill(10 * levels);
			for (const known of [{ listLength: 3 }, { listLength: 10 }, { prices: dear, listLength: 3 }]) {
				const match = optimal(input, input.points, known);
				expect(match.certificate).toEqual({ primal, dual: primal, gap: 0 });
				expect(checkOptimal(input, input.points, match.isGiven, match.prices)).toMatchObject({
					primal,
					isProven: true,
				});
			}
		}
	});

	it('finds the same value with lists too short to hold the answer', () => {
		fc.assert(
			fc.property(
				anyCity({ users: 24, contracts: 9 }),
				fc.integer({ min: 1, max: 4 }),
				(input, listLength) => {
					const match = optimal(input, input.points, { listLength });
					expect(match.certificate.primal).toBe(slowOptimum(input, input.points));
					expect(checkOptimal(input, input.points, match.isGiven, match.prices).isProven).toBe(true);
				},
			),
			{ seed: 5, numRuns: 1000 },
		);
	});

	it('proves itself in cities large enough for samples and short lists, ties or none, few seats or many', () => {
		for (const [levels, seatsPerContract, quota] of [
			[4, 300, 3],
			[1_000_000, 300, 3],
			[1_000_000, 900, 5],
			[300, 40, 1],
		]) {
			const input = largeCity({
				userCount: 6000,
				contractCount: 60,
				levels,
				densityPercent: 90,
				seatsPerContract,
				quota,
				seed: levels + quota,
			});
			expect(input.contract.length).toBeGreaterThan(300_000);
			const match = optimal(input, input.points);
			expect(match.certificate.gap).toBe(0);
			expect(match.prices.every((price) => Number.isSafeInteger(price) && price >= 0)).toBe(true);
			expect(checkOptimal(input, input.points, match.isGiven, match.prices)).toMatchObject({
				primal: match.certificate.primal,
				isProven: true,
			});
		}
	});

	it('does not depend on the order of pairs within a user', () => {
		fc.assert(
			fc.property(anyCity({ users: 24, contracts: 9 }), (input) => {
				const reversed = withRowsReversed(input);
				const match = optimal(input, input.points);
				const other = optimal(reversed, reversed.points);
				expect(givenPairs(reversed, other.isGiven)).toEqual(givenPairs(input, match.isGiven));
				expect(other.prices).toEqual(match.prices);
			}),
			{ seed: 6, numRuns: 1000 },
		);
	});

	it('answers, and claims nothing, when weights are not whole numbers', () => {
		const input = largeCity({
			userCount: 300,
			contractCount: 12,
			levels: 50,
			densityPercent: 90,
			seatsPerContract: 30,
			quota: 3,
			seed: 5,
		});
		const weights = Float64Array.from(input.points, (points) => points / 7);
		const { isGiven, prices, certificate } = optimal(input, weights);
		expect(Math.abs(certificate.gap)).toBeLessThan(1e-6 * certificate.primal);
		expect(checkOptimal(input, weights, isGiven, prices)).toMatchObject({
			overQuotaCount: 0,
			overSeatsCount: 0,
		});
	});

	it('refuses prices of another city', () => {
		const input = largeCity({
			userCount: 20,
			contractCount: 3,
			levels: 5,
			densityPercent: 90,
			seatsPerContract: 5,
			quota: 2,
			seed: 1,
		});
		expect(() => optimal(input, input.points, { prices: new Float64Array(2) })).toThrow(
			new RangeError('mismatched prices: 2; must be one for each of 3 contracts'),
		);
	});

	it('is worth no less than the stable matching', () => {
		fc.assert(
			fc.property(anyCity({ users: 24, contracts: 9 }), (input) => {
				const stable = residency(input).reduce((sum, given, p) => sum + given * input.points[p], 0);
				expect(optimal(input, input.points).certificate.primal).toBeGreaterThanOrEqual(stable);
			}),
			{ seed: 4, numRuns: 1000 },
		);
	});
});
