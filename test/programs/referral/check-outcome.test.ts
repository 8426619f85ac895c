import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOutcome } from '#programs/referral/check-outcome.ts';
import type { PieOutcome, ReferralOutcome, RevShareOutcome } from '#programs/referral/outcome.ts';
import { simulate } from '#programs/referral/simulate.ts';
import { anyRevShareRules, datasetOf, eventLists, pieRules } from './arbitrary.ts';

const END = 1020;

type Damage<T extends ReferralOutcome> = (outcome: T, pick: number) => T | null;

function withItem<T>(list: readonly T[], i: number, change: (item: T) => T): T[] {
	return list.map((item, j) => (j === i ? change(item) : item));
}

function withNumber<T extends Float64Array | Uint32Array | Int32Array | Uint8Array>(
	list: T,
	i: number,
	change: (item: number) => number,
): T {
	const copy = list.slice() as T;
	copy[i] = change(copy[i]);
	return copy;
}

/** Someone on the board. */
function someone({ order }: ReferralOutcome, pick: number): number | null {
	return order.length === 0 ? null : order[pick % order.length];
}

const common: Record<string, Damage<ReferralOutcome>> = {
	'an award one unit up': (outcome, pick) => {
		const r = someone(outcome, pick);
		return r === null ? null : { ...outcome, award: withItem(outcome.award, r, (award) => award + 1n) };
	},
	'two awards with a unit moved': (outcome, pick) => {
		const [r, s] = [someone(outcome, pick), someone(outcome, pick + 1)];
		if (r === null || s === null || r === s) return null;
		return {
			...outcome,
			award: withItem(
				withItem(outcome.award, r, (award) => award + 1n),
				s,
				(award) => award - 1n,
			),
		};
	},
	'a sum one unit off': (outcome) => ({ ...outcome, paid: outcome.paid + 1n }),
	'two ranks swapped': (outcome, pick) => {
		if (outcome.order.length < 2) return null;
		const i = pick % (outcome.order.length - 1);
		const order = outcome.order.slice();
		[order[i], order[i + 1]] = [order[i + 1], order[i]];
		const rank = outcome.rank.slice();
		order.forEach((r, at) => (rank[r] = at + 1));
		return { ...outcome, order, rank };
	},
	'a rank that is not the place': (outcome, pick) => {
		const r = someone(outcome, pick);
		return r === null ? null : { ...outcome, rank: withNumber(outcome.rank, r, (rank) => rank + 1) };
	},
	'someone left off the board': (outcome) =>
		outcome.order.length === 0 ? null : { ...outcome, order: outcome.order.slice(1) },
	'a qualification turned': (outcome, pick) => {
		const r = someone(outcome, pick);
		return r === null
			? null
			: { ...outcome, isQualified: withNumber(outcome.isQualified, r, (is) => 1 - is) };
	},
	'an event left out': (outcome) =>
		outcome.counted.event.length === 0
			? null
			: { ...outcome, counted: { ...outcome.counted, event: outcome.counted.event.slice(0, -1) } },
	'a second too many': (outcome, pick) => {
		const r = someone(outcome, pick);
		if (r === null) return null;
		return {
			...outcome,
			counted: {
				...outcome.counted,
				duration: withNumber(outcome.counted.duration, r, (seconds) => seconds + 1),
			},
		};
	},
	'a wei too many': (outcome, pick) => {
		const r = someone(outcome, pick);
		return r === null
			? null
			: {
					...outcome,
					counted: { ...outcome.counted, revenue: withItem(outcome.counted.revenue, r, (wei) => wei + 1n) },
				};
	},
	'a referral too many': (outcome, pick) => {
		const r = someone(outcome, pick);
		if (r === null) return null;
		return {
			...outcome,
			counted: {
				...outcome.counted,
				referralCount: withNumber(outcome.counted.referralCount, r, (n) => n + 1),
			},
		};
	},
};

