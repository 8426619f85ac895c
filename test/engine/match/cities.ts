import fc from 'fast-check';
import type { MatchInput } from '#engine/match/match-input.ts';

/** One eligible pair of a city written by hand. */
export interface Edge {
	u: number;
	c: number;
	points: number;
	/** Left out: the same as points. */
	brandPoints?: number;
}

export interface CityRows {
	userCount: number;
	contractBrand: number[];
	seats: number[];
	quota: number;
	edges: Edge[];
	isShared: boolean;
	seed?: number;
	userKey?: number[];
	contractKey?: number[];
	userRank?: number[];
	contractRank?: number[];
}

/** The columns of a city written as rows; edges keep their order within a user. */
export function makeCity(rows: CityRows): MatchInput {
	const { userCount, contractBrand, edges } = rows;
	const contractCount = contractBrand.length;
	const sorted = [...edges].sort((a, b) => a.u - b.u);
	const start = new Uint32Array(userCount + 1);
	for (const edge of edges) start[edge.u + 1]++;
	for (let u = 0; u < userCount; u++) start[u + 1] += start[u];
	const points = Int32Array.from(sorted, (edge) => edge.points);
	const count = (n: number) => Array.from({ length: n }, (_, i) => i);
	return {
		userCount,
		contractCount,
		start,
		contract: Uint32Array.from(sorted, (edge) => edge.c),
		contractBrand: Uint32Array.from(contractBrand),
		seats: Uint32Array.from(rows.seats),
		quota: rows.quota,
		points,
		brandPoints: rows.isShared ? points : Int32Array.from(sorted, (edge) => edge.brandPoints ?? edge.points),
		userKey: Uint32Array.from(rows.userKey ?? count(userCount)),
		contractKey: Uint32Array.from(rows.contractKey ?? count(contractCount)),
		userRank: Uint32Array.from(rows.userRank ?? count(userCount)),
		contractRank: Uint32Array.from(rows.contractRank ?? count(contractCount)),
		seed: rows.seed ?? 1,
		stream: 1,
	};
}

/** A city in which users and contracts rank each other as listed, best first; what either leaves out is no pair. */
export function cityOfRankings(
	userLists: number[][],
	contractLists: number[][],
	seats: number[],
): MatchInput {
	const edges: Edge[] = [];
	userLists.forEach((list, u) => {
		list.forEach((c, i) => {
			const j = contractLists[c].indexOf(u);
			if (j >= 0) edges.push({ u, c, points: 1000 - i, brandPoints: 1000 - j });
		});
	});
	return makeCity({
		userCount: userLists.length,
		contractBrand: contractLists.map((_, c) => c),
		seats,
		quota: 1,
		edges,
		isShared: false,
	});
}

/** [user, contract] of every given pair, in order. */
export function givenPairs(input: MatchInput, isGiven: Uint8Array): [number, number][] {
	const pairs: [number, number][] = [];
	for (let u = 0; u < input.userCount; u++) {
		const contracts: number[] = [];
		for (let p = input.start[u]; p < input.start[u + 1]; p++)
			if (isGiven[p] === 1) contracts.push(input.contract[p]);
		for (const c of contracts.sort((a, b) => a - b)) pairs.push([u, c]);
	}
	return pairs;
}

/** The same city with every user's pairs in reverse. */
export function withRowsReversed(input: MatchInput): MatchInput {
	const order: number[] = [];
	for (let u = 0; u < input.userCount; u++) {
		for (let p = input.start[u + 1] - 1; p >= input.start[u]; p--) order.push(p);
	}
	const points = Int32Array.from(order, (p) => input.points[p]);
	const isShared = input.points === input.brandPoints;
	return {
		...input,
		contract: Uint32Array.from(order, (p) => input.contract[p]),
		points,
		brandPoints: isShared ? points : Int32Array.from(order, (p) => input.brandPoints[p]),
	};
}

/** The same city with every pair's points lowered alike, below zero where that leads. */
export function withPointsLess(input: MatchInput, less: number): MatchInput {
	const points = input.points.map((each) => each - less);
	const isShared = input.points === input.brandPoints;
	return { ...input, points, brandPoints: isShared ? points : input.brandPoints.map((each) => each - less) };
}

/** A coin of its own for cities: a linear congruential generator is random enough here. */
function makeRandom(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 4294967296) * below);
	};
}

