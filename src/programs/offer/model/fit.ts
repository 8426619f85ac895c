import { quantiles } from '#engine/stats/quantile.ts';
import { DAY_MS } from '../../instant.ts';
import { applyEvent } from '../apply-event.ts';
import { PAID, VOID, type OfferEvent } from '../events.ts';
import type { OfferRules } from '../rules.ts';
import { expire } from '../stages/expire.ts';
import { resolve } from '../stages/resolve.ts';
import { makeState, type OfferState } from '../state.ts';

/** A point suggested for a curve: k of n at so many cents. A point without n says nothing. */
export interface FittedPoint {
	readonly setting: 'inviteSend' | 'inviteAccept' | 'toPaidOrganic' | 'toPaidReferred';
	readonly cents: number;
	readonly hits: number;
	readonly count: number;
}

/** What a recorded timeline suggests for the model, with the counts behind every number. */
export interface Fit {
	/** by setting, then cents; points of offers with equal cents are one */
	readonly points: readonly FittedPoint[];
	readonly organicPerDay: { readonly hits: number; readonly count: number };
	readonly monthlyChurn: { readonly hits: number; readonly count: number };
	readonly paymentSuccess: { readonly hits: number; readonly count: number };
	/** quantiles of the cents used in 30 days by accounts that pay, at 0, 0.25, 0.5, 0.75 and 1 */
	readonly usageMonthlyCents: { readonly values: readonly number[]; readonly count: number };
}

export const USAGE_SHARES = [0, 0.25, 0.5, 0.75, 1];
const MONTH_MS = 30 * DAY_MS;

/** Suggests points for the curves of the model from a recorded timeline (spec section 15.5). */
export function fit(
	events: readonly OfferEvent[],
	frame: { readonly start: number; readonly end: number; readonly rules: OfferRules },
	inviteSlots: number,
): Fit {
	const state = makeState(frame.rules, frame.start);
	// by offer that a link would redeem at the moment; the last row is for none
	const tally = new Map<number, { invites: number; linked: number; accounts: number }>();
	const tallyOf = (o: number) => {
		let row = tally.get(o);
		if (!row) tally.set(o, (row = { invites: 0, linked: 0, accounts: 0 }));
		return row;
	};
	const order = Array.from(events, (_, e) => e).sort((a, b) => events[a].at - events[b].at || a - b);
	for (const e of order) {
		const event = events[e];
		expire(state, event.at);
		const o = resolve(state.current, true);
		if (applyEvent(state, event) !== null) continue;
		const row = tallyOf(o);
		if (event.kind === 'INVITE_SENT') row.invites += event.count;
		if (event.kind === 'SIGNUP' && event.referrer !== null) row.linked++;
		row.accounts = state.userId.length;
	}
	expire(state, frame.end);

	const sums = new Map<string, FittedPoint>();
	const add = (setting: FittedPoint['setting'], cents: number, hits: number, count: number) => {
		if (count === 0) return;
		const key = `${setting} ${cents}`;
		const before = sums.get(key);
		sums.set(key, { setting, cents, hits: hits + (before?.hits ?? 0), count: count + (before?.count ?? 0) });
	};
	for (const [o, { invites, linked, accounts }] of tally) {
		add('inviteSend', o < 0 ? 0 : state.offerAwardCents[o], invites, accounts * inviteSlots);
		add('inviteAccept', o < 0 ? 0 : state.offerInviteeCents[o], linked, invites);
	}
	for (let u = 0; u < state.userId.length; u++) {
		const o = state.userOffer[u];
		const setting = state.userReferrer[u] >= 0 ? 'toPaidReferred' : 'toPaidOrganic';
		add(setting, o < 0 ? 0 : state.offerInviteeCents[o], state.userPaidInvoices[u] > 0 ? 1 : 0, 1);
	}
	const points = [...sums.values()].sort((a, b) =>
		a.setting === b.setting ? a.cents - b.cents : a.setting < b.setting ? -1 : 1,
	);
	const organic = state.userReferrer.filter((referrer) => referrer < 0).length;
	return {
		points,
		organicPerDay: { hits: organic, count: Math.max(1, Math.ceil((frame.end - frame.start) / DAY_MS)) },
		paymentSuccess: paymentsOf(state),
		...usageOf(state, frame.end),
	};
}

/** Invoices paid without a failure, of all that are closed. */
function paymentsOf(state: OfferState): Fit['paymentSuccess'] {
	let [hits, count] = [0, 0];
	for (let i = 0; i < state.invoiceId.length; i++) {
		const isClosed = state.invoiceState[i] === PAID || state.invoiceState[i] === VOID;
		if (!isClosed && state.invoiceFailures[i] === 0) continue;
		count++;
		if (state.invoiceState[i] === PAID && state.invoiceFailures[i] === 0) hits++;
	}
	return { hits, count };
}

/** Sums of whole 30-day months of accounts that pay; a month without usage after one with it is a leaving. */
function usageOf(state: OfferState, end: number): Pick<Fit, 'usageMonthlyCents' | 'monthlyChurn'> {
	const months: number[][] = state.userSignedUpAt.map((at, u) =>
		state.userPaidInvoices[u] === 0 ? [] : new Array<number>(Math.floor((end - at) / MONTH_MS)).fill(0),
	);
	for (let g = 0; g < state.usageUser.length; g++) {
		const u = state.usageUser[g];
		// a charge at the end of a month belongs to it
		const month = Math.max(0, Math.ceil((state.usageAt[g] - state.userSignedUpAt[u]) / MONTH_MS) - 1);
		if (month < months[u].length) months[u][month] += state.usageCents[g];
	}
	const used: number[] = [];
	let [hits, count] = [0, 0];
	for (const sums of months) {
		for (let m = 0; m < sums.length; m++) {
			if (sums[m] === 0) continue;
			used.push(sums[m]);
			if (m + 1 === sums.length) continue;
			count++;
			if (sums[m + 1] === 0) hits++;
		}
	}
	const values =
		used.length === 0 ? [] : Array.from(quantiles(Float64Array.from(used), USAGE_SHARES), Math.floor);
	return { usageMonthlyCents: { values, count: used.length }, monthlyChurn: { hits, count } };
}
