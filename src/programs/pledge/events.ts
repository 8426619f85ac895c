/** The kinds of events, refusals and notices of the specification, as the small numbers that columns hold. */

/** Event types (spec section 4); a column holds the index. */
export const EVENT_TYPES = [
	'join',
	'pledge',
	'unpledge',
	'setLimit',
	'leave',
	'monthEnd',
	'tick',
	'wish',
	'unwish',
] as const;

export const JOIN = 0;
export const PLEDGE = 1;
export const UNPLEDGE = 2;
export const SET_LIMIT = 3;
export const LEAVE = 4;
export const MONTH_END = 5;
export const TICK = 6;
export const WISH = 7;
export const UNWISH = 8;

/** Why an event was refused (spec section 4); a column holds the index. */
export const REFUSALS = [
	'patron-exists',
	'limit-too-low',
	'unknown-patron',
	'unknown-project',
	'patron-left',
	'already-pledged',
	'over-own-limit',
	'would-overrun-others',
	'not-pledged',
	'limit-below-match',
	'wishlist-off',
	'already-wished',
	'not-wished',
] as const;

/** What an accepted event is judged as. */
export const ACCEPTED = -1;
export const PATRON_EXISTS = 0;
export const LIMIT_TOO_LOW = 1;
export const UNKNOWN_PATRON = 2;
export const UNKNOWN_PROJECT = 3;
export const PATRON_LEFT = 4;
export const ALREADY_PLEDGED = 5;
export const OVER_OWN_LIMIT = 6;
export const WOULD_OVERRUN_OTHERS = 7;
export const NOT_PLEDGED = 8;
export const LIMIT_BELOW_MATCH = 9;
export const WISHLIST_OFF = 10;
export const ALREADY_WISHED = 11;
export const NOT_WISHED = 12;

/** Kinds of log rows (spec section 8); a column holds the index. */
export const LOG_KINDS = [
	'warning',
	'overLimit',
	'autoDrop',
	'suspended',
	'expired',
	'reinstated',
	'overBudget',
	'monthEndDrop',
] as const;

export const WARNING = 0;
export const OVER_LIMIT = 1;
export const AUTO_DROP = 2;
export const SUSPENDED_NOTE = 3;
export const EXPIRED = 4;
export const REINSTATED = 5;
export const OVER_BUDGET_NOTE = 6;
export const MONTH_END_DROP = 7;

/** States of a pledge (spec section 2); a column holds the index. */
export const PLEDGE_STATES = ['none', 'active', 'suspended', 'overBudget'] as const;

export const NONE = 0;
export const ACTIVE = 1;
export const SUSPENDED = 2;
export const OVER_BUDGET = 3;

/** Why a project is on a wish list (spec section 14); a column holds the index. */
export const WISH_REASONS = ['', 'auto', 'manual', 'wish'] as const;

export const NOT_LISTED = 0;
export const WISHED_AUTO = 1;
export const WISHED_MANUAL = 2;
export const WISHED = 3;

/** The channels of a log row, joined by `+`; a return is silent except under `suspend`. */
export function channelsOf(kind: number, policy: string): string {
	switch (kind) {
		case WARNING:
		case OVER_LIMIT:
			return 'email+site';
		case OVER_BUDGET_NOTE:
			return 'dashboard';
		case REINSTATED:
			return policy === 'suspend' ? 'email+dashboard' : '';
		default:
			return 'email+dashboard';
	}
}
