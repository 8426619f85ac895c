import { CREDIT_KINDS, END_REASONS, INVOICE_STATES, OFFER_STATUSES, OFFER_TYPES } from './events.ts';
import type { OfferMetrics } from './measure.ts';
import type { OfferOutcome } from './outcome.ts';
import { creditAvailable, userAvailable } from './state.ts';
import { instantText, monthText } from './time.ts';

/** An outcome with its metrics as the plain JSON of spec section 11, keys and orders as it gives them. */
export function resultOf(outcome: OfferOutcome, metrics: OfferMetrics): unknown {
	const { state } = outcome;
	const offerName = (o: number) => (o < 0 ? null : state.offerId[o]);
	return {
		asOf: instantText(outcome.end),
		offers: state.offerId.map((id, o) => ({
			id,
			type: OFFER_TYPES[state.offerType[o]],
			status: OFFER_STATUSES[state.offerStatus[o]],
			createdAt: instantText(state.offerCreatedAt[o]),
			expiresAt: instantText(state.offerExpiresAt[o]),
			endedAt: instantText(state.offerEndedAt[o]),
			endReason: state.offerEndReason[o] < 0 ? null : END_REASONS[state.offerEndReason[o]],
			redeemed: state.offerRedeemed[o],
		})),
		users: state.userId.map((id, u) => ({
			id,
			signedUpAt: instantText(state.userSignedUpAt[u]),
			referrer: state.userReferrer[u] < 0 ? null : state.userId[state.userReferrer[u]],
			offer: offerName(state.userOffer[u]),
			earnedCents: state.userEarnedCents[u],
			usedCents: state.userUsedCents[u],
			expiredCents: state.userExpiredCents[u],
			availableCents: userAvailable(state, u),
			cashPaidCents: state.userCashCents[u],
			paidInvoices: state.userPaidInvoices[u],
			firstPaidAt: instantText(state.userFirstPaidAt[u]),
			qualifiedAt: instantText(state.userQualifiedAt[u]),
			unbilledDueCents: state.userUnbilledGrossCents[u] - state.userUnbilledCreditCents[u],
			referredSignups: state.userReferredSignups[u],
			referredQualified: state.userReferredQualified[u],
		})),
		credits: state.creditOwner.map((owner, c) => ({
			seq: c + 1,
			user: state.userId[owner],
			offer: state.offerId[state.creditOffer[c]],
			kind: CREDIT_KINDS[state.creditKind[c]],
			attributedTo: state.userId[state.creditAttributed[c]],
			createdAt: instantText(state.creditCreatedAt[c]),
			expiresAt: instantText(state.creditExpiresAt[c]),
			earnedCents: state.creditEarnedCents[c],
			usedCents: state.creditUsedCents[c],
			expiredCents: state.creditExpiredCents[c],
			availableCents: creditAvailable(state, c),
		})),
		invoices: state.invoiceId.map((id, i) => ({
			id,
			user: state.userId[state.invoiceUser[i]],
			issuedAt: instantText(state.invoiceIssuedAt[i]),
			grossCents: state.invoiceGrossCents[i],
			creditCents: state.invoiceCreditCents[i],
			dueCents: state.invoiceGrossCents[i] - state.invoiceCreditCents[i],
			state: INVOICE_STATES[state.invoiceState[i]],
			closedAt: instantText(state.invoiceClosedAt[i]),
			failures: state.invoiceFailures[i],
		})),
		rejections: outcome.refused,
		probes: outcome.probes.map((probe) => ({
			at: instantText(probe.at),
			withoutLink: offerName(probe.withoutLink),
			withLink: offerName(probe.withLink),
			ledger: {
				earnedCents: probe.earnedCents,
				usedCents: probe.usedCents,
				expiredCents: probe.expiredCents,
				availableCents: probe.earnedCents - probe.usedCents - probe.expiredCents,
			},
			users: probe.users.map((id, n) => ({ id, availableCents: probe.availableCents[n] })),
		})),
		metrics: {
			total: metrics.total,
			byOffer: metrics.byOffer.map((row) => ({
				...row,
				offer: offerName(row.offer),
				capExhaustedAt: instantText(row.capExhaustedAt),
			})),
			byCohort: metrics.byCohort.map((row) => ({ ...row, month: monthText(row.month) })),
			byMonth: metrics.byMonth.map((row) => ({ ...row, month: monthText(row.month) })),
		},
	};
}
