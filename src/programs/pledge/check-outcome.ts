import { isInZone } from './arithmetic.ts';
import {
	ACTIVE,
	AUTO_DROP,
	EXPIRED,
	MONTH_END_DROP,
	OVER_BUDGET,
	OVER_BUDGET_NOTE,
	REINSTATED,
	SUSPENDED_NOTE,
} from './events.ts';
import type { PledgeOutcome } from './outcome.ts';
import { replayOutcome } from './replay-outcome.ts';

/** What a problem breaks: one light of the report each. */
export const OUTCOME_CHECKS = ['limits', 'crowds', 'choices', 'history', 'money', 'totals'] as const;

export type OutcomeCheck = (typeof OUTCOME_CHECKS)[number];

export interface OutcomeProblem {
	readonly check: OutcomeCheck;
	readonly message: string;
}

/** Problems kept of one outcome; a broken one may have thousands. */
const MOST_PROBLEMS = 50;

/**
 * Tests what `PledgeOutcome` promises, without the stages: the history is replayed from what the outcome says was
 * decided, and every sum is taken afresh. Empty where all holds. Cost: about that of the run.
 */
export function checkOutcome(outcome: PledgeOutcome): OutcomeProblem[] {
	const problems: OutcomeProblem[] = [];
	const add = (check: OutcomeCheck, message: string) => {
		if (problems.length < MOST_PROBLEMS) problems.push({ check, message });
	};
	checkCrowds(outcome, add);
	checkPatrons(outcome, add);
	checkMoney(outcome, add);
	checkTotals(outcome, add);
	replayOutcome(outcome, add);
	return problems;
}

export type AddProblem = (check: OutcomeCheck, message: string) => void;

function checkCrowds({ data, state, crowd }: PledgeOutcome, add: AddProblem): void {
	const activeCount = new Int32Array(crowd.length);
	for (let k = 0; k < state.length; k++) if (state[k] === ACTIVE) activeCount[data.pledgeProject[k]]++;
	data.projectIds.forEach((id, p) => {
		if (crowd[p] !== activeCount[p])
			add('crowds', `project ${id} counts ${crowd[p]} patrons, ${activeCount[p]} are pledged`);
	});
}

function checkPatrons(outcome: PledgeOutcome, add: AddProblem): void {
	const { data, levers, crowd, state, limit } = outcome;
	for (let u = 0; u < data.patronIds.length; u++) {
		if (outcome.joinOrder[u] < 0) continue;
		let load = 0;
		let isAside = false;
		for (let k = data.patronPledgeStart[u]; k < data.patronPledgeStart[u + 1]; k++) {
			if (state[k] === ACTIVE) load += crowd[data.pledgeProject[k]];
			if (state[k] === OVER_BUDGET) isAside = true;
		}
		const match = load * levers.baseRate;
		const id = data.patronIds[u];
		if (outcome.load[u] !== load)
			add('crowds', `patron ${id} stands at ${outcome.load[u]} units, her crowds are ${load}`);
		if (match > limit[u] && levers.policy !== 'manual-flag') {
			add('limits', `patron ${id} is over: ${match} of ${limit[u]} micros`);
		}
		const isIn = isAside || (load > 0 && isInZone(match, limit[u], levers.warn));
		if (isIn !== (outcome.isInZone[u] === 1))
			add('limits', `patron ${id} should ${isIn ? '' : 'not '}be in the danger zone`);
		if (outcome.hasLeft[u] === 1 && (load > 0 || isAside))
			add('history', `patron ${id} left and still has a pledge`);
	}
}

