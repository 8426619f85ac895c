import { checkOutcome } from '#programs/pledge/check-outcome.ts';
import { defaultLevers, POLICIES } from '#programs/pledge/levers.ts';
import { outcomeOf } from '#programs/pledge/outcome.ts';
import { simulate } from '#programs/pledge/simulate.ts';
import { makeBenchHistory } from './instances/history.ts';
import { measure } from './instances/measure.ts';

// how a run grows with events and with patrons, at a base rate that keeps limits tight
for (const [patronCount, projectCount, eventCount] of [
	[10_000, 50, 25_000],
	[10_000, 50, 50_000],
	[10_000, 50, 100_000],
	[5_000, 50, 100_000],
	[20_000, 50, 100_000],
] as const) {
	const data = makeBenchHistory(patronCount, projectCount, eventCount, 1);
	const levers = { ...defaultLevers(), baseRate: 2000 };
	const run = outcomeOf(simulate(data, levers));
	measure(`${eventCount} events, ${patronCount} patrons`, eventCount, 5, () => simulate(data, levers));
	console.log(
		`  ${run.totals.pledgesAccepted} pledges, ${run.totals.losses} losses, ${run.record.logSeq.length} notices`,
	);
}

const data = makeBenchHistory(10_000, 50, 100_000, 1);
for (const policy of POLICIES) {
	const levers = { ...defaultLevers(), baseRate: 2000, policy };
	const outcome = outcomeOf(simulate(data, levers));
	measure(`${policy}, 100000 events, 10000 patrons`, 100_000, 3, () => simulate(data, levers));
	const problems = checkOutcome(outcome);
	if (problems.length > 0) throw new Error(problems[0].message);
	console.log(
		`  ${outcome.totals.losses} losses, ${outcome.totals.reinstatements} returns, rounds at most ${outcome.totals.roundsMax}`,
	);
}
measure('check, 100000 events, 10000 patrons', 100_000, 3, () =>
	checkOutcome(outcomeOf(simulate(data, defaultLevers()))),
);
