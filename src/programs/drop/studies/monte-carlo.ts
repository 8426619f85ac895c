import { key32, uniform } from '#engine/random.ts';
import type { DropOutcome } from '../outcome.ts';
import type { DropRun } from '../simulate.ts';
import { rewardCents } from '../stages/reward-factor.ts';
import { forEachUser, type Forecast } from '../stages/forecast.ts';

/** Totals of one Drop that luck decides, by seed. */
export interface LuckyTotals {
	readonly selections: Float64Array;
	readonly sponsoredSelections: Float64Array;
	readonly conversions: Float64Array;
	readonly revenueCents: Float64Array;
	readonly consumerValueCents: Float64Array;
	/** contracts with more conversions than supply */
	readonly over: Float64Array;
	/** selections of each city and each brand: that of member m under seed s stands at `m · seeds + s` */
	readonly citySelections: Float64Array;
	readonly brandSelections: Float64Array;
}

const SELECTION = 4;
const CONVERSION = 5;

/**
 * Plays what users do with the assignments of a run under seeds `firstSeed`, `firstSeed + 1`, … (spec section
 * 9). The assignments stay as they are; only users' luck changes. Two runs on the same seeds meet the same
 * luck, pair by pair. Outstanding tokens convert too, by a draw of their own.
 */
export function playSeeds(
	run: DropRun,
	outcome: DropOutcome,
	expected: Forecast,
	firstSeed: number,
	seedCount: number,
): LuckyTotals {
	const { dataset, supply, asOf } = run;
	const { contracts, users } = dataset;
	const column = () => new Float64Array(seedCount);
	const citySelections = new Float64Array(dataset.cityIds.length * seedCount);
	const brandSelections = new Float64Array(dataset.brandIds.length * seedCount);
	const totals = { selections: column(), sponsoredSelections: column(), conversions: column(), revenueCents: column(), consumerValueCents: column(), over: column(), citySelections, brandSelections }; // prettier-ignore
	const stream = 256 * run.week;
	const value = Float64Array.from(outcome.user, (u, a) =>
		rewardCents(dataset, run.config, users.city[u], outcome.contract[a]),
	);
	const tokenKey = key32('outstanding tokens');

	for (let s = 0; s < seedCount; s++) {
		const seed = (firstSeed + s) >>> 0;
		const converted = Float64Array.from(asOf.conversions);
		for (let c = 0; c < converted.length; c++) {
			for (let t = 0; t < asOf.outstanding[c]; t++) {
				if (uniform(seed, CONVERSION + stream, tokenKey + t, contracts.key[c]) < supply.conversionRate[c])
					converted[c]++;
			}
		}
		forEachUser(outcome, (first, end) => {
			const key = users.key[outcome.user[first]];
			const pick = uniform(seed, SELECTION + stream, key, 0);
			let sum = 0;
			for (let a = first; a < end; a++) {
				sum += expected.selection[a];
				if (pick >= sum) continue;
				const c = outcome.contract[a];
				totals.selections[s]++;
				totals.sponsoredSelections[s] += contracts.isSponsored[c];
				citySelections[users.city[outcome.user[first]] * seedCount + s]++;
				brandSelections[contracts.brand[c] * seedCount + s]++;
				if (uniform(seed, CONVERSION + stream, key, contracts.key[c]) < supply.conversionRate[c]) {
					totals.conversions[s]++;
					totals.revenueCents[s] += contracts.priceCents[c];
					totals.consumerValueCents[s] += value[a];
					converted[c]++;
				}
				break;
			}
		});
		for (let c = 0; c < converted.length; c++) if (converted[c] > contracts.supply[c]) totals.over[s]++;
	}
	return totals;
}
