import type { OfferMetrics } from './measure.ts';
import type { Segment } from './segments.ts';

/** Columns that add up over disjoint sets; cost, contribution and net round, and may not (invariant 10). */
const ADDITIVE = [
	'signups', 'referredSignups', 'fallbackSignups', 'paidAccounts', 'qualifiedReferrals', 'invitesSent', 'referralsMade',
	'earnedCents', 'usedCents', 'expiredCents', 'availableCents', 'cashCents',
] as const satisfies readonly (keyof Segment)[]; // prettier-ignore

const MONTHLY = ['earnedCents', 'usedCents', 'expiredCents', 'cashCents'] as const;

/** Names the columns whose parts do not add up to the total, none when the metrics are sound. */
export function checkMetrics({ total, byOffer, byCohort, byMonth }: OfferMetrics): string[] {
	const wrong: string[] = [];
	for (const name of ADDITIVE) {
		if (sumOf(byOffer, name) !== total[name]) wrong.push(`byOffer ${name}`);
		if (sumOf(byCohort, name) !== total[name]) wrong.push(`byCohort ${name}`);
	}
	for (const name of MONTHLY) {
		if (byMonth.reduce((sum, row) => sum + row[name], 0) !== total[name]) wrong.push(`byMonth ${name}`);
	}
	return wrong;
}

function sumOf(rows: readonly Segment[], name: (typeof ADDITIVE)[number]): number {
	return rows.reduce((sum, row) => sum + row[name], 0);
}
