import { DAY_MS } from '../instant.ts';
import { applyEvent } from './apply-event.ts';
import { AWARD, type OfferEvent } from './events.ts';
import type { OfferRules } from './rules.ts';
import { expire } from './stages/expire.ts';
import { makeState, userAvailable, type OfferState } from './state.ts';
import { instantText } from './time.ts';

/** When lifecycle mail would go out. */
export interface FeedOptions {
	/** credit is low below this part of what the live credits came with */
	readonly lowShare: number;
	/** days before an end at which credit counts as ending soon */
	readonly soonDays: number;
}

/** One call of the feed. */
export interface FeedCall {
	readonly at: number;
	readonly user: string;
	readonly call: 'identify' | 'track';
	/** empty for `identify` */
	readonly event: string;
	readonly properties: Readonly<Record<string, string | number | boolean | null>>;
}

type Properties = FeedCall['properties'];

/**
 * The run as `identify` and `track` calls, for rehearsing lifecycle mail: in order of instants, of one instant in
 * the order things happened. Accounts in `doNotTrack` are left out, as the caller of a call and as a name inside
 * the calls of others.
 */
export function feedOf(
	events: readonly OfferEvent[],
	frame: { readonly start: number; readonly end: number; readonly rules: OfferRules },
	doNotTrack: ReadonlySet<string>,
	options: FeedOptions,
): FeedCall[] {
	const state = makeState(frame.rules, frame.start);
	const calls: FeedCall[] = [];
	const isLow = new Set<number>();
	const nameOf = (u: number) => (doNotTrack.has(state.userId[u]) ? null : state.userId[u]);
	const add = (at: number, u: number, event: string, properties: Properties) => {
		const user = nameOf(u);
		if (user !== null) calls.push({ at, user, call: event === '' ? 'identify' : 'track', event, properties });
	};

	const order = Array.from(events, (_, e) => e).sort((a, b) => events[a].at - events[b].at || a - b);
	for (const e of order) {
		const event = events[e];
		const creditCount = state.creditOwner.length;
		expire(state, event.at);
		if (applyEvent(state, event) !== null) continue;
		tell(state, event, add, nameOf, isLow, options);
		for (let c = creditCount; c < state.creditOwner.length; c++) {
			const isAward = state.creditKind[c] === AWARD;
			isLow.delete(state.creditOwner[c]);
			add(event.at, state.creditOwner[c], isAward ? 'Award Granted' : 'Credits Granted', {
				cents: state.creditEarnedCents[c],
				expiresAt: instantText(state.creditExpiresAt[c]),
				offer: state.offerId[state.creditOffer[c]],
				...(isAward ? { invitee: nameOf(state.creditAttributed[c]) } : {}),
			});
		}
	}
	expire(state, frame.end);
	tellEnds(state, add, options);
	return calls
		.map((call, n) => ({ call, n }))
		.sort((a, b) => a.call.at - b.call.at || a.n - b.n)
		.map(({ call }) => call);
}

/** The calls as JSON Lines, one text per call; message ids number the calls from 1. */
export function feedLines(calls: readonly FeedCall[]): string[] {
	return calls.map(({ at, user, call, event, properties }, n) =>
		JSON.stringify({
			messageId: `offer-${n + 1}`,
			type: call,
			userId: user,
			...(call === 'track' ? { event } : {}),
			timestamp: instantText(at),
			[call === 'track' ? 'properties' : 'traits']: properties,
		}),
	);
}

type Add = (at: number, u: number, event: string, properties: Properties) => void;

function tell(
	state: OfferState,
	event: OfferEvent,
	add: Add,
	nameOf: (u: number) => string | null,
	isLow: Set<number>,
	options: FeedOptions,
): void {
	// prettier-ignore
	const { at } = event;
	switch (event.kind) {
		case 'SIGNUP': {
			const u = state.userId.length - 1;
			const referrer = state.userReferrer[u];
			const offer = state.offerId[state.userOffer[u]] ?? null;
			add(at, u, '', { createdAt: instantText(at), offer, isReferred: referrer >= 0 });
			add(at, u, 'Account Created', { offer, isFallback: state.userIsFallback[u] === 1 });
			if (referrer >= 0) add(at, referrer, 'Referral Redeemed', { invitee: nameOf(u), offer });
			return;
		}
		case 'INVITE_SENT':
			add(at, state.userByName.get(event.user)!, 'Referral Sent', { count: event.count });
			return;
		case 'USAGE': {
			const u = state.userByName.get(event.user)!;
			const g = state.usageUser.length - 1;
			if (event.cents === 0 || state.usageCoveredCents[g] === 0) return;
			const available = userAvailable(state, u);
			const given = liveEarned(state, u);
			if (available === 0) add(at, u, 'Credits Used Up', { cents: state.usageCoveredCents[g] });
			else if (available < given * options.lowShare && !isLow.has(u)) {
				isLow.add(u);
				add(at, u, 'Low Credits', { availableCents: available });
			}
			return;
		}
		case 'INVOICE_ISSUE': {
			const i = state.invoiceId.length - 1;
			const [grossCents, creditCents] = [state.invoiceGrossCents[i], state.invoiceCreditCents[i]];
			add(at, state.invoiceUser[i], 'Invoice Issued', {
				invoice: event.invoice,
				grossCents,
				creditCents,
				dueCents: grossCents - creditCents,
			});
			return;
		}
		case 'INVOICE_PAY':
		case 'INVOICE_FAIL': {
			const i = state.invoiceByName.get(event.invoice)!;
			const name = event.kind === 'INVOICE_PAY' ? 'Invoice Paid' : 'Payment Failed';
			add(at, state.invoiceUser[i], name, { invoice: event.invoice });
			return;
		}
		case 'OFFER_CREATE':
		case 'OFFER_STOP':
		case 'PROJECT_CREATE':
		case 'INVOICE_VOID':
			return;
	}
}

/** What the credits of a user that have something left came with. */
function liveEarned(state: OfferState, u: number): number {
	let sum = 0;
	for (const c of state.userCredits[u])
		if (state.creditExpiresAt[c] > state.clock) sum += state.creditEarnedCents[c];
	return sum;
}

/** Ends of credits that came with something left, and the warnings before them. */
function tellEnds(state: OfferState, add: Add, options: FeedOptions): void {
	const lead = options.soonDays * DAY_MS;
	const leftBefore = Float64Array.from(state.creditEarnedCents);
	for (let d = 0; d < state.drawCredit.length; d++) {
		const c = state.drawCredit[d];
		if (state.usageAt[state.drawUsage[d]] < state.creditExpiresAt[c] - lead)
			leftBefore[c] -= state.drawCents[d];
	}
	for (let c = 0; c < state.creditOwner.length; c++) {
		const warnAt = state.creditExpiresAt[c] - lead;
		if (leftBefore[c] > 0 && warnAt > state.creditCreatedAt[c] && warnAt <= state.clock) {
			const expiresAt = instantText(state.creditExpiresAt[c]);
			add(warnAt, state.creditOwner[c], 'Credits Expiring Soon', { cents: leftBefore[c], expiresAt });
		}
		if (state.creditExpiredCents[c] === 0) continue;
		add(state.creditExpiresAt[c], state.creditOwner[c], 'Credits Expired', {
			cents: state.creditExpiredCents[c],
		});
	}
}
