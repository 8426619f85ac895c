import { shareFraction } from './money.ts';
import type { PieOutcome } from './outcome.ts';
import { rankWeight } from './stages/split-pool.ts';

/**
 * What a referrer of a pie-split would gain by moving half of its time, rounded down, to a second address; both
 * halves win ties and everything is computed anew. Never below 0; micro-USDC (spec sections 10.5 and 13).
 */
export function splitGain({ rules, order, counted, isDisqualified, award }: PieOutcome, r: number): bigint {
	if (isDisqualified[r] === 1) return 0n;
	const [places, strength] = [rules.maxQualifiedReferrers, shareFraction(rules.boostStrength)];
	const small = Math.floor(counted.duration[r] / 2);
	const parts = [counted.duration[r] - small, small];

	// all others keep their order; each part stands before the first with no more time than it
	let [sum, ours, i, next] = [0n, 0n, 0, 0];
	const place = (duration: number): bigint => {
		const weight = BigInt(duration) * rankWeight(i++, places, strength);
		sum += weight;
		return weight;
	};
	const halves: bigint[] = [];
	for (const other of order) {
		if (i >= places || isDisqualified[other] === 1) break;
		if (other === r) continue;
		while (next < parts.length && parts[next] >= counted.duration[other]) halves.push(place(parts[next++]));
		place(counted.duration[other]);
	}
	while (next < parts.length) halves.push(place(parts[next++]));
	if (sum === 0n) return 0n;
	for (const half of halves) ours += (rules.awardPool * half) / sum;
	return ours > award[r] ? ours - award[r] : 0n;
}
