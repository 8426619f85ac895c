import type { CityDecision, CityRun } from '../city-run.ts';
import type { DecidedRun } from '../outcome.ts';
import type { CityInput } from '../simulate.ts';

/** A run of which the cities `own` alone are decided; the others decided nothing. */
export function decidedPart(
	input: CityInput,
	own: Iterable<number>,
	decided: readonly CityRun[],
): DecidedRun {
	const { dataset, pairs } = input;
	const isAbove = new Uint8Array(pairs.contract.length);
	for (const y of own) isAbove.set(decided[y].isAbove, pairs.start[dataset.cityUserStart[y]]);
	return { ...input, isAbove, cities: dataset.cityIds.map((_, y) => decided[y] ?? NO_CITY) };
}

/** Stands for a city that is run elsewhere, or later: known by having no seats, not even none of each contract. */
const NO_CITY: CityDecision = {
	seats: new Float64Array(0),
	taken: new Float64Array(0),
	sponsored: { matching: null, blockingCount: 0 },
	assigned: {
		pair: new Uint32Array(0),
		contract: new Uint32Array(0),
		points: new Int32Array(0),
		heldCount: new Uint8Array(0),
		isOut: new Uint8Array(0),
		taken: new Float64Array(0),
	},
	growth: {
		pair: new Uint32Array(0),
		contract: new Uint32Array(0),
		user: new Uint32Array(0),
		points: new Int32Array(0),
		propensity: new Float64Array(0),
	},
};
