import { OFFER_STATUSES, OFFER_TYPES, type OfferEvent } from './events.ts';
import type { OfferRules } from './rules.ts';
import { instantText } from './time.ts';

/** What frames a timeline. */
export interface TimelineFrame {
	readonly start: number;
	readonly end: number;
	readonly rules: OfferRules;
}

/** A timeline as the scenario of spec section 10, in plain JSON: what `readScenario` reads back. */
export function timelineOf(frame: TimelineFrame, events: readonly OfferEvent[]): unknown {
	return {
		start: instantText(frame.start),
		end: instantText(frame.end),
		rules: frame.rules,
		events: events.map(eventFields),
	};
}

/** An event with the field names and words of spec section 9; absent fields are left out. */
export function eventFields(event: OfferEvent): Readonly<Record<string, string | number>> {
	const { kind } = event;
	const at = instantText(event.at) ?? '';
	switch (event.kind) {
		case 'OFFER_CREATE':
			return {
				kind,
				at,
				offer: event.offer,
				type: OFFER_TYPES[event.type],
				status: OFFER_STATUSES[event.status],
				inviteeCents: event.inviteeCents,
				...(event.inviteeDays > 0 ? { inviteeDurationDays: event.inviteeDays } : {}),
				...(event.awardCents > 0 ? { awardCents: event.awardCents } : {}),
				...(event.awardDays > 0 ? { awardDurationDays: event.awardDays } : {}),
				...(event.cap >= 0 ? { redeemableCap: event.cap } : {}),
				...(event.expiresAt >= 0 ? { expiresAt: instantText(event.expiresAt) ?? '' } : {}),
			};
		case 'OFFER_STOP':
			return { kind, at, offer: event.offer };
		case 'SIGNUP':
			return event.referrer === null
				? { kind, at, user: event.user }
				: { kind, at, user: event.user, referrer: event.referrer };
		case 'INVITE_SENT':
			return { kind, at, user: event.user, count: event.count };
		case 'PROJECT_CREATE':
			return { kind, at, project: event.project, user: event.user };
		case 'USAGE':
			return { kind, at, user: event.user, project: event.project, cents: event.cents };
		case 'INVOICE_ISSUE':
			return { kind, at, invoice: event.invoice, user: event.user };
		case 'INVOICE_PAY':
		case 'INVOICE_FAIL':
		case 'INVOICE_VOID':
			return { kind, at, invoice: event.invoice };
	}
}
