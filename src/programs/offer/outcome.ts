import { checkCredits } from './check-credits.ts';
import { checkInvoices } from './check-invoices.ts';
import { checkOffers } from './check-offers.ts';
import type { RefusalCode } from './events.ts';
import type { OfferState } from './state.ts';

/** What a probe read; offers are indexes, -1 for none; a user who had not registered has null. */
export interface ProbeReading {
	readonly at: number;
	readonly withoutLink: number;
	readonly withLink: number;
	readonly earnedCents: number;
	readonly usedCents: number;
	readonly expiredCents: number;
	readonly users: readonly string[];
	readonly availableCents: readonly (number | null)[];
}

/** A timeline replayed, or grown and replayed, to its end. */
export interface OfferOutcome {
	readonly start: number;
	readonly end: number;
	readonly state: Readonly<OfferState>;
	/** refused events by position in the file */
	readonly refused: readonly { readonly index: number; readonly code: RefusalCode }[];
	/** in the order asked */
	readonly probes: readonly ProbeReading[];
}

/** The promises of spec section 13, as the lights of a report name them. */
export const INVARIANTS = {
	conservation: 'Credit is conserved: earned = used + expired + available, for every credit, user and in all',
	expiry: 'A credit is gone exactly at its end, and not before',
	spending: 'Every charge drew on the credit that ends soonest, and on all it could',
	terms: 'Every credit has the amount and life of the offer that was redeemed',
	oneCredit: 'Nobody has two sign-up credits, no invitee brought two awards',
	caps: 'No offer was redeemed more often than its cap allows',
	ruleOfFour: 'At most one active and one default offer of each type at any instant',
	redemptions: 'Every registration redeemed the first offer of its chain, once',
	invoices: 'Every invoice bills the usage since the last one, in full',
	awards: 'Awards came with the invoice that qualifies, and only then',
} as const;

export type Invariant = keyof typeof INVARIANTS;

/** An invariant that does not hold, and where. */
export interface Violation {
	readonly invariant: Invariant;
	readonly found: string;
}

/** Collects violations; all of an invariant are counted, the first few kept. */
export type Judge = (invariant: Invariant, holds: boolean, found: () => string) => void;

const MOST_KEPT = 20;

/**
 * Tests the invariants of spec section 13 against a state at its clock, by its own arithmetic: sums are added up
 * again from draws, charges and invoices, and every charge is drawn again credit by credit. Gives the first
 * violations found, none for a sound state. About the cost of a replay.
 *
 * @invariant every entry of `INVARIANTS`
 */
export function checkOutcome(state: Readonly<OfferState>): Violation[] {
	const violations: Violation[] = [];
	const judge: Judge = (invariant, holds, found) => {
		if (!holds && violations.length < MOST_KEPT) violations.push({ invariant, found: found() });
	};
	checkCredits(state, judge);
	checkOffers(state, judge);
	checkInvoices(state, judge);
	return violations;
}
