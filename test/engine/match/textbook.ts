import type { MatchInput } from '#engine/match/match-input.ts';
import { luckWord } from '#engine/random.ts';

/**
 * The matchings as spec section 7 words them, in rounds, with objects and full sorts: slow, and plain enough to
 * be read against the page.
 */
export interface Pair {
	p: number;
	u: number;
	c: number;
	brand: number;
	points: number;
	brandPoints: number;
	luck: number;
	userRank: number;
	contractRank: number;
}

export function listPairs(input: MatchInput): Pair[] {
	const pairs: Pair[] = [];
	for (let u = 0; u < input.userCount; u++) {
		for (let p = input.start[u]; p < input.start[u + 1]; p++) {
			const c = input.contract[p];
			pairs.push({
				p,
				u,
				c,
				brand: input.contractBrand[c],
				points: input.points[p],
				brandPoints: input.brandPoints[p],
				luck: luckWord(input.seed, input.stream, input.userKey[u], input.contractKey[c]),
				userRank: input.userRank[u],
				contractRank: input.contractRank[c],
			});
		}
	}
	return pairs;
}

const byLuckAndIds = (a: Pair, b: Pair) =>
	a.luck - b.luck || a.userRank - b.userRank || a.contractRank - b.contractRank;
export const byPoints = (a: Pair, b: Pair) => b.points - a.points || byLuckAndIds(a, b);
export const byBrandPoints = (a: Pair, b: Pair) => b.brandPoints - a.brandPoints || byLuckAndIds(a, b);

/** The best, at most one of a brand, at most `quota`. */
export function choiceSet(pairs: Pair[], quota: number): Pair[] {
	const chosen: Pair[] = [];
	for (const pair of [...pairs].sort(byPoints)) {
		if (chosen.length < quota && chosen.every((other) => other.brand !== pair.brand)) chosen.push(pair);
	}
	return chosen;
}

function mask(input: MatchInput, pairs: Iterable<Pair>): Uint8Array {
	const isGiven = new Uint8Array(input.contract.length);
	for (const pair of pairs) isGiven[pair.p] = 1;
	return isGiven;
}

function everyIndex(n: number): number[] {
	return Array.from({ length: n }, (_, i) => i);
}

/** User-proposing deferred acceptance: everybody applies anew in each round, until nobody is refused. */
export function textbookResidency(input: MatchInput): Uint8Array {
	const pairs = listPairs(input);
	const isRefused = new Set<Pair>();
	for (;;) {
		const offers = everyIndex(input.userCount).flatMap((u) =>
			choiceSet(
				pairs.filter((pair) => pair.u === u && !isRefused.has(pair)),
				input.quota,
			),
		);
		const refused = everyIndex(input.contractCount).flatMap((c) =>
			offers
				.filter((pair) => pair.c === c)
				.sort(byBrandPoints)
				.slice(input.seats[c]),
		);
		if (refused.length === 0) return mask(input, offers);
		for (const pair of refused) isRefused.add(pair);
	}
}

/** Contract-proposing deferred acceptance: every contract offers anew in each round, until nobody refuses. */
export function textbookContractFirst(input: MatchInput): Uint8Array {
	const pairs = listPairs(input);
	const isRefused = new Set<Pair>();
	for (;;) {
		const offers = everyIndex(input.contractCount).flatMap((c) =>
			pairs
				.filter((pair) => pair.c === c && !isRefused.has(pair))
				.sort(byBrandPoints)
				.slice(0, input.seats[c]),
		);
		const kept = new Set(
			everyIndex(input.userCount).flatMap((u) =>
				choiceSet(
					offers.filter((pair) => pair.u === u),
					input.quota,
				),
			),
		);
		const refused = offers.filter((pair) => !kept.has(pair));
		if (refused.length === 0) return mask(input, kept);
		for (const pair of refused) isRefused.add(pair);
	}
}

export function textbookImmediate(input: MatchInput): Uint8Array {
	const pairs = listPairs(input);
	const rankings = everyIndex(input.userCount).map((u) =>
		pairs.filter((pair) => pair.u === u).sort(byPoints),
	);
	const given: Pair[] = [];
	for (let round = 0; round < input.contractCount; round++) {
		const applications: Pair[] = [];
		for (const [u, ranking] of rankings.entries()) {
			const held = given.filter((pair) => pair.u === u);
			if (held.length >= input.quota || round >= ranking.length) continue;
			if (held.some((pair) => pair.brand === ranking[round].brand)) continue;
			applications.push(ranking[round]);
		}
		for (const c of everyIndex(input.contractCount)) {
			const seatsLeft = input.seats[c] - given.filter((pair) => pair.c === c).length;
			given.push(
				...applications
					.filter((pair) => pair.c === c)
					.sort(byBrandPoints)
					.slice(0, seatsLeft),
			);
		}
	}
	return mask(input, given);
}

export function textbookGreedy(input: MatchInput): Uint8Array {
	const given: Pair[] = [];
	for (const pair of listPairs(input).sort(byPoints)) {
		const held = given.filter((other) => other.u === pair.u);
		if (held.length >= input.quota || held.some((other) => other.brand === pair.brand)) continue;
		if (given.filter((other) => other.c === pair.c).length < input.seats[pair.c]) given.push(pair);
	}
	return mask(input, given);
}

/** The pairs that block, by the words of the spec. */
export function textbookBlocking(input: MatchInput, isGiven: Uint8Array): number[] {
	const pairs = listPairs(input);
	const given = pairs.filter((pair) => isGiven[pair.p] === 1);
	return pairs
		.filter((pair) => {
			if (isGiven[pair.p] === 1) return false;
			const held = given.filter((other) => other.u === pair.u);
			if (!choiceSet([...held, pair], input.quota).includes(pair)) return false;
			const holders = given.filter((other) => other.c === pair.c);
			if (input.seats[pair.c] === 0) return false;
			return holders.length < input.seats[pair.c] || holders.some((other) => byBrandPoints(pair, other) < 0);
		})
		.map((pair) => pair.p);
}
