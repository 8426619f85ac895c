import type { Counted } from './events.ts';

/**
 * Stage 2 of pie-split. Referrers on the board in rank order: not disqualified ones first, then duration
 * descending, then address descending, so that the greater address wins a tie (spec sections 5 and 12).
 */
export function standings({ board, duration }: Counted, isDisqualified: Uint8Array): Int32Array {
	return board
		.slice()
		.sort((a, b) => isDisqualified[a] - isDisqualified[b] || duration[b] - duration[a] || b - a);
}
