import type { Check } from '../report.ts';
import { checkPie } from './check-pie.ts';
import { checkRevShare } from './check-rev-share.ts';
import { marketKey, type ReferralDataset } from './dataset.ts';
import { decimalText } from './money.ts';
import type { ReferralOutcome } from './outcome.ts';

/**
 * Judges an outcome from events and rules alone, with its own arithmetic: whole numbers, straight from the spec,
 * the closed form in place of the race. A guardrail that is `over` is a wrong result, never a matter of taste.
 */
export function checkOutcome(dataset: ReferralDataset, outcome: ReferralOutcome): Check[] {
	const checks = [
		verdict('counted', 'The right events count', checkCounted(dataset, outcome), 'Every event was looked at again; the same ones count, with the same totals.'), // prettier-ignore
		verdict('money', 'No money lost', checkMoney(outcome), `Pool ${exact(outcome.rules.awardPool)} = awards ${exact(outcome.paid)} + ${outcome.dataModelType === 'pie-split' ? `residue ${exact(outcome.residue)}` : `remaining ${exact(outcome.remaining)}`} USDC, to the last digit.`), // prettier-ignore
		verdict('order', 'Ranks in order', checkOrder(dataset, outcome), `${outcome.order.length} referrers stand in the order of the rules.`), // prettier-ignore
	];
	switch (outcome.dataModelType) {
		case 'pie-split':
			return [...checks, verdict('awards', 'Awards by the rules', checkPie(outcome), 'Each award is its part of the pool, rounded down.')]; // prettier-ignore
		case 'rev-share-limit':
			return [...checks, verdict('awards', 'Awards by the rules', checkRevShare(dataset, outcome), 'Each award was found again from the sums of claims.')]; // prettier-ignore
	}
}

function exact(micros: bigint): string {
	return decimalText(micros, 6).replace(/\B(?=(?:\d{3})+\.)/g, ',');
}

function verdict(id: string, title: string, problems: readonly string[], fine: string): Check {
	if (problems.length === 0) return { id, title, state: 'fine', proof: fine, isGuardrail: true };
	const more = problems.length > 3 ? `; and ${problems.length - 3} more` : '';
	return { id, title, state: 'over', proof: problems.slice(0, 3).join('; ') + more, isGuardrail: true };
}

/** @invariant an event counts when it is in the window, not later than the run, credited, and of the market */
function checkCounted(dataset: ReferralDataset, { rules, accurateAsOf, counted }: ReferralOutcome): string[] {
	const problems: string[] = [];
	const { addresses, markets, eventTime, eventReferrer, eventDuration, eventRevenue, eventMarket } = dataset;
	const own = marketKey(rules.subregistryId);
	const counts = new Uint32Array(addresses.length);
	const durations = new Float64Array(addresses.length);
	const revenues = new Array<bigint>(addresses.length).fill(0n);
	let k = 0;
	for (let e = 0; e < eventTime.length; e++) {
		const [time, r] = [eventTime[e], eventReferrer[e]];
		if (time < rules.startTime || time > rules.endTime || time > accurateAsOf || r < 0) continue;
		if (eventMarket[e] >= 0 && markets[eventMarket[e]] !== own) continue;
		if (counted.event[k] !== e) return [`event ${dataset.eventId[e]} counts, but not as number ${k + 1}`];
		k++;
		counts[r]++;
		durations[r] += eventDuration[e];
		revenues[r] += eventRevenue[e];
	}
	if (k !== counted.event.length) problems.push(`${counted.event.length} events were counted; ${k} count`);
	for (let r = 0; r < addresses.length; r++) {
		if (counted.referralCount[r] !== counts[r]) problems.push(`${addresses[r]} has ${counts[r]} referrals`);
		if (counted.duration[r] !== durations[r])
			problems.push(`${addresses[r]} brought ${durations[r]} seconds`);
		if (counted.revenue[r] !== revenues[r]) problems.push(`${addresses[r]} brought ${revenues[r]} wei`);
	}
	return problems;
}

/** @invariant pool = awards + what is left, and nothing is negative */
function checkMoney(outcome: ReferralOutcome): string[] {
	const left = outcome.dataModelType === 'pie-split' ? outcome.residue : outcome.remaining;
	const problems: string[] = [];
	let sum = 0n;
	for (const amount of outcome.award) {
		if (amount < 0n) problems.push(`an award of ${amount}`);
		sum += amount;
	}
	if (left < 0n) problems.push(`${left} left in the pool`);
	if (sum !== outcome.paid) problems.push(`awards add up to ${sum}, not to ${outcome.paid}`);
	if (sum + left !== outcome.rules.awardPool)
		problems.push(`${sum} paid and ${left} left of ${outcome.rules.awardPool}`);
	return problems;
}

/** @invariant everybody on the board has one rank, and each stands behind the one before */
function checkOrder({ addresses }: ReferralDataset, outcome: ReferralOutcome): string[] {
	const { order, rank, counted, award, isDisqualified } = outcome;
	const problems: string[] = [];
	const ranked = rank.filter((place) => place > 0).length;
	if (order.length !== counted.board.length || ranked !== order.length) {
		problems.push(`${counted.board.length} on the board, ${order.length} in order, ${ranked} with a rank`);
	}
	for (let i = 0; i < order.length; i++) {
		const r = order[i];
		if (rank[r] !== i + 1 || counted.referralCount[r] === 0)
			problems.push(`${addresses[r]} is not number ${i + 1}`);
		if (i === 0) continue;
		const before = order[i - 1];
		const byKey =
			outcome.dataModelType === 'pie-split'
				? isDisqualified[r] - isDisqualified[before]
				: Number(award[before] > award[r]) - Number(award[before] < award[r]);
		const byTime = counted.duration[before] - counted.duration[r];
		const byAddress = addresses[before] > addresses[r] ? 1 : -1;
		if ((byKey || byTime || byAddress) < 0)
			problems.push(`${addresses[r]} stands behind ${addresses[before]}`);
	}
	return problems;
}
