import type { Weights } from '#engine/match/contenders.ts';
import type { DropDataset } from '../dataset.ts';
import type { DropConfig } from '../levers.ts';
import type { Pairs } from './eligibility.ts';
import type { CityMatch } from './gather-city.ts';

/**
 * Integer objective weight of each pair of the input (spec section 7): points, or expected conversions in
 * millionths, or these times the price in cents.
 */
export function objectiveWeights(
	dataset: DropDataset,
	cityMatch: CityMatch,
	pairs: Pairs,
	objective: DropConfig['matching']['objective'],
	affinityOf: (u: number, b: number) => number,
	selectionRate: Float64Array,
	conversionRate: Float64Array,
): Weights {
	const { input, contract, pair, firstUser } = cityMatch;
	if (objective === 'points') return input.points;

	// mean affinity of each contract's eligible users in the city, those below the cutoff included
	const { brand } = dataset.contracts;
	const local = new Int32Array(dataset.contracts.ids.length).fill(-1);
	contract.forEach((c, k) => (local[c] = k));
	const sum = new Float64Array(contract.length);
	const count = new Uint32Array(contract.length);
	const affinity = new Float64Array(pair.length);
	for (let i = 0; i < input.userCount; i++) {
		const u = firstUser + i;
		for (let p = pairs.start[u]; p < pairs.start[u + 1]; p++) {
			const k = local[pairs.contract[p]];
			if (k < 0) continue;
			sum[k] += affinityOf(u, brand[pairs.contract[p]]);
			count[k]++;
		}
		for (let p = input.start[i]; p < input.start[i + 1]; p++) {
			affinity[p] = affinityOf(u, brand[pairs.contract[pair[p]]]);
		}
	}
	return affinity.map((a, p) => {
		const k = input.contract[p];
		const c = contract[k];
		const relative = sum[k] > 0 ? (a * count[k]) / sum[k] : 1;
		const chance = Math.min(1, selectionRate[c] * conversionRate[c] * relative);
		const conversions = Math.floor(1_000_000 * chance + 0.5);
		return objective === 'conversions' ? conversions : conversions * dataset.contracts.priceCents[c];
	});
}
