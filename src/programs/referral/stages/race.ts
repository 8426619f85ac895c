import type { ReferralDataset } from '../dataset.ts';
import type { Counted } from './events.ts';

/** How the pool went. */
export interface Race {
	/** what each counted event was paid, in micro-USDC */
	readonly eventAward: readonly bigint[];
	/** the same by referrer */
	readonly award: readonly bigint[];
	readonly remaining: bigint;
	/** the counted event whose award emptied the pool, -1 for none */
	readonly emptiedBy: number;
}

/**
 * Stage 4 of rev-share-limit, first come, first served: each claim gets what is there, in the order of events
 * (spec section 6.3). What is gone is gone.
 */
export function race(
	dataset: ReferralDataset,
	{ event }: Counted,
	claim: readonly bigint[],
	pool: bigint,
): Race {
	const eventAward = new Array<bigint>(claim.length).fill(0n);
	const award = new Array<bigint>(dataset.addresses.length).fill(0n);
	let remaining = pool;
	let emptiedBy = -1;
	for (let k = 0; k < claim.length && remaining > 0n; k++) {
		if (claim[k] === 0n) continue;
		const paid = claim[k] < remaining ? claim[k] : remaining;
		eventAward[k] = paid;
		award[dataset.eventReferrer[event[k]]] += paid;
		remaining -= paid;
		if (remaining === 0n) emptiedBy = k;
	}
	return { eventAward, award, remaining, emptiedBy };
}
