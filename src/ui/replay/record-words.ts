import { countOf, formatValue } from '../format.ts';
import type { LedgerRecord } from '../work-store.ts';

/** Share of 90 % intervals above which they can be believed, for one Drop's worth of them. */
const BELIEVABLE = 0.8;
/** Shares of outcomes above the forecast between which it is neither too low nor too high. */
const EVEN = [0.35, 0.65] as const;

/** How past forecasts held, in a sentence: `37 of 308 intervals of 90 % held, over 8 Drops: forecasts are too low.` */
export function recordWords(record: Omit<LedgerRecord, 'key'>): string {
	const { held, intervals, drops, exports } = record;
	if (intervals === 0) return 'No forecast can be scored yet: no Drop has completed a week ago.';
	const source = exports === 0 ? '' : `, ${exports} of them foretold by an export`;
	return `${formatValue(held, 'count')} of ${formatValue(intervals, 'count')} intervals of 90% held, over ${countOf(drops, ['Drop', 'Drops'])}${source}: ${judgement(record)}.`;
}

function judgement({ held, intervals, above }: Omit<LedgerRecord, 'key'>): string {
	if (isBelievable({ held, intervals })) return 'forecasts can be believed';
	if (above > EVEN[1]) return 'forecasts are too low';
	return above < EVEN[0] ? 'forecasts are too high' : 'intervals are too narrow';
}

/** Did as many of the intervals hold as can be asked of them? */
export function isBelievable({ held, intervals }: Pick<LedgerRecord, 'held' | 'intervals'>): boolean {
	return intervals > 0 && held / intervals >= BELIEVABLE;
}
