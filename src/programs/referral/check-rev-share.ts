import type { ReferralDataset } from './dataset.ts';
import { YEAR_SECONDS, shareFraction } from './money.ts';
import type { RevShareOutcome } from './outcome.ts';

/**
 * What is wrong with the awards of a rev-share-limit, in sentences.
 * @invariant qualified is who reaches the bar and is not disqualified; nobody else gets anything
 * @invariant nobody gets more than uncapped, nor more than the cap per referrer
 */
export function checkRevShare(dataset: ReferralDataset, outcome: RevShareOutcome): string[] {
	const { rules, counted, award, isDisqualified, isQualified, uncapped, revenue } = outcome;
	const { num, den } = shareFraction(rules.qualifiedRevenueShare);
	const [bar, most] = [rules.minQualifiedRevenueContribution, rules.maxAwardPerReferrer];
	const problems = checkClaims(dataset, outcome);
	for (const [r, who] of dataset.addresses.entries()) {
		const brought = credit(outcome, BigInt(counted.duration[r]));
		const isIn = counted.referralCount[r] > 0 && brought >= bar && isDisqualified[r] === 0;
		if (isIn !== (isQualified[r] === 1)) problems.push(`${who}: qualified is ${isQualified[r]}`);
		if (revenue[r] !== brought) problems.push(`${who} brought ${brought}, not ${revenue[r]}`);
		if (uncapped[r] !== (brought * num) / den) problems.push(`${who}: uncapped is ${uncapped[r]}`);
		if (award[r] > uncapped[r]) problems.push(`${who} got ${award[r]}, more than uncapped`);
		if (most !== null && award[r] > most) problems.push(`${who} got ${award[r]}, more than ${most}`);
		if (!isIn && award[r] !== 0n) problems.push(`${who} got ${award[r]} without being qualified`);
	}
	return [
		...problems,
		...(outcome.eventAward === null
			? checkProRata(dataset, outcome)
			: checkRace(dataset, outcome, outcome.eventAward)),
	];
}

function credit({ rules }: RevShareOutcome, seconds: bigint): bigint {
	return (rules.qualifiedRevenuePerYear * seconds) / BigInt(YEAR_SECONDS);
}

/** @invariant nothing below the bar, the whole history on reaching it, then each event alone, up to the cap */
function checkClaims(dataset: ReferralDataset, outcome: RevShareOutcome): string[] {
	const { rules, counted, isDisqualified, claim, crossing } = outcome;
	const { num, den } = shareFraction(rules.qualifiedRevenueShare);
	const problems: string[] = [];
	const seconds = dataset.addresses.map(() => 0n);
	const claimed = dataset.addresses.map(() => 0n);
	const reachedAt = dataset.addresses.map(() => -1);
	for (const [k, e] of counted.event.entries()) {
		const r = dataset.eventReferrer[e];
		const own = BigInt(dataset.eventDuration[e]);
		seconds[r] += own;
		const total = credit(outcome, seconds[r]);
		let basis = reachedAt[r] >= 0 ? credit(outcome, own) : 0n;
		if (reachedAt[r] < 0 && isDisqualified[r] === 0 && total >= rules.minQualifiedRevenueContribution) {
			reachedAt[r] = k;
			basis = total;
		}
		let due = (basis * num) / den;
		if (rules.maxAwardPerReferrer !== null && claimed[r] + due > rules.maxAwardPerReferrer) {
			due = rules.maxAwardPerReferrer - claimed[r];
		}
		claimed[r] += due;
		if (claim[k] !== due) problems.push(`event ${dataset.eventId[e]} claims ${claim[k]}, not ${due}`);
	}
	for (const [r, who] of dataset.addresses.entries()) {
		if (crossing[r] !== reachedAt[r])
			problems.push(`${who} reached the bar at event number ${reachedAt[r] + 1}`);
	}
	return problems;
}

/** @invariant an event's award is clamp(pool − S(k−1), 0, C(k)), and awards by event add up by referrer */
function checkRace(
	dataset: ReferralDataset,
	outcome: RevShareOutcome,
	eventAward: readonly bigint[],
): string[] {
	const { rules, counted, award, claim } = outcome;
	const problems: string[] = [];
	const got = dataset.addresses.map(() => 0n);
	let before = 0n;
	let emptiedBy = -1;
	for (const [k, e] of counted.event.entries()) {
		const room = rules.awardPool > before ? rules.awardPool - before : 0n;
		const due = claim[k] < room ? claim[k] : room;
		if (eventAward[k] !== due) problems.push(`event ${dataset.eventId[e]} got ${eventAward[k]}, not ${due}`);
		got[dataset.eventReferrer[e]] += eventAward[k];
		before += claim[k];
		if (emptiedBy < 0 && due > 0n && before >= rules.awardPool) emptiedBy = k;
	}
	for (const [r, who] of dataset.addresses.entries()) {
		if (got[r] !== award[r]) problems.push(`${who} got ${award[r]}, but ${got[r]} by event`);
	}
	const left = before < rules.awardPool ? rules.awardPool - before : 0n;
	if (outcome.remaining !== left) problems.push(`${outcome.remaining} remaining, not ${left}`);
	if (emptiedBy !== outcome.emptiedBy) problems.push(`event number ${emptiedBy + 1} emptied the pool`);
	return problems;
}

/** @invariant settled at the end, all qualified get the same part of what they are entitled to */
function checkProRata(
	dataset: ReferralDataset,
	{ rules, isQualified, uncapped, award, emptiedBy }: RevShareOutcome,
): string[] {
	const { awardPool: pool, maxAwardPerReferrer: most } = rules;
	const entitled = uncapped.map((amount, r) =>
		isQualified[r] === 0 ? 0n : most !== null && amount > most ? most : amount,
	);
	const sum = entitled.reduce((total, amount) => total + amount, 0n);
	const problems = emptiedBy === -1 ? [] : ['no event empties a pool that is settled at the end'];
	for (const [r, who] of dataset.addresses.entries()) {
		const due = sum > pool ? (pool * entitled[r]) / sum : entitled[r];
		if (award[r] !== due) problems.push(`${who} got ${award[r]}, not ${due}`);
	}
	return problems;
}
