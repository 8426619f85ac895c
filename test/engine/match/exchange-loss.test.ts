import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listContenders } from '#engine/match/contenders.ts';
import { leastLoss } from '#engine/match/exchange-loss.ts';
import { anyCity } from './cities.ts';
import { choiceSet, listPairs, type Pair } from './textbook.ts';

describe('leastLoss', () => {
	it('is the least that giving up, taking or exchanging a pair loses, and not below 0 just for a best choice', () => {
		let bestCount = 0;
		let otherCount = 0;
		const prices = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 7, maxLength: 7 });
		const setting = fc.record({
			input: anyCity({ users: 6, contracts: 7 }),
			prices,
			coins: fc.infiniteStream(fc.nat()),
			outside: fc.constantFrom(-Infinity, -20, 0, 15),
		});
		fc.assert(
			fc.property(setting, ({ input, prices: each, coins, outside }) => {
				const quota = Math.min(input.quota, input.contractCount);
				const price = Float64Array.from(each.slice(0, input.contractCount));
				const users = Uint32Array.from({ length: input.userCount }, (_, u) => u);
				const lists = listContenders(input, input.points, users, price, Infinity, input.contractCount);
				for (const u of users) {
					const surplus = (pair: Pair) => pair.points - price[pair.c];
					const sum = (pairs: readonly Pair[]) => pairs.reduce((total, pair) => total + surplus(pair), 0);
					const pairs = listPairs(input).filter((pair) => pair.u === u);
					const worth = pairs
						.filter((pair) => surplus(pair) > 0)
						.map((pair) => ({ ...pair, points: surplus(pair) }));
					const ids = choiceSet(worth, quota).map(({ p }) => p);
					const best = pairs.filter(({ p }) => ids.includes(p));
					const mine =
						coins.next().value % 2 === 0 ? best : choiceSet(pairs, coins.next().value % (quota + 1));
					const held = new Int32Array(input.userCount * quota).fill(-1);
					const entryOf = new Map(
						Array.from({ length: lists.length[u] }, (_, i) => [
							lists.pair[lists.start[u] + i],
							lists.start[u] + i,
						]),
					);
					mine.forEach((pair, k) => (held[u * quota + ((k + 1) % quota)] = entryOf.get(pair.p) ?? NaN));

					const losses: number[] = [];
					const isAllowed = (chosen: readonly Pair[]) =>
						chosen.length <= quota && new Set(chosen.map(({ brand }) => brand)).size === chosen.length;
					const candidates = pairs.filter((pair) => !mine.includes(pair));
					for (const less of [null, ...mine]) {
						const rest = mine.filter((pair) => pair !== less);
						if (less !== null) losses.push(sum(mine) - sum(rest));
						for (const more of candidates) {
							if (isAllowed([...rest, more])) losses.push(sum(mine) - sum([...rest, more]));
						}
					}
					const found = leastLoss(lists, held, quota, u, price, -Infinity);
					const least = Math.min(...losses);
					// where a contract of the brand is held, to take the pair is to take its place
					expect(found).toBe(least);
					expect(found >= 0).toBe(sum(mine) === sum(best));
					if (found >= 0) bestCount++;
					else otherCount++;

					const slots = [...mine.map(surplus), ...(mine.length < quota ? [0] : [])];
					expect(leastLoss(lists, held, quota, u, price, outside)).toBe(Math.min(least, Math.min(...slots) - outside)); // prettier-ignore
				}
			}),
			{ seed: 1, numRuns: 500 },
		);
		expect(Math.min(bestCount, otherCount)).toBeGreaterThan(100);
	});
});
