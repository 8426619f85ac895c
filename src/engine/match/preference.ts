import { luckWord } from '../random.ts';
import type { MatchInput } from './match-input.ts';

/** Whether user u meets contract c ahead of contract d when both have the same points: luck, then contract id. */
export function userBreaksTie(input: MatchInput, u: number, c: number, d: number): boolean {
	const { seed, stream, userKey, contractKey, contractRank } = input;
	const luckC = luckWord(seed, stream, userKey[u], contractKey[c]);
	const luckD = luckWord(seed, stream, userKey[u], contractKey[d]);
	return luckC < luckD || (luckC === luckD && contractRank[c] < contractRank[d]);
}

/** Whether contract c ranks user u ahead of user v when both have the same points: luck, then user id. */
export function contractBreaksTie(input: MatchInput, c: number, u: number, v: number): boolean {
	const { seed, stream, userKey, contractKey, userRank } = input;
	const luckU = luckWord(seed, stream, userKey[u], contractKey[c]);
	const luckV = luckWord(seed, stream, userKey[v], contractKey[c]);
	return luckU < luckV || (luckU === luckV && userRank[u] < userRank[v]);
}

/** Whether user u ranks her pair p strictly ahead of her pair q. Pairs of one contract are never ahead of each other. */
export function userPrefers(input: MatchInput, u: number, p: number, q: number): boolean {
	const lead = input.points[p] - input.points[q];
	return lead > 0 || (lead === 0 && userBreaksTie(input, u, input.contract[p], input.contract[q]));
}
