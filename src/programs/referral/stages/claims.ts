import type { Fraction } from '#engine/share.ts';
import type { ReferralDataset } from '../dataset.ts';
import { least, partOf, qualifiedRevenue, type YearValue } from '../money.ts';
import type { Counted } from './events.ts';

export interface Claims {
	/** what each counted event asks for, in micro-USDC, whatever the pool */
	readonly claim: readonly bigint[];
	/** the counted event at which each referrer reached the bar, -1 for never */
	readonly crossing: Int32Array;
}

/**
 * Stage 3 of rev-share-limit. What each event claims: nothing below the bar, the whole history on reaching it,
 * then each event alone (spec section 6.3). With `most` per referrer, a claim that would pass it is cut to what
 * is left of it (section 12). No claim depends on the pool, which is why one pass serves all pools (6.4).
 */
export function claims(
	dataset: ReferralDataset,
	{ event }: Counted,
	isDisqualified: Uint8Array,
	value: YearValue,
	bar: bigint,
	share: Fraction,
	most: bigint | null,
): Claims {
	const { eventReferrer, eventDuration } = dataset;
	const claim = new Array<bigint>(event.length).fill(0n);
	const crossing = new Int32Array(dataset.addresses.length).fill(-1);
	const soFar = new Float64Array(dataset.addresses.length);
	const claimed = most === null ? null : new Array<bigint>(dataset.addresses.length).fill(0n);

	for (let k = 0; k < event.length; k++) {
		const r = eventReferrer[event[k]];
		const duration = eventDuration[event[k]];
		soFar[r] += duration;
		if (isDisqualified[r] === 1) continue;
		if (crossing[r] >= 0) claim[k] = partOf(qualifiedRevenue(duration, value), share);
		else {
			const revenue = qualifiedRevenue(soFar[r], value);
			if (revenue < bar) continue;
			crossing[r] = k;
			claim[k] = partOf(revenue, share);
		}
		if (claimed !== null && most !== null) {
			claim[k] = least(claim[k], most - claimed[r]);
			claimed[r] += claim[k];
		}
	}
	return { claim, crossing };
}
