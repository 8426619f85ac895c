import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniform } from '#engine/random.ts';
import { estimateOffPolicy, type PolicyLog, WEIGHT_EDGES } from '#engine/stats/off-policy.ts';
import { policyLogOf } from '#engine/stats/policy-log.ts';

const RUNS = { seed: 1, numRuns: 1000 };

function logOf(
	rows: [reward: number, propensity: number, target: number, logged?: number, expected?: number][],
): PolicyLog {
	const column = (i: number) => Float64Array.from(rows, (row) => row[i] ?? NaN);
	const model = rows.length > 0 && rows[0].length === 5 ? { logged: column(3), target: column(4) } : null;
	return { reward: column(0), propensity: column(1), targetPropensity: column(2), model };
}

/** A hundred and more copies, so that what is tried is not refused for its size. */
const many = <T>(rows: T[], copies: number): T[] => Array.from({ length: copies }, () => rows).flat();

/**
 * A log with known truth: four contexts, four actions with Bernoulli rewards of mean `0.1 + 0.2 · fit`, logged
 * by a policy that explores and judged for one that goes for the fit. `modelError` spoils the reward model.
 */
function simulate(seed: number, count: number, modelError: number) {
	const fit = (x: number, a: number) => ((x * 3 + a * 5) % 7) / 3;
	const softmax = (x: number, heat: number) => {
		const powers = [0, 1, 2, 3].map((a) => Math.exp(heat * fit(x, a)));
		const sum = powers.reduce((p, q) => p + q);
		return powers.map((power) => power / sum);
	};
	const choose = (chances: number[], u: number) => {
		let sum = 0;
		return Math.min(3, chances.findIndex((chance) => u < (sum += chance)) >>> 0);
	};
	const action = new Uint32Array(count);
	const reward = new Float64Array(count);
	const propensity = new Float64Array(count);
	const optionTarget = new Float64Array(4 * count);
	const optionModel = new Float64Array(4 * count);
	for (let i = 0; i < count; i++) {
		const x = Math.floor(4 * uniform(seed, 0, i, 0));
		const logging = softmax(x, 0.3);
		const target = softmax(x, 1);
		const a = choose(logging, uniform(seed, 0, i, 1));
		action[i] = 4 * i + a;
		propensity[i] = logging[a];
		reward[i] = uniform(seed, 0, i, 2) < 0.1 + 0.2 * fit(x, a) ? 1 : 0;
		for (let k = 0; k < 4; k++) {
			optionTarget[4 * i + k] = target[k];
			optionModel[4 * i + k] = 0.1 + 0.2 * fit(x, k) + modelError * (k - 1);
		}
	}
	let truth = 0;
	for (let x = 0; x < 4; x++)
		softmax(x, 1).forEach((chance, a) => (truth += (chance * (0.1 + 0.2 * fit(x, a))) / 4));
	const optionStart = Uint32Array.from({ length: count + 1 }, (_, i) => 4 * i);
	return { log: policyLogOf({ optionStart, action, reward, propensity, optionTarget, optionModel }), truth };
}