function shuffled(count: number, random: (below: number) => number): number[] {
	const places = Array.from({ length: count }, (_, i) => i);
	for (let i = count - 1; i > 0; i--) {
		const j = random(i + 1);
		[places[i], places[j]] = [places[j], places[i]];
	}
	return places;
}

/**
 * Small cities of every awkward kind: ties, few levels of points, equal keys, contracts without seats or with more
 * than enough, several contracts of a brand, users without pairs, no users at all, quotas 1 to 5, rows in any order,
 * contracts that agree with users, have views of their own, or want the opposite (then stable matchings are many).
 */
export function anyCity(most: { users: number; contracts: number }): fc.Arbitrary<MatchInput> {
	const settings = fc.record({
		userCount: fc.integer({ min: 0, max: most.users }),
		contractCount: fc.integer({ min: 1, max: most.contracts }),
		brandCount: fc.integer({ min: 1, max: most.contracts }),
		levels: fc.constantFrom(1, 3, 100, 1_000_000),
		mostSeats: fc.constantFrom(1, 3, 6, most.users + 3),
		densityPercent: fc.constantFrom(40, 80, 100),
		quota: fc.integer({ min: 1, max: 5 }),
		view: fc.constantFrom('shared', 'own', 'opposite'),
		hasFewKeys: fc.boolean(),
		seed: fc.integer({ min: 0, max: 0xffffffff }),
	});
	return fc.noBias(settings).map((setting) => {
		const { userCount, contractCount, levels, quota, view, seed } = setting;
		const random = makeRandom(seed);
		const keyCount = setting.hasFewKeys ? 2 : 4294967296;
		const edges: Edge[] = [];
		for (let u = 0; u < userCount; u++) {
			for (const c of shuffled(contractCount, random)) {
				if (random(100) >= setting.densityPercent) continue;
				const points = 1 + random(levels);
				edges.push({ u, c, points, brandPoints: view === 'own' ? 1 + random(levels) : levels + 1 - points });
			}
		}
		const each = (count: number, below: number) => Array.from({ length: count }, () => random(below));
		return makeCity({
			userCount,
			contractBrand: each(contractCount, setting.brandCount),
			seats: each(contractCount, setting.mostSeats + 1),
			quota,
			edges,
			isShared: view === 'shared',
			seed,
			userKey: each(userCount, keyCount),
			contractKey: each(contractCount, keyCount),
			userRank: shuffled(userCount, random),
			contractRank: shuffled(contractCount, random),
		});
	});
}

/**
 * As many users as contracts, one seat and one slot each, views of their own: the kind of city in which stable
 * matchings are many and it matters who proposes.
 */
export function anyMarriage(mostCouples: number): fc.Arbitrary<MatchInput> {
	const settings = fc.record({
		count: fc.integer({ min: 2, max: mostCouples }),
		levels: fc.constantFrom(5, 1_000_000),
		seed: fc.integer({ min: 0, max: 0xffffffff }),
	});
	return fc.noBias(settings).map(({ count, levels, seed }) => {
		const random = makeRandom(seed);
		const edges: Edge[] = [];
		for (let u = 0; u < count; u++) {
			for (const c of shuffled(count, random)) {
				edges.push({ u, c, points: random(levels), brandPoints: random(levels) });
			}
		}
		return makeCity({
			userCount: count,
			contractBrand: Array.from({ length: count }, (_, c) => c),
			seats: Array.from({ length: count }, () => 1),
			quota: 1,
			edges,
			isShared: false,
			seed,
		});
	});
}

/** A city large enough for the fast paths: samples, guessed lines, lists that leave pairs out. */
export function largeCity(setting: {
	userCount: number;
	contractCount: number;
	levels: number;
	densityPercent: number;
	seatsPerContract: number;
	quota: number;
	seed: number;
}): MatchInput {
	const { userCount, contractCount, levels, quota, seed } = setting;
	const random = makeRandom(seed);
	const edges: Edge[] = [];
	for (let u = 0; u < userCount; u++) {
		for (let c = 0; c < contractCount; c++) {
			// some contracts are liked more than others
			if (random(100) < setting.densityPercent)
				edges.push({ u, c, points: 1 + random(levels) + c * (levels >> 6) });
		}
	}
	return makeCity({
		userCount,
		contractBrand: Array.from({ length: contractCount }, () => random(Math.ceil(contractCount * 0.8))),
		seats: Array.from({ length: contractCount }, () => random(2 * setting.seatsPerContract)),
		quota,
		edges,
		isShared: true,
		seed,
	});
}
