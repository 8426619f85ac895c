import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contestedLists } from '#engine/match/contested-lists.ts';
import { optimal } from '#engine/match/optimal.ts';
import { anyCity } from './cities.ts';
import { choiceSet, listPairs } from './textbook.ts';

describe('contestedLists', () => {
	it('leaves every user the choice of her whole list, while prices move apart no further than the bound', () => {
		let stayingCount = 0;
		let openCount = 0;
		const setting = fc.record({
			input: anyCity({ users: 12, contracts: 7 }),
			boundShare: fc.constantFrom(0.001, 0.01, 0.1),
			moves: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
			upShare: fc.constantFrom(0, 0.5, 1),
		});
		fc.assert(
			fc.property(setting, ({ input, boundShare, moves, upShare }) => {
				const { warm } = optimal(input, input.points, { isWarmKept: true });
				if (warm === undefined) return;
				const bound = Math.ceil(boundShare * input.points.reduce((a, b) => Math.max(a, b), 1));
				const { lists, quota, settledDemand } = contestedLists(input, warm, bound);
				const price = warm.prices.map((each, c) => Math.max(0, each + Math.floor((moves[c] - 1 + upShare) * bound)));

				const surplusAt = (p: number) => input.points[p] - price[input.contract[p]];
				const pairs = listPairs(input).map((pair) => ({ ...pair, points: surplusAt(pair.p) }));
				const bestOf = (ids: readonly number[], count: number) =>
					choiceSet(pairs.filter(({ p, points }) => ids.includes(p) && points > 0), count).map(({ points }) => points);
				const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
				const settled = new Uint32Array(input.contractCount);
				const slots = (u: number) => [...warm.held.subarray(u * warm.held.length / input.userCount, (u + 1) * warm.held.length / input.userCount)]; // prettier-ignore
				for (let u = 0; u < input.userCount; u++) {
					const i = lists.users.indexOf(u);
					const whole = [...warm.lists.pair.subarray(warm.lists.start[u], warm.lists.start[u] + warm.lists.length[u])];
					const open = i < 0 ? [] : [...lists.pair.subarray(lists.start[i], lists.start[i] + lists.length[i])];
					const held = slots(u).flatMap((e) => (e < 0 ? [] : [warm.lists.pair[e]]));
					const staying = held.filter((p) => !open.includes(p));
					for (const p of staying) settled[input.contract[p]]++;
					if (i >= 0) expect(quota[i]).toBe(slots(u).length - staying.length);
					const inParts = sum(staying.map(surplusAt)) + sum(bestOf(open, i < 0 ? 0 : quota[i]));
					expect(inParts).toBe(sum(bestOf(whole, slots(u).length)));
					stayingCount += staying.length;
					openCount += open.length;
				}
				expect(settledDemand).toEqual(settled);
			}),
			{ seed: 1, numRuns: 500 },
		);
		expect(Math.min(stayingCount, openCount)).toBeGreaterThan(300);
	});
}); // prettier-ignore