function checkMoney(outcome: PledgeOutcome, add: AddProblem): void {
	const { data, owed, matched, paid, balance, paidBy, feesBy, totals, record } = outcome;
	const owedTo = new Float64Array(matched.length);
	const owedBy = new Float64Array(balance.length);
	for (let k = 0; k < owed.length; k++) {
		if (owed[k] < 0)
			add('money', `a debt of patron ${data.patronIds[data.pledgePatron[k]]} is below zero: ${owed[k]}`);
		owedTo[data.pledgeProject[k]] += owed[k];
		owedBy[data.pledgePatron[k]] += owed[k];
	}
	data.projectIds.forEach((id, p) => {
		if (matched[p] !== paid[p] + owedTo[p]) {
			add('money', `project ${id} was matched ${matched[p]}, got ${paid[p]} and is owed ${owedTo[p]} micros`);
		}
	});
	data.patronIds.forEach((id, u) => {
		if (balance[u] !== owedBy[u])
			add('money', `patron ${id} has a balance of ${balance[u]}, owes ${owedBy[u]} micros`);
	});

	const balances = sum(balance);
	if (totals.matched !== totals.net + balances) {
		add('money', `matched ${totals.matched} is not net ${totals.net} and balances ${balances} micros`);
	}
	if (totals.gross !== totals.net + totals.fees) add('money', `gross ${totals.gross} is not net and fees`);
	if (sum(paid) !== totals.net || sum(paidBy) !== totals.net)
		add('money', `net ${totals.net} is not what was paid`);
	if (sum(feesBy) !== totals.fees) add('money', `fees ${totals.fees} are not what patrons paid in fees`);
	if (sum(matched) !== totals.matched) add('money', `matched ${totals.matched} is not the sum over projects`);

	const projectCount = matched.length;
	let net = 0;
	for (let t = 0; t < record.monthSeq.length; t++) {
		const paidInMonth = sum(record.monthPaid.data.subarray(t * projectCount, (t + 1) * projectCount));
		if (paidInMonth !== record.monthNet.data[t]) add('money', `month ${t} took ${record.monthNet.data[t]}, paid out ${paidInMonth} micros`); // prettier-ignore
		if (record.monthGross.data[t] !== record.monthNet.data[t] + record.monthFees.data[t]) {
			add('money', `gross of month ${t} is not net and fees`);
		}
		net += record.monthNet.data[t];
	}
	if (net !== totals.net) add('money', `net ${totals.net} is not the sum over months, ${net} micros`);
}

function checkTotals(
	{ totals, record, acceptedCount, lossCount, hasEverLost }: PledgeOutcome,
	add: AddProblem,
): void {
	const rows = (...kinds: number[]) => {
		let count = 0;
		for (let i = 0; i < record.logKind.length; i++) if (kinds.includes(record.logKind.data[i])) count++;
		return count;
	};
	const expect = (name: string, found: number, wanted: number) => {
		if (found !== wanted) add('totals', `${name} is ${found}, must be ${wanted}`);
	};
	expect('losses', totals.losses, record.lossPledge.length);
	expect('losses', totals.losses, rows(AUTO_DROP, SUSPENDED_NOTE, OVER_BUDGET_NOTE));
	expect('losses by project', sum(lossCount), totals.losses);
	expect('drops', totals.drops, rows(AUTO_DROP, EXPIRED, MONTH_END_DROP));
	expect('expiries', totals.expiries, rows(EXPIRED));
	expect('monthEndDrops', totals.monthEndDrops, rows(MONTH_END_DROP));
	expect('reinstatements', totals.reinstatements, rows(REINSTATED));
	expect('pledges by project', sum(acceptedCount), totals.pledgesAccepted);
	expect('patronsEverLost', totals.patronsEverLost, sum(hasEverLost));
	expect(
		'needlessLosses',
		totals.needlessLosses,
		sum(record.lossIsNeedless.data.subarray(0, record.lossIsNeedless.length)),
	);
	const triggerRounds = sum(record.triggerRounds.data.subarray(0, record.triggerRounds.length));
	expect('rounds', totals.rounds, totals.pledgesAccepted - record.triggerSeq.length + triggerRounds);
}

function sum(values: ArrayLike<number>): number {
	let total = 0;
	for (let i = 0; i < values.length; i++) total += values[i];
	return total;
}
