import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certify } from '#engine/match/certify.ts';
import { checkOptimal } from '#engine/match/check-optimal.ts';
import { anyCity } from './cities.ts';
import { choiceSet, listPairs } from './textbook.ts';

describe('certify', () => {
	it('says of any pairs held, at any prices, what the checker says, and names the users who could choose better', () => {
		let wrongCount = 0;
		let rightCount = 0;
		const prices = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 7, maxLength: 7 });
		fc.assert(
			fc.property(
				anyCity({ users: 8, contracts: 7 }),
				prices,
				fc.infiniteStream(fc.nat()),
				(input, each, coins) => {
					const quota = Math.min(input.quota, input.contractCount);
					const price = Float64Array.from(each.slice(0, input.contractCount));
					const surplus = (p: number) => input.points[p] - price[input.contract[p]];
					const held = new Int32Array(input.userCount * quota).fill(-1);
					const isGiven = new Uint8Array(input.contract.length);
					const expected: number[] = [];
					for (let u = 0; u < input.userCount; u++) {
						// her best choice, or any other
						const pairs = listPairs(input).filter((pair) => pair.u === u);
						const worth = pairs
							.filter((pair) => surplus(pair.p) > 0)
							.map((pair) => ({ ...pair, points: surplus(pair.p) }));
						const best = choiceSet(worth, quota);
						const mine =
							coins.next().value % 2 === 0 ? best : choiceSet(pairs, coins.next().value % (quota + 1));
						mine.forEach((pair, k) => {
							held[u * quota + ((k + 1) % quota)] = pair.p;
							isGiven[pair.p] = 1;
						});
						const sum = (list: readonly { p: number }[]) =>
							list.reduce((total, pair) => total + surplus(pair.p), 0);
						if (sum(mine) !== sum(best)) expected.push(u);
					}
					const wrong: number[] = [];
					const pair = input.contract.map((_, p) => p);
					const seats = Float64Array.from(input.seats);
					const { primal, dual, gap } = checkOptimal(input, input.points, isGiven, price);
					expect(certify(input, input.points, seats, price, { held, lists: { pair } }, wrong)).toEqual({
						primal,
						dual,
						gap,
					});
					expect(wrong).toEqual(expected);
					expect([...seats]).toEqual([...input.seats]);
					wrongCount += wrong.length;
					rightCount += input.userCount - wrong.length;
				},
			),
			{ seed: 1, numRuns: 300 },
		);
		expect(Math.min(wrongCount, rightCount)).toBeGreaterThan(30);
	});
});
