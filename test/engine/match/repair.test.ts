import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certify } from '#engine/match/certify.ts';
import { listContenders } from '#engine/match/contenders.ts';
import { balance, startRepair } from '#engine/match/repair.ts';
import { anyCity, makeCity } from './cities.ts';
import { slowOptimum } from './slow-optimum.ts';

const anyPrices = fc.array(fc.constantFrom(0, 0, 1, 7, 30, 90, 2_000_000), { minLength: 7, maxLength: 7 });

describe('balance', () => {
	it('sells an unsold seat to a user with an open slot, at the price that makes her take it', () => {
		const input = makeCity({
			userCount: 1,
			contractBrand: [0, 1],
			seats: [1, 1],
			quota: 1,
			isShared: true,
			edges: [
				{ u: 0, c: 0, points: 20 },
				{ u: 0, c: 1, points: 30 },
			],
		});
		const lists = listContenders(input, input.points, Uint32Array.of(0), new Float64Array(2), Infinity, 2);
		const repair = startRepair(input, input.points, lists, Float64Array.of(1, 1), Float64Array.of(50, 50), 1);
		expect([repair.held[0], repair.excessTotal]).toEqual([-1, 2]);
		balance(repair);
		expect(repair.held[0]).toBe(1);
		expect(certify(input, input.points, repair.seats, repair.price, repair.held, [])).toMatchObject({
			primal: 30,
			gap: 0,
		});
	});

	it('ends at an optimum with its proof, from whichever prices and with however few arcs at first', () => {
		fc.assert(
			fc.property(
				anyCity({ users: 12, contracts: 7 }),
				anyPrices,
				fc.constantFrom(0, 3, 1000, Infinity),
				(input, prices, arcReach) => {
					const { points, userCount, contractCount } = input;
					const users = Uint32Array.from({ length: userCount }, (_, u) => u);
					const price = Float64Array.from(prices.slice(0, contractCount));
					const lists = listContenders(input, points, users, price, Infinity, contractCount);
					const seats = Float64Array.from(input.seats, (count) => Math.min(count, userCount + 1));
					const repair = startRepair(input, points, lists, seats, price, arcReach);
					balance(repair);
					const wrong: number[] = [];
					const certificate = certify(input, points, seats, repair.price, repair.held, wrong);
					expect(wrong).toEqual([]);
					expect(certificate.gap).toBe(0);
					expect(certificate.primal).toBe(slowOptimum(input, points));
					expect([...repair.price].every((each) => each >= 0)).toBe(true);

					// the columns tell what the slots hold
					const demand = new Float64Array(contractCount);
					for (const p of repair.held) if (p >= 0) demand[input.contract[p]]++;
					expect(repair.demand).toEqual(demand);
					expect([...demand].every((count, c) => count <= input.seats[c])).toBe(true);
				},
			),
			{ seed: 14, numRuns: 600 },
		);
	});
});
