import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatchInput } from '#engine/match/match-input.ts';
import { certify } from '#engine/match/certify.ts';
import { listContenders, relist } from '#engine/match/contenders.ts';
import { popArc } from '#engine/match/arc-heaps.ts';
import { balance, measureExcess, rechoose, resumeRepair, startRepair } from '#engine/match/repair.ts';
import type { Repair } from '#engine/match/repair.ts';
import { leastLoss } from '#engine/match/exchange-loss.ts';
import { anyCity, makeCity } from './cities.ts';
import { slowOptimum } from './slow-optimum.ts';

const anyPrices = fc.array(fc.constantFrom(0, 0, 1, 7, 30, 90, 2_000_000), { minLength: 7, maxLength: 7 });

/** A choice for every user of the city at these prices, from whole rows. */
function choicesAt(input: MatchInput, prices: number[], arcReach: number): Repair {
	const { points, userCount, contractCount } = input;
	const users = Uint32Array.from({ length: userCount }, (_, u) => u);
	const price = Float64Array.from(prices.slice(0, contractCount));
	const lists = listContenders(input, points, users, price, Infinity, contractCount);
	const seats = Float64Array.from(input.seats, (count) => Math.min(count, userCount + 1));
	return startRepair(input, lists, seats, price, arcReach);
}

/** The pairs that users hold, by places u · quota …, −1 where a slot is open. */
const pairsHeld = ({ held, lists }: Repair) => held.map((e) => (e < 0 ? e : lists.pair[e]));

/** User u's best pairs, one of a brand, of positive surplus; of equal ones the first in her row. */
function bestChoice(input: MatchInput, price: Float64Array, u: number): number[] {
	const surplus = (p: number) => input.points[p] - price[input.contract[p]];
	const brand = (p: number) => input.contractBrand[input.contract[p]];
	const row = Array.from({ length: input.start[u + 1] - input.start[u] }, (_, i) => input.start[u] + i);
	const chosen: number[] = [];
	for (const p of row.sort((a, b) => surplus(b) - surplus(a) || a - b)) {
		if (surplus(p) <= 0 || chosen.some((q) => brand(q) === brand(p))) continue;
		if (chosen.length < input.quota) chosen.push(p);
	}
	return chosen;
}

/** The columns tell what the slots hold, and what contracts lack or have too much. */
function expectCounts(repair: Repair) {
	const { input, price, seats, demand, sold, excess, excessTotal } = repair;
	const asked = seats.map(() => 0);
	for (const p of pairsHeld(repair)) if (p >= 0) asked[input.contract[p]]++;
	expect(demand).toEqual(asked);
	const counted = seats.map((count, c) => (price[c] > 0 ? count : Math.min(count, asked[c])));
	expect(sold).toEqual(counted);
	const over = [...asked].map((count, c) => count - counted[c]);
	const none = over.reduce((sum, count) => sum - count, 0);
	expect([...excess].map((count) => count + 0)).toEqual([...over, none].map((count) => count + 0));
	expect(excessTotal).toBe([...over, none].reduce((sum, count) => sum + Math.max(0, count), 0));
}

describe('startRepair', () => {
	it('gives every user her best choice, best first, and counts what contracts lack or have too much', () => {
		let moreWanted = 0;
		let lessWanted = 0;
		fc.assert(
			fc.property(anyCity({ users: 8, contracts: 7 }), anyPrices, anyPrices, (input, prices, later) => {
				const repair = choicesAt(input, prices, 0);
				const { quota } = repair;
				expect(quota).toBe(Math.min(input.quota, input.contractCount));
				const slots = (u: number) => [...pairsHeld(repair).subarray(u * quota, (u + 1) * quota)];
				const choices = Array.from({ length: input.userCount }, (_, u) => bestChoice(input, repair.price, u));
				choices.forEach((choice, u) => {
					const open = Array.from({ length: quota - choice.length }, () => -1);
					expect(slots(u)).toEqual([...choice, ...open]);
				});
				expectCounts(repair);
				if (repair.excess[input.contractCount] < 0) moreWanted++;
				if (repair.excess[input.contractCount] > 0) lessWanted++;

				// one user chooses anew at other prices; nobody else does
				if (input.userCount === 0) return;
				const u = input.userCount - 1;
				repair.price.set(later.slice(0, input.contractCount));
				relist(input, input.points, repair.lists, [u], repair.price, input.contractCount);
				rechoose(repair, u);
				measureExcess(repair);
				choices[u] = bestChoice(input, repair.price, u);
				choices.forEach((choice, v) => expect(slots(v).filter((p) => p >= 0)).toEqual(choice));
				expectCounts(repair);
			}),
			{ seed: 13, numRuns: 300 },
		);
		expect(Math.min(moreWanted, lessWanted)).toBeGreaterThan(5);
	});
});

