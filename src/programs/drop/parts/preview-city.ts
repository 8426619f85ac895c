import { canonicalJson } from '../../hash.ts';
import { pathPart } from '../../levers.ts';
import type { GroupPreview } from '../../report.ts';
import { readAsOf, type AsOf } from '../as-of.ts';
import { runCity } from '../city-run.ts';
import type { DropDataset } from '../dataset.ts';
import { cityRatio, type DropConfig } from '../levers.ts';
import { measure } from '../measure.ts';
import { gatherOutcome, type RunFacts } from '../outcome.ts';
import { prepare } from '../prepare.ts';
import { rankOfGiven } from '../quality.ts';
import { StageCache } from '../stage-cache.ts';
import { decidedPart, partInput } from './part.ts';

/** Runs and slices remembered: a person turns the levers of a few cities at a time. */
const KEPT = 4;

interface RememberedRun {
	readonly run: Pick<RunFacts, 'asOf' | 'supply' | 'config'>;
	/** by city */
	readonly seats: readonly Float64Array[];
}

interface Slice {
	readonly dataset: DropDataset;
	readonly asOf: AsOf;
	readonly cache: StageCache;
}

/**
 * Runs one city ahead of the others. A lever of a city changes nothing for the larger ones before it, so that the
 * seats it found in the last run are those it will find now: what is previewed is final. What is forecast leans on the
 * assignments of all cities, and is left to the whole run.
 */
export class CityPreviews {
	readonly #dataset: DropDataset;
	#runs: RememberedRun[] = [];
	readonly #slices = new Map<number, Slice>();

	constructor(dataset: DropDataset) {
		this.#dataset = dataset;
	}

	/** Takes note of a whole run. */
	remember(run: Pick<RunFacts, 'asOf' | 'supply' | 'config' | 'cities'>): void {
		const { asOf, supply, config } = run;
		const seats = run.cities.map((city) => city.seats);
		this.#runs = [{ run: { asOf, supply, config }, seats }, ...this.#runs].slice(0, KEPT);
	}

	/**
	 * The row of the city whose lever stands at `path`, under `config`. Null for another lever, or where no run is
	 * known that differs in that city's levers alone.
	 */
	of(config: DropConfig, path: string): GroupPreview | null {
		const y = this.#dataset.cityIds.findIndex((id) => path.startsWith(`cities.${pathPart(id)}.`));
		if (y < 0) return null;
		const id = this.#dataset.cityIds[y];
		const rest = withoutCity(config, id);
		const known = this.#runs.find(({ run }) => withoutCity(run.config, id) === rest);
		if (known === undefined) return null;

		const { dataset, asOf, cache } = this.#sliceOf(y, known.run.asOf);
		const input = prepare(dataset, asOf, known.run.supply, config, cache, 0, () => {});
		const decided = [];
		decided[y] = runCity(input, y, cityRatio(config, id), known.seats[y], cache);
		const run = decidedPart(input, [y], decided);
		const outcome = gatherOutcome(run);
		const none = new Float64Array(outcome.user.length);
		const expected = { selection: none, conversion: none };
		const { groups } = measure(run, outcome, rankOfGiven(run, outcome), expected);
		const columns = groups.find((group) => group.id === 'city')?.columns ?? [];
		const values = columns
			.filter((column) => !isForecast(column.id))
			.map((column): [string, number] => [column.id, column.values[y]]);
		return { group: 'city', id, values: new Map(values) };
	}

	#sliceOf(y: number, asOf: AsOf): Slice {
		let slice = this.#slices.get(y);
		if (slice === undefined) {
			const { dataset, time, counts } = partInput(this.#dataset, asOf, [y]);
			slice = { dataset, asOf: { ...readAsOf(dataset, time), ...counts }, cache: new StageCache() };
		}
		// newest last
		this.#slices.delete(y);
		this.#slices.set(y, slice);
		for (const oldest of this.#slices.keys()) {
			if (this.#slices.size <= KEPT) break;
			this.#slices.delete(oldest);
		}
		return slice;
	}
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
