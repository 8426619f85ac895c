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
