import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listContenders } from '#engine/match/contenders.ts';
import type { MatchInput } from '#engine/match/match-input.ts';
import { startSweeping, sweepPrices } from '#engine/match/price-sweep.ts';
import type { Edge } from './cities.ts';
import { anyCity, makeCity } from './cities.ts';

/** One sweep over whole lists from the given prices. */
function sweepOnce(input: MatchInput, price: number[], window = Infinity, settleMargin = 0) {
	const users = Uint32Array.from({ length: input.userCount }, (_, u) => u);
	const prices = Float64Array.from(price);
	const lists = listContenders(input, input.points, users, prices, Infinity, input.contractCount);
	const sweeping = startSweeping(
		lists,
		new Uint16Array(users.length).fill(Math.min(input.quota, input.contractCount)),
		Float64Array.from(input.seats),
	);
	const next = new Float64Array(price.length);
	const result = sweepPrices(sweeping, prices, next, window, settleMargin);
	return {
		next: [...next],
		...result,
		activeUsers: [...sweeping.active.subarray(0, sweeping.activeCount)],
		settledDemand: [...sweeping.settledDemand],
	};
}

/** The price of every contract and the imbalance by the sentences of `sweepPrices`, user by user. */
function sweepBySentence(input: MatchInput, price: number[], window: number) {
	const bids = price.map((): number[] => []);
	const demand = price.map(() => 0);
	for (let u = 0; u < input.userCount; u++) {
		const row = [...input.contract.subarray(input.start[u], input.start[u + 1])].map((c, i) => {
			const weight = input.points[input.start[u] + i];
			return { c, brand: input.contractBrand[c], weight, surplus: weight - price[c] };
		});
		for (const mine of row) {
			const mates = row.filter((other) => other !== mine && other.brand === mine.brand);
			const bestOfBrand = new Map<number, number>();
			for (const { brand, surplus } of row) {
				if (brand !== mine.brand) bestOfBrand.set(brand, Math.max(bestOfBrand.get(brand) ?? 0, surplus));
			}
			const others = [...bestOfBrand.values()].sort((a, b) => b - a);
			const rival = Math.max(0, others[input.quota - 1] ?? 0, ...mates.map((mate) => mate.surplus));
			bids[mine.c].push(mine.weight - rival);
			if (mine.surplus > 0 && mine.surplus >= rival) demand[mine.c]++;
		}
	}
	const next = price.map((before, c) => {
		const firstWithoutSeat = bids[c].sort((a, b) => b - a)[input.seats[c]] ?? 0;
		return Math.min(before + window, Math.max(0, before - window, firstWithoutSeat));
	});
	let imbalance = 0;
	for (const [c, count] of demand.entries()) {
		const beyond = count - input.seats[c];
		if (beyond > 0 || price[c] > 0) imbalance += Math.abs(beyond);
	}
	return { next, imbalance, largestMove: Math.max(...next.map((after, c) => Math.abs(after - price[c]))) };
}

const oneUser = (quota: number, contractBrand: number[], points: number[]) =>
	makeCity({
		userCount: 1,
		contractBrand,
		seats: contractBrand.map(() => 0),
		quota,
		isShared: true,
		edges: points.map((of, c): Edge => ({ u: 0, c, points: of })),
	});