/** An arc: what user u gives up (−1 for an open slot), what she takes (−1 for none), and what that costs. */
interface Arc {
	readonly u: number;
	readonly from: number;
	readonly to: number;
	readonly cost: number;
}

/** Every arc from what users hold to what they could hold instead, by the sentences of `addArcs`. */
function arcsBySentence(repair: Repair): Arc[] {
	const { input, price, quota, arcReach } = repair;
	const held = pairsHeld(repair);
	const { points, contract, contractBrand, start, userCount } = input;
	const arcs: Arc[] = [];
	for (let u = 0; u < userCount; u++) {
		const slots = [...held.subarray(u * quota, (u + 1) * quota)];
		const contractOf = (p: number) => (p < 0 ? -1 : contract[p]);
		const add = (p: number, q: number) => {
			const [from, to] = [contractOf(p), contractOf(q)];
			const cost = (points[p] ?? 0) - (points[q] ?? 0);
			const loss = cost - (price[from] ?? 0) + (price[to] ?? 0);
			const isThere = arcs.some((arc) => arc.u === u && arc.from === from && arc.to === to);
			if (from !== to && loss <= arcReach && !isThere) arcs.push({ u, from, to, cost });
		};
		for (const p of slots) add(p, -1);
		for (let q = start[u]; q < start[u + 1]; q++) {
			if (points[q] <= 0) continue;
			const brand = contractBrand[contract[q]];
			const rivals = slots.filter((p) => p >= 0 && contractBrand[contract[p]] === brand);
			for (const p of rivals.length > 0 ? rivals : slots) add(p, q);
		}
	}
	return arcs;
}

/** What the heaps hold, emptied one by one. */
function popAll({ heaps }: Repair): Arc[] {
	const { nodeCount } = heaps;
	const nameOf = (node: number) => (node === nodeCount - 1 ? -1 : node);
	const arcs: Arc[] = [];
	for (let at = 0; at < nodeCount * nodeCount; at++) {
		while (heaps.top[at] >= 0) {
			const from = nameOf(Math.floor(at / nodeCount));
			arcs.push({ u: heaps.user[heaps.top[at]], from, to: nameOf(at % nodeCount), cost: heaps.topCost[at] });
			popArc(heaps, at);
		}
	}
	return arcs;
}

const byNodes = (a: Arc, b: Arc) => a.u - b.u || a.from - b.from || a.to - b.to;

