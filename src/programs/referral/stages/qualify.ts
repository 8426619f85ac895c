import type { Fraction } from '#engine/share.ts';
import { partOf, qualifiedRevenue, type YearValue } from '../money.ts';
import type { Counted } from './events.ts';

/** What referrers brought and would get with an endless pool, per referrer in micro-USDC. */
export interface Qualified {
	readonly isQualified: Uint8Array;
	readonly revenue: readonly bigint[];
	readonly uncapped: readonly bigint[];
}

/**
 * Stage 2 of rev-share-limit. Qualified revenue from the total duration, one division for each referrer; qualified
 * is who reaches the bar, exactly is enough, and is not disqualified (spec sections 6.1 and 6.2).
 */
export function qualify(
	{ board, duration }: Counted,
	isDisqualified: Uint8Array,
	value: YearValue,
	bar: bigint,
	share: Fraction,
): Qualified {
	const isQualified = new Uint8Array(duration.length);
	const revenue = new Array<bigint>(duration.length).fill(0n);
	const uncapped = new Array<bigint>(duration.length).fill(0n);
	for (const r of board) {
		revenue[r] = qualifiedRevenue(duration[r], value);
		uncapped[r] = partOf(revenue[r], share);
		if (isDisqualified[r] === 0 && revenue[r] >= bar) isQualified[r] = 1;
	}
	return { isQualified, revenue, uncapped };
}