const pie: Record<string, Damage<PieOutcome>> = {
	'a residue one unit off': (outcome) => ({ ...outcome, residue: outcome.residue + 1n }),
	...Object.fromEntries(
		(['score', 'boost', 'finalScore', 'share'] as const).map((column): [string, Damage<PieOutcome>] => [
			`a ${column} off`,
			(outcome, pick) => {
				const r = someone(outcome, pick);
				return r === null
					? null
					: {
							...outcome,
							scores: {
								...outcome.scores,
								[column]: withNumber(outcome.scores[column], r, (value) => value + 0.01),
							},
						};
			},
		]),
	),
	'a total off': (outcome) => ({
		...outcome,
		scores: { ...outcome.scores, total: outcome.scores.total + 0.01 },
	}),
	'a least score off': (outcome) => ({
		...outcome,
		scores: { ...outcome.scores, least: outcome.scores.least * 1.5 + 0.25 },
	}),
};

const revShare: Record<string, Damage<RevShareOutcome>> = {
	'a remaining pool one unit off': (outcome) => ({ ...outcome, remaining: outcome.remaining + 1n }),
	'a claim one unit off': (outcome, pick) =>
		outcome.claim.length === 0
			? null
			: { ...outcome, claim: withItem(outcome.claim, pick % outcome.claim.length, (claim) => claim + 1n) },
	'an award by event one unit off': (outcome, pick) =>
		!outcome.eventAward?.length
			? null
			: {
					...outcome,
					eventAward: withItem(outcome.eventAward, pick % outcome.eventAward.length, (award) => award + 1n),
				},
	'another event that emptied the pool': (outcome) => ({ ...outcome, emptiedBy: outcome.emptiedBy + 1 }),
	'another crossing': (outcome, pick) => {
		const r = someone(outcome, pick);
		return r === null ? null : { ...outcome, crossing: withNumber(outcome.crossing, r, (k) => k + 1) };
	},
	'other revenue': (outcome, pick) => {
		const r = someone(outcome, pick);
		return r === null ? null : { ...outcome, revenue: withItem(outcome.revenue, r, (amount) => amount + 1n) };
	},
	'another uncapped award': (outcome, pick) => {
		const r = someone(outcome, pick);
		return r === null
			? null
			: { ...outcome, uncapped: withItem(outcome.uncapped, r, (amount) => amount + 1n) };
	},
};

function finds<T extends ReferralOutcome>(
	rules: fc.Arbitrary<T['rules']>,
	damage: Damage<T>,
	isWanted: (outcome: ReferralOutcome) => outcome is T,
): void {
	let damaged = 0;
	fc.assert(
		fc.property(eventLists, rules, fc.nat(), (events, rules, pick) => {
			const dataset = datasetOf(events);
			const outcome = simulate(dataset, rules, END);
			if (!isWanted(outcome)) throw new Error('another model');
			const broken = damage(outcome, pick);
			if (broken === null) return;
			damaged++;
			expect(checkOutcome(dataset, broken).some((check) => check.state === 'over')).toBe(true);
		}),
		{ seed: 1, numRuns: 200 },
	);
	expect(damaged).toBeGreaterThan(20);
}

const isPie = (outcome: ReferralOutcome): outcome is PieOutcome => outcome.dataModelType === 'pie-split';
const isRevShare = (outcome: ReferralOutcome): outcome is RevShareOutcome =>
	outcome.dataModelType === 'rev-share-limit';

describe('checkOutcome', () => {
	for (const [name, damage] of [...Object.entries(common), ...Object.entries(pie)] as [
		string,
		Damage<PieOutcome>,
	][]) {
		it(`finds ${name} in a pie-split`, () => {
			finds(pieRules, damage, isPie);
		});
	}
	for (const [name, damage] of [...Object.entries(common), ...Object.entries(revShare)] as [
		string,
		Damage<RevShareOutcome>,
	][]) {
		it(`finds ${name} in a rev-share-limit`, () => {
			finds(anyRevShareRules, damage, isRevShare);
		});
	}
});
