import { wilsonInterval } from '#engine/stats/interval.ts';
import type { ReportColumn, ReportTable, Unit } from '../report.ts';
import type { OfferMetrics } from './measure.ts';
import type { OfferOutcome } from './outcome.ts';
import type { Segment } from './segments.ts';
import { creditAvailable, userAvailable, type OfferState } from './state.ts';
import { monthText } from './time.ts';
import { codeWords, CREDIT_WORDS, INVOICE_WORDS, REASON_WORDS, STATUS_WORDS, TYPE_WORDS } from './words.ts';

const LEVEL = 0.95;

/** A column of numbers; -1 of times stands for none. */
export function numberColumn(
	id: string,
	title: string,
	unit: Unit | 'time',
	values: ArrayLike<number>,
): ReportColumn {
	const isTime = unit === 'time';
	return {
		id,
		title,
		unit,
		values: Float64Array.from(values, (value) => (isTime && value < 0 ? NaN : value)),
	};
}

/** A column of text. */
export function textColumn(
	id: string,
	title: string,
	unit: 'text' | 'id',
	values: readonly (string | null)[],
): ReportColumn {
	return { id, title, unit, values };
}

/** Every table of a result (spec section 11), its rates with Wilson intervals, and what each account was told. */
export function reportTables(outcome: OfferOutcome, metrics: OfferMetrics): ReportTable[] {
	const { state } = outcome;
	return [
		offersTable(state),
		ratesTable(state, metrics),
		usersTable(state),
		creditsTable(state),
		drawsTable(state),
		invoicesTable(state),
		paybackTable(metrics),
		{
			id: 'rejections',
			title: 'Refused events',
			columns: [
				numberColumn('index', 'Event', 'number', outcome.refused.map((each) => each.index)),
				textColumn('code', 'Reason', 'text', outcome.refused.map((each) => codeWords(each.code))),
			],
		},
		probesTable(outcome),
	]; // prettier-ignore
}

function offersTable(state: Readonly<OfferState>): ReportTable {
	return {
		id: 'offers',
		title: 'Offers',
		columns: [
			textColumn('id', 'Offer', 'id', state.offerId),
			textColumn('type', 'Type', 'text', state.offerType.map((type) => TYPE_WORDS[type])),
			textColumn('place', 'Created as', 'text', state.offerPlace.map((place) => STATUS_WORDS[place])),
			textColumn('status', 'Status', 'text', state.offerStatus.map((status) => STATUS_WORDS[status])),
			numberColumn('inviteeCents', 'Give', 'cents', state.offerInviteeCents),
			numberColumn('inviteeDurationDays', 'Life', 'days', lifeOf(state.offerInviteeDays)),
			numberColumn('awardCents', 'Get', 'cents', state.offerAwardCents),
			numberColumn('awardDurationDays', 'Award life', 'days', lifeOf(state.offerAwardDays)),
			numberColumn('redeemableCap', 'Cap', 'count', state.offerCap.map((cap) => (cap < 0 ? NaN : cap))),
			numberColumn('redeemed', 'Redeemed', 'count', state.offerRedeemed),
			numberColumn('createdAt', 'Created', 'time', state.offerCreatedAt),
			numberColumn('expiresAt', 'Expires', 'time', state.offerExpiresAt),
			numberColumn('endedAt', 'Ended', 'time', state.offerEndedAt),
			textColumn('endReason', 'Because', 'text', state.offerEndReason.map((reason) => REASON_WORDS[reason] ?? null)),
		],
	}; // prettier-ignore
}

/** Days a credit lives; none where there is no credit. */
function lifeOf(days: readonly number[]): number[] {
	return days.map((count) => (count === 0 ? NaN : count));
}

