import { OPEN, PAID, SETTLED, VOID } from '../events.ts';
import type { OfferState } from '../state.ts';
import { qualify } from './grant.ts';

/**
 * Issues an invoice over all usage of the user since the last one (spec section 6). With nothing due it is
 * settled at once, and under the rule `ANY` qualifies if it bills anything.
 */
export function issueInvoice(state: OfferState, invoiceId: string, u: number, at: number): void {
	const gross = state.userUnbilledGrossCents[u];
	const credit = state.userUnbilledCreditCents[u];
	const isSettled = gross === credit;
	state.invoiceByName.set(invoiceId, state.invoiceId.length);
	state.invoiceId.push(invoiceId);
	state.invoiceUser.push(u);
	state.invoiceIssuedAt.push(at);
	state.invoiceGrossCents.push(gross);
	state.invoiceCreditCents.push(credit);
	state.invoiceState.push(isSettled ? SETTLED : OPEN);
	state.invoiceClosedAt.push(isSettled ? at : -1);
	state.invoiceFailures.push(0);
	state.invoiceUsageEnd.push(state.usageUser.length);
	state.userUnbilledGrossCents[u] = 0;
	state.userUnbilledCreditCents[u] = 0;
	if (isSettled && gross > 0 && state.rules.qualifyingInvoice === 'ANY') qualify(state, u, at);
}

/** Closes an open invoice in full; it qualifies at this instant. */
export function payInvoice(state: OfferState, i: number, at: number): void {
	const u = state.invoiceUser[i];
	state.invoiceState[i] = PAID;
	state.invoiceClosedAt[i] = at;
	state.userCashCents[u] += state.invoiceGrossCents[i] - state.invoiceCreditCents[i];
	state.userPaidInvoices[u]++;
	if (state.userFirstPaidAt[u] < 0) state.userFirstPaidAt[u] = at;
	qualify(state, u, at);
}

/** Writes an open invoice off; no credit comes back. */
export function voidInvoice(state: OfferState, i: number, at: number): void {
	state.invoiceState[i] = VOID;
	state.invoiceClosedAt[i] = at;
}
