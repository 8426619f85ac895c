import type { ReferralDataset } from './dataset.ts';
import { qualifiedRevenue, quotient, yearValue } from './money.ts';
import type { RevShareOutcome } from './outcome.ts';

/** The trace of a race for the pool, a record per counted event, in order (spec section 6.6). Amounts per record. */
export interface Accounting {
	/** wei, of the referrer up to and including the event */
	readonly accumulatedRevenue: readonly bigint[];
	readonly qualified: readonly bigint[];
	readonly accumulatedQualified: readonly bigint[];
	readonly poolBefore: readonly bigint[];
	readonly award: readonly bigint[];
	/** award / qualified revenue of the event; 0 when that is 0 */
	readonly effectiveShare: Float64Array;
}

/** Makes the trace; null where the pool is settled at the end, which leaves nothing to tell event by event. */
export function accountFor(dataset: ReferralDataset, outcome: RevShareOutcome): Accounting | null {
	const { eventAward, counted, rules } = outcome;
	if (eventAward === null) return null;
	const value = yearValue(rules.qualifiedRevenuePerYear);
	const count = counted.event.length;
	const revenueOf = new Array<bigint>(dataset.addresses.length).fill(0n);
	const durationOf = new Float64Array(dataset.addresses.length);
	const accumulatedRevenue = new Array<bigint>(count);
	const qualified = new Array<bigint>(count);
	const accumulatedQualified = new Array<bigint>(count);
	const poolBefore = new Array<bigint>(count);
	const effectiveShare = new Float64Array(count);
	let pool = rules.awardPool;
	for (let k = 0; k < count; k++) {
		const e = counted.event[k];
		const r = dataset.eventReferrer[e];
		revenueOf[r] += dataset.eventRevenue[e];
		durationOf[r] += dataset.eventDuration[e];
		accumulatedRevenue[k] = revenueOf[r];
		qualified[k] = qualifiedRevenue(dataset.eventDuration[e], value);
		accumulatedQualified[k] = qualifiedRevenue(durationOf[r], value);
		poolBefore[k] = pool;
		pool -= eventAward[k];
		if (qualified[k] > 0n && eventAward[k] > 0n)
			effectiveShare[k] = quotient(eventAward[k], qualified[k]) ?? 0;
	}
	return {
		accumulatedRevenue,
		qualified,
		accumulatedQualified,
		poolBefore,
		award: eventAward,
		effectiveShare,
	};
}
