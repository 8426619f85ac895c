import { canonicalJson, sha256Parts } from '../hash.ts';
import type { Config } from '../levers.ts';
import type { ReferralDataset } from './dataset.ts';
import type { PieSplitRules, RevShareRules } from './rules.ts';
import type { Counted } from './stages/events.ts';
import type { Scores } from './stages/boost.ts';

/** What a run of either model gives; columns are per referrer `r` unless they say otherwise. */
interface CommonOutcome {
	readonly accurateAsOf: number;
	readonly counted: Counted;
	readonly isDisqualified: Uint8Array;
	readonly isQualified: Uint8Array;
	/** referrers on the board, in rank order */
	readonly order: Int32Array;
	/** rank from 1; 0 for those not on the board */
	readonly rank: Int32Array;
	/** micro-USDC */
	readonly award: readonly bigint[];
	readonly paid: bigint;
}

export interface PieOutcome extends CommonOutcome {
	readonly dataModelType: 'pie-split';
	readonly rules: PieSplitRules;
	readonly scores: Scores;
	/** what of the pool is not paid */
	readonly residue: bigint;
}

export interface RevShareOutcome extends CommonOutcome {
	readonly dataModelType: 'rev-share-limit';
	readonly rules: RevShareRules;
	readonly revenue: readonly bigint[];
	readonly uncapped: readonly bigint[];
	/** per counted event `k` */
	readonly claim: readonly bigint[];
	/** per counted event; null when the pool is settled at the end */
	readonly eventAward: readonly bigint[] | null;
	/** the counted event at which a referrer reached the bar, -1 for never */
	readonly crossing: Int32Array;
	readonly remaining: bigint;
	/** the counted event that emptied the pool, -1 for none */
	readonly emptiedBy: number;
}

export type ReferralOutcome = PieOutcome | RevShareOutcome;

export type Status = 'Scheduled' | 'Active' | 'Exhausted' | 'AwardsReview' | 'Closed';

/**
 * Status of an edition at a time, `remaining` being what its pool holds, or null for models whose pool cannot run
 * out and for unknown ones (spec section 7).
 */
export function statusAt(
	now: number,
	edition: { readonly startTime: number; readonly endTime: number; readonly areAwardsDistributed: boolean },
	remaining: bigint | null,
): Status {
	if (now < edition.startTime) return 'Scheduled';
	if (now > edition.endTime) return edition.areAwardsDistributed ? 'Closed' : 'AwardsReview';
	return remaining === 0n ? 'Exhausted' : 'Active';
}

/** Statuses as tables name them; the line protocol has them as they are. */
export const STATUS_TITLES: Readonly<Record<Status, string>> = {
	Scheduled: 'scheduled',
	Active: 'active',
	Exhausted: 'pool empty',
	AwardsReview: 'awards review',
	Closed: 'closed',
};

/** What the pool still holds, for `statusAt`. */
export function remainingOf(outcome: ReferralOutcome): bigint | null {
	return outcome.dataModelType === 'rev-share-limit' ? outcome.remaining : null;
}

/** Sums over the board, disqualified referrers included (spec section 4). */
export function grandTotals({ counted }: ReferralOutcome): {
	readonly referrals: number;
	readonly duration: bigint;
	readonly revenue: bigint;
} {
	let [duration, revenue] = [0n, 0n];
	for (const r of counted.board) {
		duration += BigInt(counted.duration[r]);
		revenue += counted.revenue[r];
	}
	return { referrals: counted.event.length, duration, revenue };
}

/**
 * SHA-256 over the configuration and who is on the board, in rank order, with rank, qualification, totals and
 * award, and over what is left of the pool. Whole numbers and text only, so that it is the same everywhere.
 */
export function hashOutcome(dataset: ReferralDataset, outcome: ReferralOutcome, config: Config): string {
	const encoder = new TextEncoder();
	const hash = sha256Parts();
	hash.add(encoder.encode(`${canonicalJson(config)}\n`));
	const left = outcome.dataModelType === 'pie-split' ? outcome.residue : outcome.remaining;
	hash.add(encoder.encode(`referral ${outcome.dataModelType} ${outcome.accurateAsOf} ${left}\n`));
	const { counted, isQualified, award } = outcome;
	let lines: string[] = [];
	for (const [i, r] of outcome.order.entries()) {
		lines.push(`${i + 1} ${dataset.addresses[r]} ${isQualified[r]} ${counted.referralCount[r]} ${counted.duration[r]} ${counted.revenue[r]} ${award[r]}\n`); // prettier-ignore
		if (lines.length < 1000) continue;
		hash.add(encoder.encode(lines.join('')));
		lines = [];
	}
	hash.add(encoder.encode(lines.join('')));
	return hash.hex();
}