describe('balance', () => {
	it('makes an arc for every exchange within reach, once', () => {
		const reaches = fc.constantFrom(0, 1, 2, 30, 1000, Infinity);
		let leftOut = 0;
		fc.assert(
			fc.property(anyCity({ users: 8, contracts: 6 }), anyPrices, reaches, (city, prices, arcReach) => {
				// one more contract, which nobody wants: a seat of it that is to go unsold needs no arc and moves none
				const extra = city.contractCount;
				const input = {
					...city,
					contractCount: extra + 1,
					contractBrand: Uint32Array.of(...city.contractBrand, 99),
					seats: Uint32Array.of(...city.seats, 1),
				};
				const repair = choicesAt(input, [...prices.slice(0, extra), 0], arcReach);
				const before = repair.price.slice();
				repair.excess.fill(0);
				repair.excess[extra] = 1;
				repair.excess[extra + 1] = -1;
				repair.excessTotal = 1;
				balance(repair);
				expect([repair.excessTotal, repair.price, repair.arcReach]).toEqual([0, before, arcReach]);
				const expected = arcsBySentence(repair);
				expect(popAll(repair).sort(byNodes)).toEqual(expected.sort(byNodes));
				leftOut += arcsBySentence({ ...repair, arcReach: Infinity }).length - expected.length;
			}),
			{ seed: 15, numRuns: 300 },
		);
		expect(leftOut).toBeGreaterThan(20);
	});

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
		const repair = startRepair(input, lists, Float64Array.of(1, 1), Float64Array.of(50, 50), 1);
		expect([pairsHeld(repair)[0], repair.excessTotal]).toEqual([-1, 2]);
		balance(repair);
		expect(pairsHeld(repair)[0]).toBe(1);
		expect(certify(input, input.points, repair.seats, repair.price, repair, [])).toMatchObject({
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
					const { points, contractCount } = input;
					const repair = choicesAt(input, prices, arcReach);
					const { seats } = repair;
					balance(repair);

					// wider in steps of four, and not at once
					let reach = arcReach;
					while (reach < repair.arcReach) reach = 4 * reach + 1;
					expect(repair.arcReach).toBe(reach);
					if (arcReach < Infinity) expect(repair.arcReach).toBeLessThan(1e10);
					const wrong: number[] = [];
					const certificate = certify(input, points, seats, repair.price, repair, wrong);
					expect(wrong).toEqual([]);
					expect(certificate.gap).toBe(0);
					expect(certificate.primal).toBe(slowOptimum(input, points));
					expect([...repair.price].every((each) => each >= 0)).toBe(true);

					expectCounts(repair);
					expect(repair.excess.every((count) => count === 0)).toBe(true);
					expect([...repair.demand].every((count, c) => count <= input.seats[c])).toBe(true);
					for (let c = 0; c < contractCount; c++) expect(Number.isInteger(repair.price[c])).toBe(true);
				},
			),
			{ seed: 14, numRuns: 600 },
		);
	});

	it('goes on from choices that stand, and from those alone, as from choices made anew', () => {
		let stoodCount = 0;
		let movedCount = 0;
		fc.assert(
			fc.property(
				anyCity({ users: 24, contracts: 7 }),
				anyPrices,
				fc.array(fc.integer({ min: -15, max: 15 }), { minLength: 7, maxLength: 7 }),
				fc.constantFrom(0, 3, 15, 40, Infinity),
				(input, prices, moves, arcReach) => {
					const { lists, seats, quota, held, demand, price } = choicesAt(input, prices, arcReach);
					const margin = Float64Array.from({ length: input.userCount }, (_, u) =>
						leastLoss(lists, held, quota, u, price, -Infinity),
					);
					const now = price.map((each, c) => Math.max(0, each + moves[c]));
					const standing = { price, margin: margin.slice() };
					const repair = resumeRepair(input, lists, seats, now, arcReach, held, demand, standing);
					expectCounts(repair);
					for (let u = 0; u < input.userCount; u++) {
						expect(leastLoss(lists, repair.held, quota, u, now, -Infinity)).toBeGreaterThanOrEqual(0);
					}
					balance(repair);
					expectCounts(repair);
					const wrong: number[] = [];
					expect(certify(input, input.points, seats, repair.price, repair, wrong).gap).toBe(0);
					expect(wrong).toEqual([]);

					// nothing is left to say of a choice that is another one now
					for (let u = 0; u < input.userCount; u++) {
						const slots = (of: Int32Array) => [...of.subarray(u * quota, (u + 1) * quota)].sort();
						const isSame = slots(held).join() === slots(repair.held).join();
						if (isSame && standing.margin[u] > -Infinity) {
							expect(standing.margin[u]).toBe(margin[u]);
							stoodCount++;
						} else expect(standing.margin[u]).toBe(-Infinity);
						if (!isSame) movedCount++;
					}
				},
			),
			{ seed: 15, numRuns: 600 },
		);
		expect(Math.min(stoodCount, movedCount)).toBeGreaterThan(300);
	});

	it('leaves the prices that it was given as they were', () => {
		const price = Float64Array.of(50);
		const edges = [{ u: 0, c: 0, points: 20 }];
		const input = makeCity({ userCount: 1, contractBrand: [0], seats: [1], quota: 1, isShared: true, edges });
		const lists = listContenders(input, input.points, Uint32Array.of(0), price, Infinity, 1);
		const repair = startRepair(input, lists, Float64Array.of(1), price, 1);
		balance(repair);
		expect([repair.price[0], price[0]]).toEqual([20, 50]);
	});

	it('refuses a count that no path can mend', () => {
		const input = makeCity({
			userCount: 1,
			contractBrand: [0, 1],
			seats: [1, 1],
			quota: 1,
			isShared: true,
			edges: [{ u: 0, c: 0, points: 20 }],
		});
		const tooMany = choicesAt(input, [0, 0], 1);
		tooMany.excess[1] = 1;
		tooMany.excessTotal = 1;
		expect(() => balance(tooMany)).toThrow('repair: no path from an excess');
	});
});
