import { YEAR_SECONDS, shareFraction } from './money.ts';
import type { PieOutcome } from './outcome.ts';

/**
 * What is wrong with the awards and scores of a pie-split, in sentences.
 * @invariant award = floor(pool · D·w / Σ D·w) for the first N who are not disqualified, 0 for all others
 * @invariant the residue is smaller than the number of those paid
 */
export function checkPie(outcome: PieOutcome): string[] {
	const { rules, counted, order, isQualified, isDisqualified, award, scores, residue } = outcome;
	const problems = checkScores(outcome);
	const { num, den } = shareFraction(rules.boostStrength);
	const places = BigInt(rules.maxQualifiedReferrers);
	const part = new Map<number, bigint>();
	let sum = 0n;
	for (const [i, r] of order.entries()) {
		const isIn = i < rules.maxQualifiedReferrers && isDisqualified[r] === 0;
		if (isIn !== (isQualified[r] === 1)) problems.push(`rank ${i + 1}: qualified is ${isQualified[r]}`);
		// 1 + b (1 − (rank − 1)/(N − 1)), times den (N − 1)
		const weight = places === 1n ? den + num : (places - 1n) * den + num * (places - 1n - BigInt(i));
		const own = isIn ? BigInt(counted.duration[r]) * weight : 0n;
		part.set(r, own);
		sum += own;
	}

	let paid = 0n;
	for (let r = 0; r < award.length; r++) {
		const own = part.get(r) ?? 0n;
		if (own > 0n) paid++;
		const low = award[r] * sum;
		const high = rules.awardPool * own;
		const isRight = own === 0n ? award[r] === 0n : low <= high && high < low + sum;
		if (!isRight) problems.push(`an award of ${award[r]} that is not its part of the pool`);
		const share = own === 0n ? 0 : Number(own) / Number(sum);
		if (!isNear(scores.share[r], share)) problems.push(`a share of ${scores.share[r]}, not ${share}`);
		if (!part.has(r) && isQualified[r] === 1) problems.push('someone qualified without being on the board');
	}
	if (sum > 0n && residue >= paid) problems.push(`a residue of ${residue} with ${paid} to pay`);
	return problems;
}

/** @invariant the scores shown are those of the ranks: years, boost by rank, and years with the boost */
function checkScores({ rules, counted, order, isQualified, scores }: PieOutcome): string[] {
	const problems: string[] = [];
	const last = rules.maxQualifiedReferrers - 1;
	let total = 0;
	let least = Infinity;
	for (const [i, r] of order.entries()) {
		const years = counted.duration[r] / YEAR_SECONDS;
		const boost = isQualified[r] === 0 ? 0 : last === 0 ? 1 : (last - i) / last;
		const final = years + rules.boostStrength * boost * years;
		if (!isNear(scores.score[r], years)) problems.push(`a score of ${scores.score[r]}, not ${years}`);
		if (!isNear(scores.boost[r], boost)) problems.push(`a boost of ${scores.boost[r]}, not ${boost}`);
		if (!isNear(scores.finalScore[r], final))
			problems.push(`a final score of ${scores.finalScore[r]}, not ${final}`);
		if (isQualified[r] === 0) continue;
		total += final;
		if (final < least) least = final;
	}
	if (rules.maxQualifiedReferrers === 0) least = Number.MAX_SAFE_INTEGER;
	else if (least === Infinity) least = 0;
	if (!isNear(scores.total, total)) problems.push(`a total of ${scores.total}, not ${total}`);
	if (!isNear(scores.least, least)) problems.push(`${scores.least} to qualify, not ${least}`);
	return problems;
}

function isNear(a: number, b: number): boolean {
	return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
}