/** Rates k / n by offer, with 95 % Wilson intervals (spec section 15.4). */
function ratesTable(state: Readonly<OfferState>, metrics: OfferMetrics): ReportTable {
	const rows: { offer: string; rate: string; hits: number; count: number }[] = [];
	const add = (offer: string, segment: Segment) => {
		rows.push({ offer, rate: 'conversion', hits: segment.paidAccounts, count: segment.signups });
		// one invite may bring several registrations in a recording; that is no rate
		if (segment.referralsMade <= segment.invitesSent) {
			rows.push({
				offer,
				rate: 'invite acceptance',
				hits: segment.referralsMade,
				count: segment.invitesSent,
			});
		}
	};
	add('all accounts', metrics.total);
	for (const row of metrics.byOffer) add(row.offer < 0 ? 'no offer' : state.offerId[row.offer], row);
	const intervals = rows.map(({ hits, count }) => wilsonInterval(hits, count, LEVEL));
	return {
		id: 'rates',
		title: 'Rates',
		columns: [
			textColumn('offer', 'Offer', 'id', rows.map((row) => row.offer)),
			textColumn('rate', 'Rate', 'text', rows.map((row) => row.rate)),
			numberColumn('count', 'Counted', 'count', rows.map((row) => row.count)),
			numberColumn('hits', 'Of these', 'count', rows.map((row) => row.hits)),
			numberColumn('value', 'Share', 'ratio', rows.map(({ hits, count }) => (count === 0 ? NaN : hits / count))),
			numberColumn('low', '95% from', 'ratio', intervals.map((each) => each.low)),
			numberColumn('high', '95% to', 'ratio', intervals.map((each) => each.high)),
		],
	}; // prettier-ignore
}

function usersTable(state: Readonly<OfferState>): ReportTable {
	return {
		id: 'users',
		title: 'Accounts',
		columns: [
			textColumn('user', 'Account', 'id', state.userId),
			numberColumn('signedUpAt', 'Registered', 'time', state.userSignedUpAt),
			textColumn('referrer', 'Referrer', 'id', state.userReferrer.map((u) => state.userId[u] ?? null)),
			textColumn('offer', 'Offer', 'id', state.userOffer.map((o) => state.offerId[o] ?? null)),
			numberColumn('earnedCents', 'Credit', 'cents', state.userEarnedCents),
			numberColumn('usedCents', 'Used', 'cents', state.userUsedCents),
			numberColumn('expiredCents', 'Expired', 'cents', state.userExpiredCents),
			numberColumn('availableCents', 'Available', 'cents', state.userId.map((_, u) => userAvailable(state, u))),
			numberColumn('cashPaidCents', 'Paid', 'cents', state.userCashCents),
			numberColumn('paidInvoices', 'Paid invoices', 'count', state.userPaidInvoices),
			numberColumn('firstPaidAt', 'First paid', 'time', state.userFirstPaidAt),
			numberColumn('qualifiedAt', 'Qualified', 'time', state.userQualifiedAt),
			numberColumn('unbilledDueCents', 'Not billed yet', 'cents', state.userId.map((_, u) => state.userUnbilledGrossCents[u] - state.userUnbilledCreditCents[u])),
			numberColumn('referredSignups', 'Referred', 'count', state.userReferredSignups),
			numberColumn('referredQualified', 'Of these qualified', 'count', state.userReferredQualified),
		],
	}; // prettier-ignore
}

function creditsTable(state: Readonly<OfferState>): ReportTable {
	return {
		id: 'credits',
		title: 'Credits',
		columns: [
			textColumn('credit', 'Credit', 'id', state.creditOwner.map((_, c) => String(c + 1))),
			textColumn('user', 'Account', 'id', state.creditOwner.map((u) => state.userId[u])),
			textColumn('offer', 'Offer', 'id', state.creditOffer.map((o) => state.offerId[o])),
			textColumn('kind', 'Kind', 'text', state.creditKind.map((kind) => CREDIT_WORDS[kind])),
			textColumn('attributedTo', 'For', 'id', state.creditAttributed.map((u) => state.userId[u])),
			numberColumn('createdAt', 'From', 'time', state.creditCreatedAt),
			numberColumn('expiresAt', 'Until', 'time', state.creditExpiresAt),
			numberColumn('earnedCents', 'Earned', 'cents', state.creditEarnedCents),
			numberColumn('usedCents', 'Used', 'cents', state.creditUsedCents),
			numberColumn('expiredCents', 'Expired', 'cents', state.creditExpiredCents),
			numberColumn('availableCents', 'Available', 'cents', state.creditOwner.map((_, c) => creditAvailable(state, c))),
		],
	}; // prettier-ignore
}

