import type { ReportTable } from '../report.ts';
import { OPEN } from './events.ts';
import { dollars } from './money.ts';
import { numberColumn, textColumn } from './report-tables.ts';
import { creditAvailable, userAvailable, type OfferState } from './state.ts';
import { customerTime } from './time.ts';
import { CREDIT_WORDS } from './words.ts';

/** What one account is told of its credit. */
export interface AccountNotice {
	readonly availableCents: number;
	/** end of the credit that ends last among those that are left, -1 for none */
	readonly coveredUntil: number;
	/** end of the credit that ends first, and what is left of it; -1 and 0 for none */
	readonly nextEnd: number;
	readonly nextCents: number;
	readonly sentence: string;
}

/** Credits of each user that still have something, by end, then number. */
export function liveCredits(state: Readonly<OfferState>): number[][] {
	const live: number[][] = state.userId.map(() => []);
	for (let c = 0; c < state.creditOwner.length; c++) {
		if (creditAvailable(state, c) > 0) live[state.creditOwner[c]].push(c);
	}
	for (const credits of live) {
		credits.sort((a, b) => state.creditExpiresAt[a] - state.creditExpiresAt[b] || a - b);
	}
	return live;
}

/** The notice of a user whose credits with something left are `credits`, soonest end first. */
export function noticeOf(state: Readonly<OfferState>, u: number, credits: readonly number[]): AccountNotice {
	const availableCents = userAvailable(state, u);
	if (credits.length === 0) {
		const sentence = 'You have no credit left: what you use is charged on your next invoice.';
		return { availableCents, coveredUntil: -1, nextEnd: -1, nextCents: 0, sentence };
	}
	const [first, last] = [credits[0], credits[credits.length - 1]];
	const until = state.creditExpiresAt[last];
	const nextEnd = state.creditExpiresAt[first];
	const nextCents = creditAvailable(state, first);
	// with several ends, the promise is only as good as the earlier parts: name the first as well
	const earlier =
		nextEnd === until
			? ''
			: ` ${dollars(nextCents)} of it ends on ${customerTime(nextEnd)}; it is spent first.`;
	const sentence = `You will not be charged until ${customerTime(until)}, as long as your usage stays within your credit of ${dollars(availableCents)}.${earlier}`;
	return { availableCents, coveredUntil: until, nextEnd, nextCents, sentence };
}

/** One line per account that has credit left, and what it is told. */
export function statementTable(state: Readonly<OfferState>): ReportTable {
	const live = liveCredits(state);
	const users = state.userId.map((_, u) => u).filter((u) => live[u].length > 0);
	const notices = users.map((u) => noticeOf(state, u, live[u]));
	return {
		id: 'statement',
		title: 'Credit left, and what customers are told',
		columns: [
			textColumn('user', 'Account', 'id', users.map((u) => state.userId[u])),
			numberColumn('availableCents', 'Credit left', 'cents', notices.map((each) => each.availableCents)),
			numberColumn('nextCents', 'Next to end', 'cents', notices.map((each) => each.nextCents)),
			numberColumn('nextEnd', 'Ends', 'time', notices.map((each) => each.nextEnd)),
			numberColumn('coveredUntil', 'Last end', 'time', notices.map((each) => each.coveredUntil)),
			textColumn('sentence', 'Sentence', 'text', notices.map((each) => each.sentence)),
		],
	}; // prettier-ignore
}

/** The tables of one account: its credits by their ends, and those who registered through its link. */
export function accountTables(state: Readonly<OfferState>, u: number): ReportTable[] {
	const credits = state.creditOwner.flatMap((owner, c) => (owner === u ? [c] : []));
	credits.sort((a, b) => state.creditExpiresAt[a] - state.creditExpiresAt[b] || a - b);
	const invitees = state.userReferrer.flatMap((referrer, v) => (referrer === u ? [v] : []));
	const need = state.rules.awardAfterInvoices;
	return [
		{
			id: 'accountCredits',
			title: 'Credit',
			columns: [
				textColumn('seq', 'Credit', 'id', credits.map((c) => String(c + 1))),
				textColumn('kind', 'Kind', 'text', credits.map((c) => CREDIT_WORDS[state.creditKind[c]])),
				textColumn('offer', 'Offer', 'id', credits.map((c) => state.offerId[state.creditOffer[c]])),
				numberColumn('createdAt', 'From', 'time', credits.map((c) => state.creditCreatedAt[c])),
				numberColumn('expiresAt', 'Until', 'time', credits.map((c) => state.creditExpiresAt[c])),
				numberColumn('earnedCents', 'Given', 'cents', credits.map((c) => state.creditEarnedCents[c])),
				numberColumn('usedCents', 'Used', 'cents', credits.map((c) => state.creditUsedCents[c])),
				numberColumn('expiredCents', 'Expired', 'cents', credits.map((c) => state.creditExpiredCents[c])),
				numberColumn('availableCents', 'Left', 'cents', credits.map((c) => creditAvailable(state, c))),
			],
		},
		{
			id: 'accountReferrals',
			title: 'Invited accounts',
			columns: [
				textColumn('user', 'Account', 'id', invitees.map((v) => state.userId[v])),
				numberColumn('signedUpAt', 'Registered', 'time', invitees.map((v) => state.userSignedUpAt[v])),
				numberColumn('invoices', 'Qualifying invoices', 'count', invitees.map((v) => state.userQualifyingInvoices[v])),
				numberColumn('missing', 'Until the award', 'count', invitees.map((v) => Math.max(0, need - state.userQualifyingInvoices[v]))),
				numberColumn('qualifiedAt', 'Qualified', 'time', invitees.map((v) => state.userQualifiedAt[v])),
			],
		},
	]; // prettier-ignore
}

/** What one account is told: until when it is not charged, what is due, its referral link and what came of it. */
export function letterOf(state: Readonly<OfferState>, u: number, linkBase: string): string[] {
	const lines = [noticeOf(state, u, liveCredits(state)[u]).sentence];
	const due = state.userUnbilledGrossCents[u] - state.userUnbilledCreditCents[u];
	if (due > 0) lines.push(`Your next invoice so far: ${dollars(due)} beyond your credit.`);
	for (let i = 0; i < state.invoiceId.length; i++) {
		if (state.invoiceUser[i] !== u || state.invoiceState[i] !== OPEN) continue;
		lines.push(
			`Invoice ${state.invoiceId[i]} is open: ${dollars(state.invoiceGrossCents[i] - state.invoiceCreditCents[i])}.`,
		);
	}
	let awardCents = 0;
	for (let c = 0; c < state.creditOwner.length; c++) {
		if (state.creditOwner[c] === u && state.creditAttributed[c] !== u)
			awardCents += state.creditEarnedCents[c];
	}
	lines.push(`Your referral link: ${linkBase}${encodeURIComponent(state.userId[u])}`);
	lines.push(
		`Invites sent: ${state.userInvitesSent[u]}. Registered: ${state.userReferredSignups[u]}. Qualified: ${state.userReferredQualified[u]}. Earned: ${dollars(awardCents)}.`,
	);
	return lines;
}
