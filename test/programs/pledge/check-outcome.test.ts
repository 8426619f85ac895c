import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOutcome } from '#programs/pledge/check-outcome.ts';
import { outcomeOf, type PledgeOutcome } from '#programs/pledge/outcome.ts';
import { readCase } from '#programs/pledge/read-case.ts';
import { simulate } from '#programs/pledge/simulate.ts';
import { POLICY_NAMES, scenarios } from './histories.ts';
import type { SlowScenario } from './slow-pledge.ts';

function outcome(scenario: SlowScenario): PledgeOutcome {
	const { data, levers } = readCase(scenario);
	return outcomeOf(simulate(data, levers));
}

/** Five at their limit, one who gives way; a month end; a leaver with a balance. */
const history: SlowScenario = {
	config: { baseRate: 500_000, minimumCharge: 1_000_000, policy: 'over-budget' },
	projects: ['P', 'Q'],
	events: [
		...['a', 'b', 'c', 'd'].map((patron) => ({ day: 0, type: 'join', patron, limit: 2_500_000 })),
		{ day: 0, type: 'join', patron: 'n', limit: 20_000_000 },
		...['a', 'b', 'c', 'd'].map((patron) => ({ day: 1, type: 'pledge', patron, project: 'P' })),
		{ day: 2, type: 'pledge', patron: 'a', project: 'Q' },
		{ day: 3, type: 'pledge', patron: 'n', project: 'P' },
		{ day: 4, type: 'pledge', patron: 'a', project: 'P' },
		{ day: 5, type: 'unpledge', patron: 'a', project: 'Q' },
		{ day: 30, type: 'monthEnd' },
		{ day: 31, type: 'pledge', patron: 'n', project: 'Q' },
		{ day: 40, type: 'leave', patron: 'b' },
		{ day: 60, type: 'monthEnd' },
	],
};

describe('checkOutcome', () => {
	it('finds nothing in what a run gives, under any policy', () => {
		fc.assert(
			fc.property(scenarios(POLICY_NAMES), (scenario) => {
				expect(checkOutcome(outcome(scenario))).toEqual([]);
			}),
			{ seed: 3, numRuns: 1000 },
		);
	});

	it('looks at a history in which somebody loses a pledge and gets it back', () => {
		const { totals } = outcome(history);
		expect([totals.losses, totals.reinstatements, totals.net > 0]).toEqual([1, 1, true]);
	});

	const damages: [string, string, (outcome: PledgeOutcome) => void][] = [
		['a crowd one too large', 'crowds', ({ crowd }) => crowd[0]++],
		['a pledge that nobody made', 'history', ({ state }) => (state[0] = state[0] === 1 ? 0 : 1)],
		['a projection one unit off', 'crowds', ({ load }) => load[1]++],
		['a limit cut below the projection', 'limits', ({ limit }) => (limit[2] = 400_000)],
		['a limit nobody set', 'history', ({ limit }) => (limit[2] += 1)],
		['a danger zone turned round', 'limits', ({ isInZone }) => (isInZone[2] = 1 - isInZone[2])],
		['a micro too much owed', 'money', ({ owed }) => owed[0]++],
		['a micro too much in a balance', 'money', ({ balance }) => balance[1]++],
		['a micro lost on the way to a project', 'money', ({ paid }) => paid[0]--],
		['a micro matched from nowhere', 'money', ({ matched }) => matched[0]++],
		['a donation misbooked', 'money', ({ paidBy }) => paidBy[2]++],
		['a fee misbooked', 'money', ({ feesBy }) => feesBy[2]++],
		['a month that paid out more than it took', 'money', ({ record }) => record.monthPaid.data[0]++],
		['a month with another crowd', 'crowds', ({ record }) => record.monthCrowd.data[0]++],
		['a month with other limits', 'money', ({ record }) => record.monthLimitSum.data[0]++],
		['an over list with a stranger', 'choices', ({ record }) => (record.over.data[0] = 4)],
		['an over list cut short', 'choices', ({ record }) => record.lossOverCount.data[0]--],
		['a loss of somebody who was not over', 'choices', ({ data, record }) => (record.lossPledge.data[0] = data.patronPledgeStart[4])], // prettier-ignore
		['a loss not counted', 'totals', ({ totals }) => (totals as { losses: number }).losses--],
		['a loss counted for another project', 'totals', ({ lossCount }) => lossCount[1]++],
		['a round too many', 'totals', ({ totals }) => (totals as { rounds: number }).rounds++],
		['a return that was not recorded', 'history', ({ record }) => (record.logKind.data[record.logKind.data.indexOf(5)] = 0)], // prettier-ignore
		['a refusal of an event that counted', 'history', ({ record }) => {
			record.refusedSeq.data[0] = 8;
			record.refusedSeq.length = 1;
		}],
		['a total that was not taken', 'money', ({ totals }) => (totals as { net: number }).net++],
	]; // prettier-ignore

	it.each(damages)('finds %s', (_, check, damage) => {
		const damaged = outcome(history);
		expect(checkOutcome(damaged)).toEqual([]);
		damage(damaged);
		expect(checkOutcome(damaged).map((problem) => problem.check)).toContain(check);
	});
});
