import { describe, expect, it } from 'vitest';
import { readAsOf } from '#programs/drop/as-of.ts';
import { eligibility } from '#programs/drop/stages/eligibility.ts';
import { gatherCity } from '#programs/drop/stages/gather-city.ts';
import { listOpenPairs, offeredContracts } from '#programs/drop/stages/open-pairs.ts';
import { objectiveWeights } from '#programs/drop/stages/objective-weights.ts';
import { handMarket, userRow } from '../hand-market.ts';
import { configOf, contractRow, datasetOf } from '../marketplace.ts';

const dataset = datasetOf(
	handMarket({
		user: [userRow('u1'), userRow('u2')],
		contract: [contractRow('ka', 'a', { price_cents: 1200 })],
	}),
);
const pairs = eligibility(dataset, readAsOf(dataset, dataset.now));
const points = Int32Array.of(300, 200);
const seats = Float64Array.of(9);
const open = listOpenPairs(dataset, 0, pairs, null, offeredContracts(dataset, true, seats));
const city = gatherCity(dataset, open, { points, brandPoints: points }, seats, configOf(), 1);

function weightsOf(
	objective: 'points' | 'conversions' | 'revenue',
	affinity: number[],
	rate = 0.3,
): number[] {
	const affinityOf = (u: number) => affinity[u];
	return [
		...objectiveWeights(
			dataset,
			city,
			pairs,
			objective,
			affinityOf,
			Float64Array.of(rate),
			Float64Array.of(0.5),
		),
	];
}

describe('objectiveWeights', () => {
	it('are the points, or expected conversions in millionths, or these times the price', () => {
		expect(weightsOf('points', [0.2, 0.6])).toEqual([300, 200]);
		// mean affinity 0.4: 0.15 · 0.5 and 0.15 · 1.5
		expect(weightsOf('conversions', [0.2, 0.6])).toEqual([75_000, 225_000]);
		expect(weightsOf('revenue', [0.2, 0.6])).toEqual([90_000_000, 270_000_000]);
	});

	it('go no higher than certainty, and take everybody alike where nobody has an affinity', () => {
		expect(weightsOf('conversions', [0, 1], 1)).toEqual([0, 1_000_000]);
		expect(weightsOf('conversions', [0, 0])).toEqual([150_000, 150_000]);
	});
});
