import type { OfferEvent, RefusalCode } from './events.ts';

/** A moment to read the state at, after every event at or before it. */
export interface OfferProbe {
	readonly at: number;
	readonly users: readonly string[];
}

/** A timeline, read and checked as far as that needs no state. */
export interface OfferDataset {
	readonly start: number;
	readonly end: number;
	/** events in the order of the file */
	readonly events: readonly OfferEvent[];
	/** position in the file of each event */
	readonly eventIndex: readonly number[];
	/** positions of events that could not be read, ascending, and why */
	readonly refusedIndex: readonly number[];
	readonly refusedCode: readonly RefusalCode[];
	readonly probes: readonly OfferProbe[];
}
