import type { Counted } from './events.ts';

/**
 * Stage 5 of rev-share-limit. Referrers on the board by award descending, then duration descending, then address
 * descending (spec section 6.5).
 */
export function rank({ board, duration }: Counted, award: readonly bigint[]): Int32Array {
	return board.slice().sort((a, b) => {
		if (award[a] !== award[b]) return award[a] > award[b] ? -1 : 1;
		return duration[b] - duration[a] || b - a;
	});
}
