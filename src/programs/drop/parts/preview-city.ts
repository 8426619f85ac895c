import { canonicalJson } from '../../hash.ts';
import { pathPart } from '../../levers.ts';
import type { GroupPreview } from '../../report.ts';
import { runCity } from '../city-run.ts';
import type { DropDataset } from '../dataset.ts';
import { cityRatio, type DropConfig } from '../levers.ts';
import { measure } from '../measure.ts';
import { gatherOutcome, type RunFacts } from '../outcome.ts';
import { prepare } from '../prepare.ts';
import { rankOfGiven } from '../quality.ts';
import type { CityInput } from '../simulate.ts';
import type { StageCache } from '../stage-cache.ts';
import { decidedPart } from './decided-part.ts';

/** Runs remembered: a person turns the levers of a few cities at a time. */
const KEPT = 4;

type KnownRun = Pick<RunFacts, 'asOf' | 'supply' | 'config'>;

interface RememberedRun {
	readonly run: KnownRun;
	/** by city */
	readonly seats: readonly Float64Array[];
}

/** What a preview is worked out from. */
export interface KnownCity {
	/** city, and its id */
	readonly y: number;
	readonly id: string;
	/** an earlier run that differs in this city's levers alone */
	readonly run: KnownRun;
	/** the seats that the cities before it left */
	readonly seats: Float64Array;
}

/**
 * Runs one city ahead of the others. A lever of a city changes nothing for the larger ones before it, so that the
 * seats it found in the last run are those it will find now: what is previewed is final. What is forecast leans on the
 * assignments of all cities, and is left to the whole run.
 */
export class CityPreviews {
	readonly #dataset: DropDataset;
	#runs: RememberedRun[] = [];

	constructor(dataset: DropDataset) {
		this.#dataset = dataset;
	}

	/** Takes note of a whole run. */
	remember(run: KnownRun & Pick<RunFacts, 'cities'>): void {
		const { asOf, supply, config } = run;
		const seats = run.cities.map((city) => city.seats);
		this.#runs = [{ run: { asOf, supply, config }, seats }, ...this.#runs].slice(0, KEPT);
	}

	/**
	 * The city whose lever stands at `path`, with what is known of it under `config`. Null for another lever, or where
	 * no run is known that differs in that city's levers alone.
	 */
	known(config: DropConfig, path: string): KnownCity | null {
		const y = this.#dataset.cityIds.findIndex((id) => path.startsWith(`cities.${pathPart(id)}.`));
		if (y < 0) return null;
		const id = this.#dataset.cityIds[y];
		const rest = withoutCity(config, id);
		const known = this.#runs.find(({ run }) => withoutCity(run.config, id) === rest);
		return known === undefined ? null : { y, id, run: known.run, seats: known.seats[y] };
	}

	/** The row of that city, from the stages that `cache` keeps of whole runs; null as `known` says. */
	of(config: DropConfig, path: string, cache: StageCache): GroupPreview | null {
		const known = this.known(config, path);
		if (known === null) return null;
		const { asOf, supply } = known.run;
		const input = prepare(this.#dataset, asOf, supply, config, cache, 0, () => {});
		return { group: 'city', id: known.id, values: cityRow(input, known.y, known.seats, cache) };
	}
}

/** The row of city y in the report of a run in which it starts from `seats`, by column, without what is forecast. */
export function cityRow(
	input: CityInput,
	y: number,
	seats: Float64Array,
	cache: StageCache,
): Map<string, number> {
	const decided = [];
	decided[y] = runCity(input, y, cityRatio(input.config, input.dataset.cityIds[y]), seats, cache);
	const run = decidedPart(input, [y], decided);
	const outcome = gatherOutcome(run);
	const none = new Float64Array(outcome.user.length);
	const expected = { selection: none, conversion: none };
	const { groups } = measure(run, outcome, rankOfGiven(run, outcome), expected);
	const columns = groups.find(({ id }) => id === 'city')?.columns ?? [];
	return new Map(
		columns.filter(({ id }) => !isForecast(id)).map(({ id, values }): [string, number] => [id, values[y]]),
	);
}

/** Is it a column of what users are expected to do? */
function isForecast(id: string): boolean {
	return id.startsWith('forecast.') || id === 'ratio.selections';
}

/** A configuration but for one city's own levers, to compare. */
function withoutCity(config: DropConfig, id: string): string {
	const others = Object.entries(config.cities).filter(([city]) => city !== id);
	return canonicalJson({ ...config, cities: Object.fromEntries(others) });
}
