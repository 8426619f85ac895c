import { grouped } from '../number-text.ts';
import type { Check } from '../report.ts';
import { OUTCOME_CHECKS, checkOutcome, type OutcomeCheck } from './check-outcome.ts';
import type { PledgeMetrics } from './metrics.ts';
import type { PledgeOutcome } from './outcome.ts';

const TITLES: Readonly<Record<OutcomeCheck, string>> = {
	limits: 'Nobody over her limit',
	crowds: 'Crowds add up',
	choices: 'Only who was over lost a pledge',
	history: 'The history replays to the same end',
	money: 'Money is conserved',
	totals: 'Counts agree with the record',
};

/** The lights of a report: what the independent check found, then what staff should look at. */
export function lightsOf(outcome: PledgeOutcome, metrics: PledgeMetrics): Check[] {
	const problems = checkOutcome(outcome);
	const lights = OUTCOME_CHECKS.map((id): Check => {
		const found = problems.filter((problem) => problem.check === id).map(({ message }) => message);
		if (found.length === 0)
			return {
				id,
				title: TITLES[id],
				state: 'fine',
				proof: proofOf(id, outcome, metrics),
				isGuardrail: true,
			};
		const more = found.length > 3 ? `; and ${found.length - 3} more` : '';
		return {
			id,
			title: TITLES[id],
			state: 'over',
			proof: found.slice(0, 3).join('; ') + more,
			isGuardrail: true,
		};
	});
	return [...lights, ...advice(metrics)];
}

function proofOf(
	id: OutcomeCheck,
	{ levers, eventCount, monthCount }: PledgeOutcome,
	metrics: PledgeMetrics,
): string {
	switch (id) {
		case 'limits':
			return levers.policy === 'manual-flag'
				? 'Under this policy patrons may be over; the danger zone was recomputed for everybody.'
				: 'Every patron’s projection was recomputed from the crowds at every month end and at the end.';
		case 'crowds':
			return 'Crowds and projections were counted again from the pledges.';
		case 'choices':
			return `${metrics.losses === 1 ? 'One loss was' : `${grouped(metrics.losses)} losses were`} replayed: whoever lost was over, and over lists are what the state of their moment gives.`;
		case 'history':
			return `${grouped(eventCount)} events and ${monthCount} month ${monthCount === 1 ? 'end' : 'ends'} were replayed from what was refused, lost and brought back.`;
		case 'money':
			return 'Matched is net, carry and uncollected; gross is net and fees; to the micro, for every patron, project and month.';
		case 'totals':
			return 'Every count was taken again from the log.';
	}
}

function advice({
	needlessLosses,
	collateralLosses,
	roundsMax,
	overLimitPatronMonths,
}: PledgeMetrics): Check[] {
	const light = (id: string, title: string, count: number, fine: string, close: string): Check => ({
		id,
		title,
		state: count === 0 ? 'fine' : 'close',
		proof: count === 0 ? fine : close,
		isGuardrail: false,
	});
	return [
		light('needless', 'No needless losses', needlessLosses, 'No patron could have taken a lost pledge back at once.', `${needlessLosses} lost pledges would have fitted again at once.`), // prettier-ignore
		light('collateral', 'Only the project that grew loses', collateralLosses, 'No other project lost a patron.', `${collateralLosses} pledges to other projects were lost.`), // prettier-ignore
		light('cascade', 'No cascades', roundsMax > 2 ? 1 : 0, 'No pledge cost more than one other.', `one pledge set off ${roundsMax - 1} losses.`), // prettier-ignore
		light('flagged', 'Nobody over at a month end', overLimitPatronMonths, 'At every month end all were within their limits.', `patrons were over at month ends ${overLimitPatronMonths} times.`), // prettier-ignore
	];
}
