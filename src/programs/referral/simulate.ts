import type { ReferralDataset } from './dataset.ts';
import { shareFraction, yearValue } from './money.ts';
import type { PieOutcome, ReferralOutcome, RevShareOutcome } from './outcome.ts';
import type { PieSplitRules, RevShareRules, Rules } from './rules.ts';
import { boost } from './stages/boost.ts';
import { claims } from './stages/claims.ts';
import { events, type Counted } from './stages/events.ts';
import { proRata } from './stages/pro-rata.ts';
import { qualify } from './stages/qualify.ts';
import { race } from './stages/race.ts';
import { rank } from './stages/rank.ts';
import { splitPool } from './stages/split-pool.ts';
import { standings } from './stages/standings.ts';

/** Runs an edition's rules over events at a point in time. Same input, same outcome, to the last digit. */
export function simulate(dataset: ReferralDataset, rules: Rules, accurateAsOf: number): ReferralOutcome {
	const counted = events(dataset, rules, accurateAsOf);
	switch (rules.dataModelType) {
		case 'pie-split':
			return splitPie(dataset, rules, accurateAsOf, counted);
		case 'rev-share-limit':
			return shareRevenue(dataset, rules, accurateAsOf, counted);
	}
}

function splitPie(
	dataset: ReferralDataset,
	rules: PieSplitRules,
	accurateAsOf: number,
	counted: Counted,
): PieOutcome {
	const isDisqualified = disqualified(dataset, rules);
	const order = standings(counted, isDisqualified);
	const scores = boost(counted, order, isDisqualified, rules);
	const strength = shareFraction(rules.boostStrength);
	const award = splitPool(
		counted,
		order,
		scores.isQualified,
		rules.awardPool,
		rules.maxQualifiedReferrers,
		strength,
	);
	const paid = sum(award);
	return {
		dataModelType: 'pie-split',
		rules,
		accurateAsOf,
		counted,
		isDisqualified,
		isQualified: scores.isQualified,
		order,
		rank: ranks(dataset, order),
		award,
		paid,
		scores,
		residue: rules.awardPool - paid,
	};
}

function shareRevenue(
	dataset: ReferralDataset,
	rules: RevShareRules,
	accurateAsOf: number,
	counted: Counted,
): RevShareOutcome {
	const isDisqualified = disqualified(dataset, rules);
	const share = shareFraction(rules.qualifiedRevenueShare);
	const value = yearValue(rules.qualifiedRevenuePerYear);
	const [pool, bar, most] = [
		rules.awardPool,
		rules.minQualifiedRevenueContribution,
		rules.maxAwardPerReferrer,
	];
	const { isQualified, revenue, uncapped } = qualify(counted, isDisqualified, value, bar, share);
	const { claim, crossing } = claims(dataset, counted, isDisqualified, value, bar, share, most);
	const run = rules.settlement === 'race' ? race(dataset, counted, claim, pool) : null;
	const award = run?.award ?? proRata(isQualified, uncapped, pool, most);
	const paid = sum(award);
	const order = rank(counted, award);
	return {
		dataModelType: 'rev-share-limit',
		rules,
		accurateAsOf,
		counted,
		isDisqualified,
		isQualified,
		order,
		rank: ranks(dataset, order),
		award,
		paid,
		revenue,
		uncapped,
		claim,
		eventAward: run?.eventAward ?? null,
		crossing,
		remaining: run?.remaining ?? pool - paid,
		emptiedBy: run?.emptiedBy ?? -1,
	};
}

function disqualified({ addresses }: ReferralDataset, rules: Rules): Uint8Array {
	const mask = new Uint8Array(addresses.length);
	const out = rules.adminActions.filter((action) => action.actionType === 'Disqualification');
	if (out.length === 0) return mask;
	const indexOf = new Map(addresses.map((address, r) => [address, r]));
	for (const { referrer } of out) {
		const r = indexOf.get(referrer);
		if (r !== undefined) mask[r] = 1;
	}
	return mask;
}

function ranks({ addresses }: ReferralDataset, order: Int32Array): Int32Array {
	const rank = new Int32Array(addresses.length);
	for (const [i, r] of order.entries()) rank[r] = i + 1;
	return rank;
}

function sum(amounts: readonly bigint[]): bigint {
	let total = 0n;
	for (const amount of amounts) total += amount;
	return total;
}
