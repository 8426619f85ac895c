import type { PledgeDataset } from './dataset.ts';
import type { PledgeLevers } from './levers.ts';
import type { PledgeRecord, PledgeRun, PledgeTotals } from './run-state.ts';
import { loadOf } from './watch.ts';

/**
 * What a run came to. Columns by project p, pledge k and patron u as in `PledgeRun`; amounts in micros.
 *
 * @invariant nobody is over her limit, except under `manual-flag`
 * @invariant a crowd is the number of active pledges; a load the sum of the crowds of her active pledges
 * @invariant matched = net + carry + uncollected; gross = net + fees; what projects were paid is net, each month
 * @invariant nobody pays more in a month than her limit
 * @invariant every over list is what the state of that moment gives, and who lost is on it
 * @invariant every event was either refused or carried out, and what the log says leads to the final states
 */
export interface PledgeOutcome {
	readonly data: PledgeDataset;
	readonly levers: PledgeLevers;
	/** how many events were run */
	readonly eventCount: number;
	readonly monthCount: number;
	readonly crowd: Int32Array;
	readonly matched: Float64Array;
	readonly paid: Float64Array;
	readonly acceptedCount: Int32Array;
	readonly lossCount: Int32Array;
	readonly state: Uint8Array;
	readonly sinceDay: Float64Array;
	readonly firstDay: Float64Array;
	readonly owed: Float64Array;
	readonly wish: Uint8Array;
	readonly joinOrder: Int32Array;
	readonly hasLeft: Uint8Array;
	readonly limit: Float64Array;
	readonly load: Float64Array;
	readonly room: Float64Array;
	readonly balance: Float64Array;
	readonly paidBy: Float64Array;
	readonly feesBy: Float64Array;
	readonly isInZone: Uint8Array;
	readonly hasEverLost: Uint8Array;
	readonly totals: Readonly<PledgeTotals>;
	readonly record: PledgeRecord;
}

/** The outcome of a run that has come to its end; it shares the run’s arrays. */
export function outcomeOf(run: PledgeRun): PledgeOutcome {
	const load = Float64Array.from(run.limit, (_, u) => loadOf(run, u));
	return { ...run, load, eventCount: run.seq + 1, monthCount: run.month };
}
