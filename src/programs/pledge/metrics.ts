import { LOG_KINDS, OVER_LIMIT, REFUSALS, WARNING, channelsOf } from './events.ts';
import type { PledgeOutcome } from './outcome.ts';
import type { PledgeTotals } from './run-state.ts';

/** The metrics of spec section 12; amounts in micros, ratios doubles. */
export interface PledgeMetrics extends PledgeTotals {
	readonly carry: number;
	readonly uncollected: number;
	/** refused events by code, codes that occurred only */
	readonly refused: ReadonlyMap<string, number>;
	/** null without pledges */
	readonly lossesPerPledge: number | null;
	readonly warnings: number;
	readonly overLimitNotices: number;
	readonly emails: number;
	readonly siteNotices: number;
	readonly dashboardNotes: number;
	/** Jain’s fairness over projects with an accepted pledge; null without any */
	readonly jain: number | null;
}

/** Adds up an outcome. Cost: O(log rows + patrons + projects). */
export function pledgeMetrics(outcome: PledgeOutcome): PledgeMetrics {
	const { totals, record } = outcome;
	const kindCount = new Float64Array(LOG_KINDS.length);
	for (let i = 0; i < record.logKind.length; i++) kindCount[record.logKind.data[i]]++;
	const through = (channel: string) =>
		LOG_KINDS.reduce(
			(sum, _, kind) =>
				sum + (channelsOf(kind, outcome.levers.policy).includes(channel) ? kindCount[kind] : 0),
			0,
		);

	const codeCount = new Float64Array(REFUSALS.length);
	for (let i = 0; i < record.refusedCode.length; i++) codeCount[record.refusedCode.data[i]]++;
	const refused = new Map<string, number>();
	REFUSALS.forEach((code, c) => {
		if (codeCount[c] > 0) refused.set(code, codeCount[c]);
	});

	let carry = 0;
	let uncollected = 0;
	for (let u = 0; u < outcome.balance.length; u++) {
		if (outcome.hasLeft[u] === 1) uncollected += outcome.balance[u];
		else carry += outcome.balance[u];
	}
	return {
		...totals,
		carry,
		uncollected,
		refused,
		lossesPerPledge: totals.pledgesAccepted === 0 ? null : totals.losses / totals.pledgesAccepted,
		warnings: kindCount[WARNING],
		overLimitNotices: kindCount[OVER_LIMIT],
		emails: through('email'),
		siteNotices: through('site'),
		dashboardNotes: through('dashboard'),
		jain: jainIndex(outcome.acceptedCount, outcome.lossCount),
	};
}

/** (Σr)² / (n Σr²) with r = A / (A + X) over projects with A ≥ 1. */
function jainIndex(accepted: Int32Array, lost: Int32Array): number | null {
	let sum = 0;
	let squares = 0;
	let count = 0;
	for (let p = 0; p < accepted.length; p++) {
		if (accepted[p] === 0) continue;
		const kept = accepted[p] / (accepted[p] + lost[p]);
		sum += kept;
		squares += kept * kept;
		count++;
	}
	return count === 0 ? null : (sum * sum) / (count * squares);
}
