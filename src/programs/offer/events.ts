/** Events of the timeline after reading: fields checked, instants in epoch milliseconds (spec section 9). */

export const OFFER_TYPES = ['FREE_CREDIT', 'REFERRAL'] as const;
export const OFFER_STATUSES = ['ACTIVE', 'DEFAULT', 'DONE'] as const;
export const END_REASONS = ['REPLACED', 'STOPPED', 'EXPIRED', 'CAP_REACHED'] as const;
export const CREDIT_KINDS = ['FREE_TIER', 'INVITEE', 'AWARD'] as const;
export const INVOICE_STATES = ['OPEN', 'PAID', 'SETTLED', 'VOID'] as const;

/** Indexes into the lists above: what the columns of a state hold. */
export const FREE_CREDIT = 0;
export const REFERRAL = 1;
export const ACTIVE = 0;
export const DEFAULT = 1;
export const DONE = 2;
export const REPLACED = 0;
export const STOPPED = 1;
export const EXPIRED = 2;
export const CAP_REACHED = 3;
export const FREE_TIER = 0;
export const INVITEE = 1;
export const AWARD = 2;
export const OPEN = 0;
export const PAID = 1;
export const SETTLED = 2;
export const VOID = 3;

export const EVENT_KINDS = [
	'OFFER_CREATE', 'OFFER_STOP', 'SIGNUP', 'INVITE_SENT', 'PROJECT_CREATE', 'USAGE', 'INVOICE_ISSUE', 'INVOICE_PAY', 'INVOICE_FAIL', 'INVOICE_VOID',
] as const; // prettier-ignore

export type EventKind = (typeof EVENT_KINDS)[number];

/** What an offer is created with. Durations are whole days, 0 where the matching amount is 0 and none was given. */
export interface OfferTerms {
	readonly offer: string;
	/** `FREE_CREDIT` or `REFERRAL` */
	readonly type: number;
	/** `ACTIVE` or `DEFAULT` */
	readonly status: number;
	readonly inviteeCents: number;
	readonly inviteeDays: number;
	readonly awardCents: number;
	readonly awardDays: number;
	/** most redemptions, -1 for no cap */
	readonly cap: number;
	/** -1 for never */
	readonly expiresAt: number;
}

export type OfferEvent =
	| ({ readonly kind: 'OFFER_CREATE'; readonly at: number } & OfferTerms)
	| { readonly kind: 'OFFER_STOP'; readonly at: number; readonly offer: string }
	| { readonly kind: 'SIGNUP'; readonly at: number; readonly user: string; readonly referrer: string | null }
	| { readonly kind: 'INVITE_SENT'; readonly at: number; readonly user: string; readonly count: number }
	| { readonly kind: 'PROJECT_CREATE'; readonly at: number; readonly project: string; readonly user: string }
	| {
			readonly kind: 'USAGE';
			readonly at: number;
			readonly user: string;
			readonly project: string;
			readonly cents: number;
	  }
	| { readonly kind: 'INVOICE_ISSUE'; readonly at: number; readonly invoice: string; readonly user: string }
	| {
			readonly kind: 'INVOICE_PAY' | 'INVOICE_FAIL' | 'INVOICE_VOID';
			readonly at: number;
			readonly invoice: string;
	  };

/** Why an event is refused, in the order of spec section 9. */
export const REFUSAL_CODES = [
	'MALFORMED_EVENT', 'UNKNOWN_EVENT', 'INVALID_TIME', 'OUT_OF_RANGE', 'INVALID_ID', 'INVALID_TYPE', 'INVALID_STATUS', 'INVALID_AMOUNT',
	'INVALID_DURATION', 'INVALID_CAP', 'INVALID_COUNT', 'AWARD_NOT_ALLOWED', 'CAP_NOT_ALLOWED', 'EXPIRY_NOT_ALLOWED', 'OFFER_ALREADY_EXPIRED',
	'DUPLICATE_OFFER', 'UNKNOWN_OFFER', 'OFFER_NOT_ACTIVE', 'DEFAULT_CANNOT_STOP', 'DUPLICATE_USER', 'SELF_REFERRAL', 'UNKNOWN_REFERRER',
	'UNKNOWN_USER', 'DUPLICATE_PROJECT', 'UNKNOWN_PROJECT', 'DUPLICATE_INVOICE', 'UNKNOWN_INVOICE', 'INVOICE_NOT_OPEN',
] as const; // prettier-ignore

export type RefusalCode = (typeof REFUSAL_CODES)[number];
