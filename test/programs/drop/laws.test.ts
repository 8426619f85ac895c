import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOutcome } from '#programs/drop/check-outcome.ts';
import {
	contractRow,
	daysBefore,
	assignmentRow,
	listOf,
	randomMarketplace,
	runOf,
	type Marketplace,
} from './marketplace.ts';

/** Consequences of the spec that hold for every marketplace and every setting. */

const RUNS = { seed: 1, numRuns: 1000 };
const anySeed = fc.integer({ min: 0, max: 2 ** 31 });
const anyConfig = fc.record({
	seed: fc.integer({ min: 0, max: 1000 }),
	slotsPerUser: fc.integer({ min: 1, max: 5 }),
	scoring: fc.record({
		combine: fc.constantFrom('geometric', 'arithmetic'),
		distanceBaseline: fc.constantFrom('city', 'user'),
	}),
	cutoff: fc.record({
		mode: fc.constantFrom('cut-pairs', 'skip-user'),
		bottomShare: fc.constantFrom(0, 0.3, 0.7),
	}),
	supply: fc.record({
		mode: fc.constantFrom('target', 'risk', 'none'),
		pacing: fc.constantFrom('asap', 'even'),
		split: fc.constantFrom('largest-first', 'proportional'),
	}),
	matching: fc.record({
		method: fc.constantFrom('residency', 'contract-first', 'immediate', 'greedy', 'optimal'),
		brandScore: fc.constantFrom('shared', 'best-customer'),
	}),
	sponsorship: fc.record({ ratio: fc.constantFrom(0.3, 0.5, 0.7, 0.95, 1) }),
	growth: fc.record({
		requiresSponsored: fc.boolean(),
		topK: fc.constantFrom(1, 3, 5),
		power: fc.constantFrom(0, 1, 2.5),
	}),
});

function withRows(marketplace: Marketplace, rows: Partial<Marketplace['tables']>): Marketplace {
	const tables = { ...marketplace.tables };
	for (const [table, added] of Object.entries(rows)) tables[table] = [...tables[table], ...(added ?? [])];
	return { ...marketplace, tables };
}

describe('every Drop', () => {
	it('keeps all guardrails: supply, ratio, eligibility, slots and brands', () => {
		fc.assert(
			fc.property(anySeed, anyConfig, (seed, config) => {
				const { run, outcome } = runOf(randomMarketplace(seed), config);
				const broken = checkOutcome(run, outcome).filter((check) => check.isGuardrail && check.state !== 'fine');
				expect(broken).toEqual([]);
			}),
			RUNS,
		);
	});

	it('is stable with residency and contract-first', () => {
		fc.assert(
			fc.property(anySeed, anyConfig, fc.constantFrom('residency', 'contract-first'), (seed, config, method) => {
				const settings = { ...config, matching: { ...config.matching, method } };
				const { outcome } = runOf(randomMarketplace(seed), settings);
				expect(outcome.cities.map((city) => city.blockingPairs)).toEqual(outcome.cities.map(() => 0));
			}),
			RUNS,
		);
	});

	it('is the same by greedy as by residency when one score serves both sides', () => {
		fc.assert(
			fc.property(anySeed, anyConfig, (seed, config) => {
				const marketplace = randomMarketplace(seed);
				const by = (method: string) => listOf(runOf(marketplace, { ...config, matching: { method, brandScore: 'shared' } }));
				expect(by('greedy')).toEqual(by('residency'));
			}),
			RUNS,
		);
	});

	it('does not depend on the order of rows', () => {
		fc.assert(
			fc.property(anySeed, anyConfig, (seed, config) => {
				const marketplace = randomMarketplace(seed);
				const reversed = Object.fromEntries(Object.entries(marketplace.tables).map(([table, rows]) => [table, rows.toReversed()]));
				expect(listOf(runOf({ ...marketplace, tables: reversed }, config))).toEqual(listOf(runOf(marketplace, config)));
			}),
			RUNS,
		);
	});

	it('sees nothing of the future', () => {
		fc.assert(
			fc.property(anySeed, anyConfig, (seed, config) => {
				const marketplace = randomMarketplace(seed);
				const { user, contract } = marketplace.tables;
				const future = withRows(marketplace, {
					app_open: [{ user_id: String(user[0].id), opened_at: daysBefore(-1) }],
					recommender_run: [{ id: 'r9', model: 'm', trained_at: daysBefore(-0.5), status: 'completed' }],
					affinity: user.map((row) => ({ run_id: 'r9', user_id: String(row.id), brand_id: 'b0', value: 1 })),
					user: [{ ...user[0], id: 'later', created_at: daysBefore(-1) }],
					drop: [{ id: 'd9', scheduled_at: daysBefore(-3), started_at: null, completed_at: null, status: 'scheduled', seed: 1, config: null }],
					assignment: contract.map((row) => assignmentRow('d9', String(user[0].id), String(row.id), -3)),
				});
				expect(listOf(runOf(future, config))).toEqual(listOf(runOf(marketplace, config)));
			}),
			RUNS,
		);
	});

	it('keeps every sponsored assignment when growth contracts are added', () => {
		fc.assert(
			fc.property(anySeed, anyConfig, (seed, config) => {
				const marketplace = randomMarketplace(seed);
				const cities = marketplace.tables.city;
				const more = withRows(marketplace, {
					contract: [0, 1].map((i) => contractRow(`extra${i}`, `b${i}`, { kind: 'growth', price_cents: 0 })),
					contract_city: [0, 1].flatMap((i) => cities.map((city) => ({ contract_id: `extra${i}`, city_id: String(city.id) }))),
				});
				expect(listOf(runOf(more, config), 'sponsored')).toEqual(listOf(runOf(marketplace, config), 'sponsored'));
			}),
			RUNS,
		);
	});

	it('loses no assignment when the ratio is lowered in a city that shares no contract', () => {
		fc.assert(
			fc.property(anySeed, anyConfig, fc.constantFrom(0.2, 0.4, 0.6), (seed, config, lower) => {
				const marketplace = randomMarketplace(seed, { cities: 1 });
				const count = (ratio: number) => runOf(marketplace, { ...config, sponsorship: { ratio } }).outcome.user.length;
				expect(count(lower)).toBeGreaterThanOrEqual(count(lower + 0.3));
			}),
			RUNS,
		);
	});
}); // prettier-ignore