describe('estimateOffPolicy', () => {
	it('adds up three rows by hand', () => {
		// weights 2, 0.5 and 0
		const found = estimateOffPolicy(
			logOf([
				[1, 0.5, 1, 0.5, 0.75],
				[0, 0.5, 0.25, 0.25, 0.5],
				[1, 0.25, 0, 0.5, 0.25],
			]),
			0.95,
		);
		expect(found.logged.value).toBeCloseTo(2 / 3, 15);
		expect(found.ips.value).toBeCloseTo(2 / 3, 15);
		expect(found.ips.standardError).toBeCloseTo(2 / 3, 15);
		expect(found.snips.value).toBe(0.8);
		// residuals 0.4, −0.4, 0; mean weight 5/6
		expect(found.snips.standardError).toBeCloseTo(Math.sqrt(0.32 / 2 / 3) / (5 / 6), 15);
		// terms 1.75, 0.375, 0.25
		expect(found.doublyRobust?.value).toBeCloseTo(2.375 / 3, 15);
		expect(found.effectiveSize).toBeCloseTo(6.25 / 4.25, 15);
		expect(found.largestWeight).toBe(2);
		expect(found.meanWeight).toBeCloseTo(2.5 / 3, 15);
		expect(found.ips.high - found.ips.value).toBeCloseTo(1.959963984540054 * found.ips.standardError, 12);
	});

	it('gives exactly the logged mean and n effective rows for a policy beside its own log', () => {
		const row = fc.tuple(
			fc.double({ min: -100, max: 100, noNaN: true }),
			fc.double({ min: 1e-6, max: 1, noNaN: true }),
			fc.double({ min: -100, max: 100, noNaN: true }),
		);
		fc.assert(
			fc.property(fc.array(row, { minLength: 1, maxLength: 50 }), (rows) => {
				const log = logOf(rows.map(([reward, p, m]) => [reward, p, p, m, m]));
				const found = estimateOffPolicy(log, 0.95);
				const mean = found.logged.value;
				expect([found.ips.value, found.snips.value, found.doublyRobust?.value]).toEqual([mean, mean, mean]);
				expect(found.effectiveSize).toBe(rows.length);
				expect([found.meanWeight, found.largestWeight]).toEqual([1, 1]);
				expect(found.ips.standardError).toBe(found.logged.standardError);
			}),
			RUNS,
		);
	});

	it('equals the definitions, written out', () => {
		const row = fc.tuple(
			fc.double({ min: -5, max: 5, noNaN: true }),
			fc.double({ min: 0.01, max: 1, noNaN: true }),
			fc.double({ min: 0.01, max: 1, noNaN: true }),
			fc.double({ min: -5, max: 5, noNaN: true }),
			fc.double({ min: -5, max: 5, noNaN: true }),
		);
		const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
		const error = (values: number[]) => {
			const mean = sum(values) / values.length;
			return Math.sqrt(sum(values.map((v) => (v - mean) ** 2)) / (values.length - 1) / values.length);
		};
		fc.assert(
			fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
				const found = estimateOffPolicy(logOf(rows), 0.9);
				const w = rows.map(([, p, target]) => target / p);
				const weighted = rows.map(([r], i) => w[i] * r);
				const snips = sum(weighted) / sum(w);
				const robust = rows.map(([r, , , logged, target], i) => target + w[i] * (r - logged));
				const residuals = rows.map(([r], i) => (w[i] * (r - snips)) / (sum(w) / rows.length));
				const scale = 1 + Math.max(...w) * 10;
				const near = (value: number | undefined, slow: number) =>
					expect(Math.abs((value ?? NaN) - slow)).toBeLessThanOrEqual(1e-12 * scale);
				near(found.ips.value, sum(weighted) / rows.length);
				near(found.ips.standardError, error(weighted));
				near(found.snips.value, snips);
				near(found.snips.standardError, error(residuals));
				near(found.doublyRobust?.value, sum(robust) / rows.length);
				near(found.doublyRobust?.standardError, error(robust));
				near(found.effectiveSize, sum(w) ** 2 / sum(w.map((x) => x * x)));
				expect(sum([...found.weightCounts])).toBe(rows.length);
			}),
			RUNS,
		);
	});

	it('finds the truth of a simulated log, with intervals that hold as often as they say', () => {
		const runs = 400;
		const errors = { ips: 0, snips: 0, doublyRobust: 0 };
		const squares = { ips: 0, snips: 0, doublyRobust: 0 };
		const claimed = { ips: 0, snips: 0, doublyRobust: 0 };
		const held = { ips: 0, snips: 0, doublyRobust: 0 };
		for (let seed = 0; seed < runs; seed++) {
			// the model is wrong by up to 0.4: doubly robust must not mind
			const { log, truth } = simulate(seed, 500, 0.2);
			const found = estimateOffPolicy(log, 0.9);
			expect(found.verdict).not.toBe('refuse');
			for (const name of ['ips', 'snips', 'doublyRobust'] as const) {
				const estimate = found[name];
				if (!estimate) continue;
				errors[name] += estimate.value - truth;
				squares[name] += (estimate.value - truth) ** 2;
				claimed[name] += estimate.standardError ** 2;
				if (estimate.low <= truth && truth <= estimate.high) held[name]++;
			}
		}
		for (const name of ['ips', 'snips', 'doublyRobust'] as const) {
			const sd = Math.sqrt(squares[name] / runs);
			expect(Math.abs(errors[name] / runs)).toBeLessThan((3 * sd) / Math.sqrt(runs));
			// the standard error is the true spread, within what 400 runs can tell
			expect(claimed[name] / squares[name]).toBeGreaterThan(0.8);
			expect(claimed[name] / squares[name]).toBeLessThan(1.25);
			expect(Math.abs(held[name] - 0.9 * runs)).toBeLessThan(3 * Math.sqrt(runs * 0.09));
		}
	});

	it('errs less with a right model than without one', () => {
		const { log } = simulate(7, 2000, 0);
		const found = estimateOffPolicy(log, 0.9);
		expect(found.doublyRobust?.standardError).toBeLessThan(found.snips.standardError);
		expect(found.snips.standardError).toBeLessThan(found.ips.standardError);
	});

	it('counts rows by weight, each edge in the bin below it', () => {
		const found = estimateOffPolicy(
			logOf([
				[1, 0.5, 0],
				[1, 0.5, 0.5],
				[1, 0.5, 0.25],
				[1, 0.25, 0.5],
				[1, 0.001, 1],
			]),
			0.9,
		);
		const bins: Record<number, number> = { 0: 1, 3: 1, 4: 1, 5: 1, [WEIGHT_EDGES.length]: 1 };
		expect([...found.weightCounts]).toEqual(Array.from({ length: 12 }, (_, i) => bins[i] ?? 0));
	});

	it('knows nothing of a policy that never does what was done', () => {
		const found = estimateOffPolicy(logOf(many([[1, 0.5, 0]], 5)), 0.9);
		expect([found.effectiveSize, found.ips.value, found.snips.value]).toEqual([0, 0, NaN]);
	});

	it('refuses columns of different length', () => {
		const log = logOf(many([[1, 0.5, 0.5]], 3));
		expect(() => estimateOffPolicy({ ...log, propensity: new Float64Array(2) }, 0.9)).toThrow(/2, not 3/);
	});
});