/** The ledger line by line: which charge drew how much on which credit. */
function drawsTable(state: Readonly<OfferState>): ReportTable {
	return {
		id: 'draws',
		title: 'Ledger',
		columns: [
			numberColumn('at', 'When', 'time', state.drawUsage.map((g) => state.usageAt[g])),
			textColumn('credit', 'Credit', 'id', state.drawCredit.map((c) => String(c + 1))),
			textColumn('user', 'Account', 'id', state.drawUsage.map((g) => state.userId[state.usageUser[g]])),
			textColumn('project', 'Project', 'id', state.drawUsage.map((g) => state.projectId[state.usageProject[g]])),
			numberColumn('cents', 'Drawn', 'cents', state.drawCents),
			numberColumn('chargeCents', 'Of a charge of', 'cents', state.drawUsage.map((g) => state.usageCents[g])),
		],
	}; // prettier-ignore
}

function invoicesTable(state: Readonly<OfferState>): ReportTable {
	return {
		id: 'invoices',
		title: 'Invoices',
		columns: [
			textColumn('id', 'Invoice', 'id', state.invoiceId),
			textColumn('user', 'Account', 'id', state.invoiceUser.map((u) => state.userId[u])),
			numberColumn('issuedAt', 'Issued', 'time', state.invoiceIssuedAt),
			numberColumn('grossCents', 'Usage', 'cents', state.invoiceGrossCents),
			numberColumn('creditCents', 'Credit', 'cents', state.invoiceCreditCents),
			numberColumn('dueCents', 'Due', 'cents', state.invoiceGrossCents.map((gross, i) => gross - state.invoiceCreditCents[i])),
			textColumn('state', 'State', 'text', state.invoiceState.map((each) => INVOICE_WORDS[each])),
			numberColumn('closedAt', 'Closed', 'time', state.invoiceClosedAt),
			numberColumn('failures', 'Failed attempts', 'count', state.invoiceFailures),
		],
	}; // prettier-ignore
}

function paybackTable(metrics: OfferMetrics): ReportTable {
	const rows = metrics.byCohort.flatMap((cohort) =>
		cohort.payback.map((each) => ({ month: cohort.month, ...each })),
	);
	return {
		id: 'payback',
		title: 'Payback by month of registration',
		columns: [
			textColumn('cohort', 'Registered in', 'text', rows.map((row) => monthText(row.month))),
			numberColumn('k', 'Months later', 'number', rows.map((row) => row.k)),
			numberColumn('cashCents', 'Cash', 'cents', rows.map((row) => row.cashCents)),
			numberColumn('usedCents', 'Credit used', 'cents', rows.map((row) => row.usedCents)),
			numberColumn('netCents', 'Net', 'cents', rows.map((row) => row.netCents)),
		],
	}; // prettier-ignore
}

function probesTable({ probes, state }: OfferOutcome): ReportTable {
	return {
		id: 'probes',
		title: 'Probes',
		columns: [
			numberColumn('at', 'When', 'time', probes.map((probe) => probe.at)),
			textColumn('withoutLink', 'Offer without link', 'id', probes.map((probe) => state.offerId[probe.withoutLink] ?? null)),
			textColumn('withLink', 'Offer with link', 'id', probes.map((probe) => state.offerId[probe.withLink] ?? null)),
			numberColumn('earnedCents', 'Earned', 'cents', probes.map((probe) => probe.earnedCents)),
			numberColumn('usedCents', 'Used', 'cents', probes.map((probe) => probe.usedCents)),
			numberColumn('expiredCents', 'Expired', 'cents', probes.map((probe) => probe.expiredCents)),
			textColumn('user', 'Account', 'id', probes.map((probe) => probe.users[0] ?? null)),
			numberColumn('userCents', 'Account has', 'cents', probes.map((probe) => probe.availableCents[0] ?? NaN)),
		],
	}; // prettier-ignore
}
