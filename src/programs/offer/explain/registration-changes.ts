import type { Explanation } from '../../report.ts';
import { ACTIVE, CAP_REACHED, EXPIRED, REFERRAL, type OfferEvent } from '../events.ts';
import type { OfferConfig } from '../levers.ts';
import type { OfferRun } from '../run.ts';
import { simulate } from '../simulate.ts';
import { customerTime, instantText } from '../time.ts';

type Change = Explanation['changes'][number];

/**
 * Least changes under which registration `u` would have got another offer: with or without a link, one place more
 * than were taken, an end just after it. Each is confirmed by replaying the timeline up to the registration.
 */
export function changesFor(run: OfferRun, u: number): Change[] {
	const { state } = run.outcome;
	const changes: Change[] = [];
	const at = state.userSignedUpAt[u];
	const id = state.userId[u];

	if (state.userReferrer[u] >= 0) {
		const got = offerAfter(run, u, (event) => (isSignup(event, id) ? { ...event, referrer: null } : event));
		if (got !== offerName(run, u))
			changes.push({ sentence: `Without the link ${id} would have got ${got}.` });
	} else if (u > 0) {
		const referrer = state.userId[0];
		const got = offerAfter(run, u, (event) => (isSignup(event, id) ? { ...event, referrer } : event));
		if (got !== offerName(run, u)) changes.push({ sentence: `With a link ${id} would have got ${got}.` });
	}

	const missed = missedOffer(run, u);
	if (missed === null) return changes;
	const missedId = state.offerId[missed];
	if (state.offerEndReason[missed] === CAP_REACHED) {
		const cap = leastCap(run, u, missed);
		const got = offerAfter(run, u, (event) => (isCreate(event, missedId) ? { ...event, cap } : event));
		if (got === missedId) {
			const sentence = `With a cap of ${cap} instead of ${state.offerCap[missed]}, ${id} would have got ${missedId}.`;
			changes.push({ sentence, ...planChange(run.config, missedId, { redeemableCap: cap }) });
		}
	}
	if (state.offerEndReason[missed] === EXPIRED) {
		const expiresAt = at + 1;
		const got = offerAfter(run, u, (event) => (isCreate(event, missedId) ? { ...event, expiresAt } : event));
		if (got === missedId) {
			const sentence = `Had ${missedId} ended after ${customerTime(at)}, ${id} would have got it.`;
			changes.push({ sentence, ...planChange(run.config, missedId, { expiresAt: instantText(expiresAt) }) });
		}
	}
	return changes;
}

/** The last active referral offer that was gone when `u` came with a link, or null. */
function missedOffer({ outcome: { state } }: OfferRun, u: number): number | null {
	if (state.userIsFallback[u] === 0) return null;
	let missed: number | null = null;
	for (let o = 0; o < state.offerId.length; o++) {
		const isActive = state.offerType[o] === REFERRAL && state.offerPlace[o] === ACTIVE;
		if (isActive && state.offerEndedAt[o] >= 0 && state.offerEndedAt[o] <= state.userSignedUpAt[u])
			missed = o;
	}
	return missed;
}

/** The places taken, and one for each later registration with a link that found none, up to `u`. */
function leastCap({ outcome: { state } }: OfferRun, u: number, missed: number): number {
	let cap = state.offerRedeemed[missed];
	const last = state.userOffer.lastIndexOf(missed);
	for (let v = last + 1; v <= u; v++) cap += state.userIsFallback[v];
	return cap;
}

/** Name of the offer that `u` gets when each event up to the registration is first put through `change`. */
function offerAfter(run: OfferRun, u: number, change: (event: OfferEvent) => OfferEvent): string {
	const { state, start } = run.outcome;
	const at = state.userSignedUpAt[u];
	const events = run.events.filter((event) => event.at <= at).map(change);
	const eventIndex = events.map((_, e) => e);
	const dataset = { start, end: at, events, eventIndex, refusedIndex: [], refusedCode: [], probes: [] };
	const again = simulate(dataset, state.rules).state;
	const v = again.userByName.get(state.userId[u]);
	return v === undefined ? 'nothing' : (again.offerId[again.userOffer[v]] ?? 'no offer');
}

function offerName({ outcome: { state } }: OfferRun, u: number): string {
	return state.offerId[state.userOffer[u]] ?? 'no offer';
}

function isSignup(event: OfferEvent, user: string): event is OfferEvent & { readonly kind: 'SIGNUP' } {
	return event.kind === 'SIGNUP' && event.user === user;
}

function isCreate(event: OfferEvent, offer: string): event is OfferEvent & { readonly kind: 'OFFER_CREATE' } {
	return event.kind === 'OFFER_CREATE' && event.offer === offer;
}

/** The same change as a lever, where the offer is one of the plan's. */
function planChange(config: OfferConfig, offer: string, change: object): Pick<Change, 'path' | 'value'> {
	const isPlanned = config.mode !== 'replay' && config.plan.some((each) => each.offer === offer);
	if (!isPlanned) return {};
	return {
		path: 'plan',
		value: config.plan.map((each) => (each.offer === offer ? { ...each, ...change } : each)),
	};
}
