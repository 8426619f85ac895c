import type { MetricSpec } from '../report.ts';
import type { Segment } from './segments.ts';

/** A metric of a segment of accounts, and how to read it off. */
export interface SegmentMetric extends MetricSpec {
	readonly of: (segment: Segment) => number | null;
}

/** Metrics of spec section 12, those that answer "which offer performs best" first. */
export const SEGMENT_METRICS: readonly SegmentMetric[] = [
	{ id: 'paidAccounts', title: 'Paid accounts', unit: 'count', better: 'more', help: 'Accounts with at least one paid invoice.', isHeadline: true, of: (s) => s.paidAccounts },
	{ id: 'costPerPaidAccount', title: 'Cost per paid account', unit: 'cents', better: 'less', help: 'Cost of used credit for each account that paid.', isHeadline: true, of: (s) => s.costPerPaidAccount },
	{ id: 'viralK', title: 'Invitees per account', unit: 'number', better: 'more', help: 'Registrations each account brought. Young accounts have not invited yet: look at their age.', isHeadline: true, of: (s) => s.viralK },
	{ id: 'breakageRate', title: 'Credit expired unused', unit: 'ratio', better: null, help: 'Part of the credit given that expired unused.', isHeadline: true, of: (s) => s.breakageRate },
	{ id: 'netCents', title: 'Net', unit: 'cents', better: 'more', help: 'Contribution of cash paid, less the cost of used credit.', isHeadline: true, of: (s) => s.netCents },
	{ id: 'signups', title: 'Registrations', unit: 'count', better: 'more', help: 'Accounts that registered.', isHeadline: true, of: (s) => s.signups },
	{ id: 'conversionRate', title: 'Conversion', unit: 'ratio', better: 'more', help: 'Part of the accounts that paid at least once.', of: (s) => s.conversionRate },
	{ id: 'referredSignups', title: 'With link', unit: 'count', better: 'more', help: 'Registrations through a referral link.', of: (s) => s.referredSignups },
	{ id: 'fallbackSignups', title: 'Fell back', unit: 'count', better: 'less', help: 'Registrations with a link that did not get an active referral offer.', of: (s) => s.fallbackSignups },
	{ id: 'qualifiedReferrals', title: 'Qualified referrals', unit: 'count', better: 'more', help: 'Invitees with enough qualifying invoices.', of: (s) => s.qualifiedReferrals },
	{ id: 'invitesSent', title: 'Invites sent', unit: 'count', better: 'more', help: 'Invites that these accounts sent.', of: (s) => s.invitesSent },
	{ id: 'referralsMade', title: 'Referrals made', unit: 'count', better: 'more', help: 'Registrations, anywhere, through links of these accounts.', of: (s) => s.referralsMade },
	{ id: 'inviteAcceptance', title: 'Invite acceptance', unit: 'ratio', better: 'more', help: 'Registrations per invite sent.', of: (s) => s.inviteAcceptance },
	{ id: 'earnedCents', title: 'Credit given', unit: 'cents', better: null, help: 'Credit that these accounts were bought with, awards for them included.', of: (s) => s.earnedCents },
	{ id: 'usedCents', title: 'Credit used', unit: 'cents', better: null, help: 'Credit that covered usage.', of: (s) => s.usedCents },
	{ id: 'expiredCents', title: 'Credit expired', unit: 'cents', better: null, help: 'Credit that reached its end unused.', of: (s) => s.expiredCents },
	{ id: 'availableCents', title: 'Credit owed', unit: 'cents', better: 'less', help: 'Credit that can still be used: the liability.', of: (s) => s.availableCents },
	{ id: 'cashCents', title: 'Cash', unit: 'cents', better: 'more', help: 'Paid invoices of these accounts.', of: (s) => s.cashCents },
	{ id: 'costCents', title: 'Cost', unit: 'cents', better: 'less', help: 'Used credit at the cost of a cent of credit.', of: (s) => s.costCents },
	{ id: 'contributionCents', title: 'Contribution', unit: 'cents', better: 'more', help: 'Cash at the margin on cash.', of: (s) => s.contributionCents },
	{ id: 'grantedPerPaidAccount', title: 'Promise per paid account', unit: 'cents', better: 'less', help: 'Credit given for each account that paid: an upper bound of its cost.', of: (s) => s.grantedPerPaidAccount },
]; // prettier-ignore

/** The metric of that id; a bug when there is none. */
export function segmentMetric(id: string): SegmentMetric {
	const metric = SEGMENT_METRICS.find((each) => each.id === id);
	if (!metric) throw new Error(`no metric ${id}`);
	return metric;
}

/** A metric's words without its reader, for a report. */
export function wordsOf({ id, title, unit, better, help, isHeadline }: SegmentMetric): MetricSpec {
	return { id, title, unit, better, help, ...(isHeadline === undefined ? {} : { isHeadline }) };
}
