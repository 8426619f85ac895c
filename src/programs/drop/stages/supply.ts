import { largestSafeCount } from '#engine/stats/binomial.ts';
import { DAY_MS } from '../../instant.ts';
import type { AsOf } from '../as-of.ts';
import type { DropContracts } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';

/** What a contract's supply allows this Drop, and the rates behind it (spec section 6). Columns by contract. */
export interface Supply {
	/** assignments allowed, over all its cities */
	readonly seats: Float64Array;
	/** P(select | assigned) and P(convert | selected) */
	readonly selectionRate: Float64Array;
	readonly conversionRate: Float64Array;
}

/** Stands for "no limit" where a rate of 0 makes one impossible: more than any scenario has users. */
export const UNLIMITED_SEATS = 1_000_000_000;

const WEEK_MS = 7 * DAY_MS;

/**
 * Stage 1. Turns each contract's supply into the assignments it allows now. A contract whose conversions have
 * reached its supply gets none, whatever the levers.
 */
export function supply(contracts: DropContracts, asOf: AsOf, config: DropConfig['supply']): Supply {
	const count = contracts.ids.length;
	const seats = new Float64Array(count);
	const selectionRate = rates(
		contracts.isSponsored,
		asOf.matureSelections,
		asOf.matureAssignments,
		config,
		config.selectionRate,
	);
	const conversionRate = rates(
		contracts.isSponsored,
		asOf.settledConversions,
		asOf.settledSelections,
		config,
		config.conversionRate,
	);

	for (let c = 0; c < count; c++) {
		if (asOf.conversions[c] >= contracts.supply[c]) continue;
		const allowed = allowedByRule(c, contracts, asOf, config, selectionRate[c], conversionRate[c]);
		seats[c] = config.pacing === 'even' ? paced(allowed, contracts.endsAt[c] - asOf.time) : allowed;
	}
	return { seats, selectionRate, conversionRate };
}

function allowedByRule(
	c: number,
	contracts: DropContracts,
	asOf: AsOf,
	config: DropConfig['supply'],
	selectionRate: number,
	conversionRate: number,
): number {
	const left = contracts.supply[c] - asOf.conversions[c];
	if (config.mode === 'none') return left;
	const rate = selectionRate * conversionRate;
	if (config.mode === 'target') {
		const room =
			config.target * contracts.supply[c] - asOf.conversions[c] - asOf.outstanding[c] * conversionRate;
		if (room <= 0) return 0;
		return rate > 0 ? Math.min(UNLIMITED_SEATS, Math.floor(room / rate)) : UNLIMITED_SEATS;
	}
	if (rate === 0) return UNLIMITED_SEATS;
	return largestSafeCount({
		supply: contracts.supply[c],
		conversions: asOf.conversions[c],
		outstanding: asOf.outstanding[c],
		convertRate: conversionRate,
		assignRate: rate,
		risk: config.risk,
	});
}

/** An even part for each weekly Drop left before the end, this one included; at least 1 of what there is. */
function paced(allowed: number, timeLeft: number): number {
	const dropsLeft = Math.max(1, Math.ceil(timeLeft / WEEK_MS));
	return allowed >= 1 ? Math.max(1, Math.floor(allowed / dropsLeft)) : 0;
}

/** Rates by contract: history beside pseudo-observations of the ratio pooled over contracts of its kind. */
function rates(
	isSponsored: Uint8Array,
	hits: Float64Array,
	trials: Float64Array,
	config: DropConfig['supply'],
	fixed: number,
): Float64Array {
	const rate = new Float64Array(trials.length).fill(fixed);
	if (config.estimate === 'fixed') return rate;

	for (let kind = 0; kind < 2; kind++) {
		let hitSum = 0;
		let trialSum = 0;
		for (let c = 0; c < trials.length; c++) {
			if (isSponsored[c] !== kind) continue;
			hitSum += hits[c];
			trialSum += trials[c];
		}
		const pooled = trialSum > 0 ? hitSum / trialSum : fixed;
		const weight = config.pseudoObservations;
		for (let c = 0; c < trials.length; c++) {
			if (isSponsored[c] !== kind) continue;
			rate[c] = weight + trials[c] > 0 ? (weight * pooled + hits[c]) / (weight + trials[c]) : pooled;
		}
	}
	return rate;
}
