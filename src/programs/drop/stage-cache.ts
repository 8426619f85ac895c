/**
 * Keeps the last few results of each stage by what the stage read, so that a lever change recomputes only
 * what depends on it (spec of levers: a ratio change must not score again). Keys name inputs by identity: an
 * object that a stage gave gets a number, the same as long as it lives.
 */
export class StageCache {
	readonly #byStage = new Map<string, Map<string, unknown>>();
	readonly #numbers = new WeakMap<object, number>();
	#lastNumber = 0;
	/** results kept per stage: production, a draft and what the draft was before */
	readonly #kept: number;
	/** stages computed, not reused, since the cache was made; for tests and progress */
	readonly computed: string[] = [];

	constructor(kept = 4) {
		this.#kept = kept;
	}

	/** The number of an object in keys. */
	numberOf(object: object): number {
		let number = this.#numbers.get(object);
		if (number === undefined) {
			number = ++this.#lastNumber;
			this.#numbers.set(object, number);
		}
		return number;
	}

	/**
	 * The result of `stage` for these inputs: kept, or computed now. Objects count by identity, everything
	 * else by its JSON. `slots` results are kept for the stage at most (one per city, say, times the default).
	 */
	reuse<T>(stage: string, inputs: readonly unknown[], compute: () => T, slots = 1): T {
		const key = inputs
			.map((input) => (isStageResult(input) ? `#${this.numberOf(input)}` : JSON.stringify(input)))
			.join('|');
		const results = this.#byStage.get(stage) ?? new Map<string, unknown>();
		this.#byStage.set(stage, results);

		const kept = results.get(key) as { readonly value: T } | undefined;
		if (kept !== undefined) {
			// newest last
			results.delete(key);
			results.set(key, kept);
			return kept.value;
		}
		const value = compute();
		this.computed.push(stage);
		results.set(key, { value });
		for (const oldest of results.keys()) {
			if (results.size <= this.#kept * slots) break;
			results.delete(oldest);
		}
		return value;
	}
}

/** Settings are plain JSON; results hold typed arrays and are told apart by that. */
function isStageResult(input: unknown): input is object {
	if (typeof input !== 'object' || input === null) return false;
	if (ArrayBuffer.isView(input)) return true;
	return Object.values(input).some((part) => ArrayBuffer.isView(part));
}