describe('the verdict', () => {
	const verdictOf = (log: PolicyLog) => {
		const { verdict, doubts } = estimateOffPolicy(log, 0.95);
		return [verdict, ...doubts.map((doubt) => doubt.code)];
	};
	/** `heavy` rows that the target would always take and `light` ones it never would: the effective size is `heavy`. */
	const split = (heavy: number, light: number) => {
		const share = heavy / (heavy + light);
		return logOf([
			...many<[number, number, number]>([[1, share, 1]], heavy),
			...many<[number, number, number]>([[1, share, 0]], light),
		]);
	};

	it('is fine with full overlap', () => {
		expect(verdictOf(split(100, 0))).toEqual(['fine']);
		expect(verdictOf(split(100, 900))).toEqual(['fine']);
	});

	it('says in figures why it refuses or doubts', () => {
		const messagesOf = (log: PolicyLog) => estimateOffPolicy(log, 0.95).doubts.map(({ message }) => message);
		expect(messagesOf(logOf([]))).toEqual(['the log has no row with a propensity']);
		expect(messagesOf(split(99, 0))[0]).toBe('too little overlap to say anything: 99 rows count as 99.0; 100 are needed'); // prettier-ignore
		expect(messagesOf(split(150, 14_851))[0]).toBe('too little overlap to say anything: 15001 rows count as 150.0, less than 1% of them'); // prettier-ignore
	});

	it('refuses below a hundred effective rows', () => {
		expect(verdictOf(split(99, 0))).toEqual(['refuse', 'few-effective']);
		expect(verdictOf(logOf([]))).toEqual(['refuse', 'no-rows']);
		expect(verdictOf(logOf(many([[1, 0.5, 0]], 200)))).toEqual(['refuse', 'few-effective', 'thin-overlap']);
	});

	it('refuses below 1 % of the rows', () => {
		expect(verdictOf(split(150, 14_849))).toEqual(['warn', 'low-overlap']);
		expect(verdictOf(split(150, 14_851))).toEqual(['refuse', 'thin-overlap']);
	});

	it('warns below 10 % of the rows', () => {
		expect(verdictOf(split(100, 901))).toEqual(['warn', 'low-overlap']);
	});

	it('warns when the mean weight is off 1 by more than 0.05', () => {
		const flat = (target: number) => logOf(many([[1, 0.5, target], [0, 0.5, target]], 100)); // prettier-ignore
		expect(verdictOf(flat(0.524))).toEqual(['fine']);
		expect(verdictOf(flat(0.476))).toEqual(['fine']);
		expect(verdictOf(flat(0.53))).toEqual(['warn', 'mean-weight']);
		expect(verdictOf(flat(0.47))).toEqual(['warn', 'mean-weight']);
	});

	it('warns when IPS and SNIPS differ by more than their standard errors', () => {
		// all rewards 1: SNIPS is 1 without error, IPS the mean weight with that of the weights
		const weights = (targets: number[]) =>
			logOf(
				many(
					targets.map((t) => [1, 0.5, t] as [number, number, number]),
					200,
				),
			);
		expect(verdictOf(weights([0.51, 0.53]))).toEqual(['warn', 'disagreement']);
		expect(verdictOf(weights([0.1, 0.92]))).toEqual(['fine']);
	});

	it('refuses when a weight is endless', () => {
		const row: [number, number, number] = [1, 0.5, 0.5];
		expect(verdictOf(logOf([...many([row], 200), [1, 5e-324, 1]]))).toEqual([
			'refuse',
			'few-effective',
			'thin-overlap',
		]);
	});

	it('says in words why', () => {
		const { doubts } = estimateOffPolicy(split(42, 58), 0.95);
		expect(doubts[0].message).toBe(
			'too little overlap to say anything: 100 rows count as 42.0; 100 are needed',
		);
	});
});
