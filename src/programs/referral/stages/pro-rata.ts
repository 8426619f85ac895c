import { least } from '../money.ts';

/**
 * Stage 4 of rev-share-limit when it is settled at the end: every qualified referrer gets what it is entitled
 * to, or where that exceeds the pool the same part of it, rounded down (spec section 12). Entitled is the
 * uncapped award, at most `most`. Micro-USDC per referrer.
 */
export function proRata(
	isQualified: Uint8Array,
	uncapped: readonly bigint[],
	pool: bigint,
	most: bigint | null,
): bigint[] {
	const entitled = uncapped.map((amount, r) =>
		isQualified[r] === 0 ? 0n : most === null ? amount : least(amount, most),
	);
	let sum = 0n;
	for (const amount of entitled) sum += amount;
	return sum > pool ? entitled.map((amount) => (pool * amount) / sum) : entitled;
}
