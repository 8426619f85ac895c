/** One usage of a total that was spread over time. */
export interface SpreadUsage {
	readonly at: number;
	readonly cents: number;
}

/**
 * Spreads a total that came without detail over [from, to) in `parts` usages, each in the middle of its part, cents
 * to the floor of the running share (spec section 15.6). Whole numbers; `parts` ≥ 1.
 */
export function spread(total: number, from: number, to: number, parts: number): SpreadUsage[] {
	return Array.from({ length: parts }, (_, i) => ({
		at: from + Math.floor(((to - from) * (2 * i + 1)) / (2 * parts)),
		cents: Math.floor((total * (i + 1)) / parts) - Math.floor((total * i) / parts),
	}));
}
