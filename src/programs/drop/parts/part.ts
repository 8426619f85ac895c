import { readAsOf, type AsOf } from '../as-of.ts';
import { runCity, type CityRun } from '../city-run.ts';
import type { DropDataset } from '../dataset.ts';
import { cityRatio, type DropConfig } from '../levers.ts';
import { gatherOutcome, type CityOutcome } from '../outcome.ts';
import { prepare } from '../prepare.ts';
import { rankOfGiven } from '../quality.ts';
import type { CityInput } from '../simulate.ts';
import { StageCache } from '../stage-cache.ts';
import type { Supply } from '../stages/supply.ts';
import type { Component } from './cut-components.ts';
import { decidedPart } from './decided-part.ts';
import { cityRow } from './preview-city.ts';
import { sliceDataset } from './slice-dataset.ts';

/** Counts by contract over the whole scenario: what a part of its users cannot count by themselves. */
export type ContractCounts = Pick<
	AsOf,
	| 'conversions'
	| 'outstanding'
	| 'matureAssignments'
	| 'matureSelections'
	| 'settledSelections'
	| 'settledConversions'
>;

/** Some cities of a scenario, with all that is needed to run them elsewhere. Plain data: it can be sent as it is. */
export interface PartInput {
	/** the cities' users alone, as `sliceDataset` gives them */
	readonly dataset: DropDataset;
	/** cities of the part, ascending */
	readonly cities: Uint32Array;
	/** time of the Drop, epoch milliseconds */
	readonly time: number;
	readonly counts: ContractCounts;
}

/** What a run asks of a part. Plain data. */
export interface PartRequest {
	/** with every default filled in */
	readonly config: DropConfig;
	/** what the supply rule allows over all cities */
	readonly supply: Supply;
	/** Drop of a season, from 0 */
	readonly week: number;
}

/** What the cities of a part decided: all that the whole Drop's outcome and report need of them. Plain data. */
export interface PartResult {
	readonly cities: Uint32Array;
	/** columns by assignment: by user id, then slot; users as the part numbers them */
	readonly user: Uint32Array;
	readonly contract: Uint32Array;
	readonly slot: Uint8Array;
	readonly points: Int32Array;
	readonly propensity: Float64Array;
	/** place in its user's ranking of open sponsored contracts, from 1; 0 for growth */
	readonly rank: Uint16Array;
	/** index into `SKIP_REASONS` by user of the part; -1 for served or not considered */
	readonly skipReason: Int8Array;
	/** by city of the part and contract: seats taken, and users who wanted it and did not get it */
	readonly taken: Float64Array;
	readonly waiting: Float64Array;
	/** by city of the part */
	readonly totals: readonly CityOutcome[];
}

/** A part that is open for runs: one `start`, a `decide` for each of its cities in run order, one `finish`; previews between runs. */
export interface OpenPart {
	/** Does all that needs no seats: eligibility, score, ranking. */
	start(request: PartRequest): void;
	/** Runs city y on the seats that the cities before it left; gives those it took, by contract. */
	decide(y: number, seats: Float64Array): Float64Array;
	/** What the part's cities decided; all of them must have been. */
	finish(): PartResult;
	/** The row of city y in the report, by column, as `cityRow` gives it; a run of `request` then finds most of its work done. */
	preview(request: PartRequest, y: number, seats: Float64Array): Map<string, number>;
}

/** The part of a scenario that `cities` make up. */
export function partInput(dataset: DropDataset, asOf: AsOf, cities: Iterable<number>): PartInput {
	const { conversions, outstanding, matureAssignments, matureSelections, settledSelections, settledConversions } = asOf; // prettier-ignore
	const counts = { conversions, outstanding, matureAssignments, matureSelections, settledSelections, settledConversions }; // prettier-ignore
	const own = Uint32Array.from(cities).sort();
	return { dataset: sliceDataset(dataset, own), cities: own, time: asOf.time, counts };
}

/** Opens a part; what its runs have in common is kept from one to the next. */
export function openPart({ dataset, cities, time, counts }: PartInput): OpenPart {
	const cache = new StageCache();
	const asOf: AsOf = { ...readAsOf(dataset, time), ...counts };
	let run: CityInput | null = null;
	let decided: CityRun[] = [];
	const started = () => {
		if (run === null) throw new Error('a part was asked before it was started');
		return run;
	};
	const prepared = ({ config, supply, week }: PartRequest) => {
		// equal settings give equal supply: one object, so that what was worked out from it is found again
		const allowed = cache.reuse('supply', [config.supply], () => supply);
		return prepare(dataset, asOf, allowed, config, cache, week, () => {});
	};
	return {
		start(request) {
			run = prepared(request);
			decided = [];
		},
		decide(y, seats) {
			const { config } = started();
			decided[y] = runCity(started(), y, cityRatio(config, dataset.cityIds[y]), seats, cache);
			return decided[y].taken;
		},
		finish: () => resultOf(started(), cities, decided),
		preview: (request, y, seats) => cityRow(prepared(request), y, seats, cache),
	};
}

/** Runs a component whose cities are those of the part, as one call: the form for a queue or another machine. */
export function runComponent(input: PartInput, request: PartRequest, component: Component): PartResult {
	const part = openPart(input);
	part.start(request);
	const left = component.seats.slice();
	for (const y of component.cities) {
		const taken = part.decide(y, left.slice());
		for (let c = 0; c < left.length; c++) left[c] -= taken[c];
	}
	return part.finish();
}

/** Buffers of a result, to be handed over instead of copied. */
export function buffersOf(result: PartResult): ArrayBufferLike[] {
	const columns = [result.cities, result.user, result.contract, result.slot, result.points, result.propensity, result.rank, result.skipReason, result.taken, result.waiting]; // prettier-ignore
	return columns.map((column) => column.buffer);
}

function resultOf(input: CityInput, own: Uint32Array, decided: readonly CityRun[]): PartResult {
	const { dataset } = input;
	const run = decidedPart(input, own, decided);
	const outcome = gatherOutcome(run);
	const { rank, waiting } = rankOfGiven(run, outcome);

	const contractCount = dataset.contracts.ids.length;
	const ofCities = (columnOf: (y: number) => Float64Array) => {
		const column = new Float64Array(own.length * contractCount);
		own.forEach((y, i) => column.set(columnOf(y), i * contractCount));
		return column;
	};
	return {
		cities: own.slice(),
		user: outcome.user,
		contract: outcome.contract,
		slot: outcome.slot,
		points: outcome.points,
		propensity: outcome.propensity,
		rank,
		skipReason: outcome.skipReason,
		taken: ofCities((y) => decided[y].taken),
		waiting: ofCities((y) => waiting.subarray(y * contractCount, (y + 1) * contractCount)),
		totals: Array.from(own, (y) => outcome.cities[y]),
	};
}
