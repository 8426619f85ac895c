import { CENT, capCents, grossCents, proRata } from '../arithmetic.ts';
import { closeGaps, stopWaiting, wishAgain } from '../crowd.ts';
import { MONTH_END_DROP, NONE, OVER_BUDGET } from '../events.ts';
import { push } from '../growing.ts';
import { log, withinBounds, type PledgeRun } from '../run-state.ts';
import { loadOf } from '../watch.ts';

/**
 * The month end (spec section 7): crowdmatch, drop what is over budget, charge. Money moves nowhere else.
 * Cost: O(active pledges + patrons).
 */
export function endMonth(run: PledgeRun): void {
	push(run.record.monthSeq, run.seq);
	crowdmatch(run);
	dropAside(run);
	charge(run);
}

/** Every active pledge adds the value of a pledge to what its patron owes the project. */
function crowdmatch(run: PledgeRun): void {
	const { record, totals, balance, owed } = run;
	const { baseRate } = run.levers;
	let matchSum = 0;
	for (let p = 0; p < run.crowd.length; p++) {
		const crowd = run.crowd[p];
		const value = baseRate * crowd;
		const start = run.data.projectRoomStart[p];
		for (let i = start; i < start + crowd; i++) {
			owed[run.member[i]] += value;
			balance[run.memberPatron[i]] = withinBounds(run, balance[run.memberPatron[i]] + value);
		}
		const income = withinBounds(run, value * crowd);
		run.matched[p] = withinBounds(run, run.matched[p] + income);
		totals.matched = withinBounds(run, totals.matched + income);
		matchSum = withinBounds(run, matchSum + income);
		push(record.monthCrowd, crowd);
	}

	let limitSum = 0;
	for (let u = 0; u < balance.length; u++) {
		const load = loadOf(run, u);
		if (load === 0) continue;
		limitSum = withinBounds(run, limitSum + run.limit[u]);
		if (load > run.room[u]) totals.overLimitPatronMonths++;
	}
	push(record.monthMatchSum, matchSum);
	push(record.monthLimitSum, limitSum);
}

/** What is still over budget goes, earliest lost first. */
function dropAside(run: PledgeRun): void {
	if (run.waitingCount === 0 || run.levers.policy !== 'over-budget') return;
	for (let w = run.waitingFirst; w < run.waiting.length; w++) {
		const k = run.waiting.data[w];
		if (k < 0 || run.state[k] !== OVER_BUDGET) continue;
		stopWaiting(run, k);
		run.state[k] = NONE;
		run.totals.drops++;
		run.totals.monthEndDrops++;
		log(run, MONTH_END_DROP, run.day, run.data.pledgePatron[k], run.data.pledgeProject[k]);
		wishAgain(run, k);
	}
	closeGaps(run);
}

/** Charges whoever owes enough and divides what she gives over her projects. */
function charge(run: PledgeRun): void {
	const { levers, record, totals, balance, owed } = run;
	const { patronPledgeStart, pledgeProject } = run.data;
	const projectCount = run.crowd.length;
	const firstPaid = record.monthPaid.length;
	for (let p = 0; p < projectCount; p++) push(record.monthPaid, 0);
	let chargedCount = 0;
	let monthNet = 0;
	let monthGross = 0;
	let carry = 0;

	for (let u = 0; u < balance.length; u++) {
		if (run.hasLeft[u] === 1) continue;
		if (balance[u] < levers.minimumCharge) {
			carry = withinBounds(run, carry + balance[u]);
			continue;
		}
		const whole = Math.floor(balance[u] / CENT);
		const cap = capCents(run.limit[u], levers);
		const cents = whole < cap ? whole : cap;
		const gross = grossCents(cents, levers) * CENT;
		const net = cents * CENT;

		const first = patronPledgeStart[u];
		const shares = proRata(net, owed.subarray(first, patronPledgeStart[u + 1]));
		for (let i = 0; i < shares.length; i++) {
			const p = pledgeProject[first + i];
			owed[first + i] -= shares[i];
			run.paid[p] = withinBounds(run, run.paid[p] + shares[i]);
			record.monthPaid.data[firstPaid + p] += shares[i];
		}
		balance[u] -= net;
		run.paidBy[u] = withinBounds(run, run.paidBy[u] + net);
		run.feesBy[u] = withinBounds(run, run.feesBy[u] + (gross - net));
		chargedCount++;
		monthNet = withinBounds(run, monthNet + net);
		monthGross = withinBounds(run, monthGross + gross);
		carry = withinBounds(run, carry + balance[u]);
	}

	push(record.monthCharged, chargedCount);
	push(record.monthNet, monthNet);
	push(record.monthGross, monthGross);
	push(record.monthFees, monthGross - monthNet);
	push(record.monthCarry, carry);
	totals.net = withinBounds(run, totals.net + monthNet);
	totals.gross = withinBounds(run, totals.gross + monthGross);
	totals.fees = totals.gross - totals.net;
}