describe('sweepPrices', () => {
	it('makes the price the highest bid without a seat, and 0 where seats are left over', () => {
		const input = makeCity({
			userCount: 3,
			contractBrand: [0, 1],
			seats: [1, 3],
			quota: 1,
			isShared: true,
			edges: [
				{ u: 0, c: 0, points: 90 },
				{ u: 1, c: 0, points: 70 },
				{ u: 1, c: 1, points: 20 },
				{ u: 2, c: 0, points: 60 },
			],
		});
		// bids 90, 60 and 50 above the second choice: the second highest finds no seat
		expect(sweepOnce(input, [0, 0])).toMatchObject({ next: [60, 0], imbalance: 2, largestMove: 60 });
	});

	it('bids down to the first surplus without a slot when she chooses it, else down to her last slot', () => {
		expect(sweepOnce(oneUser(2, [0, 1, 2, 3], [40, 100, 70, 55]), [0, 0, 0, 0])).toMatchObject({
			next: [0, 45, 15, 0],
			imbalance: 2,
		});
		// its own price does not change a bid; the others need to beat 50 instead of 100
		expect(sweepOnce(oneUser(2, [0, 1, 2, 3], [40, 100, 70, 55]), [0, 50, 0, 0]).next).toEqual([
			0, 45, 20, 5,
		]);
	});

	it('bids down to the other contract of the brand', () => {
		expect(sweepOnce(oneUser(2, [0, 0, 1], [80, 50, 30]), [0, 0, 0]).next).toEqual([30, 0, 30]);
	});

	it('demands nothing of no worth: not at a price equal to the points, not above', () => {
		expect(sweepOnce(oneUser(2, [0, 1, 2], [10, 10, 10]), [10, 11, 9])).toMatchObject({
			next: [10, 10, 10],
			imbalance: 1,
		});
	});

	it('moves no price beyond the window', () => {
		expect(sweepOnce(oneUser(1, [0, 1], [100, 30]), [20, 80], 5).next).toEqual([25, 75]);
	});

	it('settles a user only by more than the margin, against what the brand left out as well', () => {
		const clear = oneUser(1, [0, 1], [100, 30]);
		expect(sweepOnce(clear, [0, 0], 5, 69)).toMatchObject({ activeUsers: [], settledDemand: [1, 0] });
		expect(sweepOnce(clear, [0, 0], 5, 70)).toMatchObject({ activeUsers: [0], settledDemand: [0, 0] });
		const sameBrand = oneUser(1, [0, 0], [100, 90]);
		expect(sweepOnce(sameBrand, [0, 0], 5, 9)).toMatchObject({ activeUsers: [], settledDemand: [1, 0] });
		expect(sweepOnce(sameBrand, [0, 0], 5, 10)).toMatchObject({ activeUsers: [0], settledDemand: [0, 0] });
	});

	it('settles a user with an open slot only where nothing is about as good as it', () => {
		const open = oneUser(3, [0, 1], [100, 30]);
		expect(sweepOnce(open, [0, 80], 5, 49)).toMatchObject({ activeUsers: [], settledDemand: [1, 0] });
		expect(sweepOnce(open, [0, 80], 5, 50)).toMatchObject({ activeUsers: [0], settledDemand: [0, 0] });
		expect(sweepOnce(open, [60, 80], 5, 39)).toMatchObject({ activeUsers: [], settledDemand: [1, 0] });
		expect(sweepOnce(open, [60, 80], 5, 40)).toMatchObject({ activeUsers: [0], settledDemand: [0, 0] });
	});

	it('gives a brand one slot, however many of its contracts are equal', () => {
		// three equal ones of a brand beside another: with two slots each brand has one, and each bids down to its equals
		const twoSlots = sweepOnce(oneUser(2, [0, 0, 0, 1], [50, 50, 50, 30]), [0, 0, 0, 0]);
		expect(twoSlots.next).toEqual([0, 0, 0, 30]);
		expect(sweepOnce(oneUser(2, [1, 0, 0, 0], [30, 50, 50, 50]), [0, 0, 0, 0]).next).toEqual([30, 0, 0, 0]);
	});

	it('equals its own sentence at any prices, windows, ties and quotas, brands of any size', () => {
		let settledCount = 0;
		fc.assert(
			fc.property(
				anyCity({ users: 12, contracts: 7 }),
				fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
				fc.constantFrom(0.01, 0.1, 0.5, Infinity),
				fc.constantFrom(1, 2, 3, 7),
				fc.constantFrom(0, 1, 2),
				(city, shares, windowShare, brandSize, marginShare) => {
					const contractBrand = city.contractBrand.map((_, c) => Math.floor(c / brandSize));
					const input = { ...city, contractBrand };
					const most = input.points.reduce((a, b) => Math.max(a, b), 1);
					const price = [...shares.slice(0, input.contractCount)].map((share) => Math.round(share * most));
					const window = Math.ceil(windowShare * most);
					const swept = sweepBySentence(input, price, window);
					expect(sweepOnce(input, price, window)).toMatchObject(swept);

					// whose choice no price within the window can change may leave at once
					if (window === Infinity) return;
					const settled = sweepOnce(input, price, window, marginShare * window);
					expect(settled).toMatchObject(swept);
					settledCount += input.userCount - settled.activeUsers.length;
				},
			),
			{ seed: 1, numRuns: 1000 },
		);
		expect(settledCount).toBeGreaterThan(5);
	});
});
