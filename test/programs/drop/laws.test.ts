import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { key32 } from '#engine/random.ts';
import { checkOutcome } from '#programs/drop/check-outcome.ts';
import { forEachUser, forecast } from '#programs/drop/stages/forecast.ts';
import { DEFAULT_CHOICE_WEIGHTS } from '#programs/drop/stages/offer-utilities.ts';
import { playSeeds } from '#programs/drop/studies/monte-carlo.ts';
import { idsAlike } from './ids-alike.ts';
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

	it('does not depend on what ids are, but on their order and their keys', () => {
		const sortedIds = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i}`).sort();
		const [users, contracts] = [sortedIds('u', 26), sortedIds('k', 15)];
		const alike = [...idsAlike(users), ...idsAlike(contracts)];
		const names = new Map([...users, ...contracts].map((id, i) => [id, alike[i]]));
		expect([...names].every(([id, other]) => id !== other && key32(id) === key32(other))).toBe(true);
		const rename = (value: string | number | boolean | null, column: string) => {
			if (typeof value !== 'string') return value;
			if (/^(id|user_id|contract_id|rolled_over_from)$/.test(column) && names.has(value)) return names.get(value) ?? value;
			// brands and cities have no luck: their order is all that counts
			return /^(id|brand_id|city_id)$/.test(column) && /^[by]/.test(value) ? `the ${value}` : value;
		};
		fc.assert(
			fc.property(anySeed, anyConfig, (seed, config) => {
				const marketplace = randomMarketplace(seed);
				const renamed = Object.fromEntries(
					Object.entries(marketplace.tables).map(([table, rows]) => [
						table,
						rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, rename(value, column)]))),
					]),
				);
				const expected = listOf(runOf(marketplace, config)).map((line) => line.replace(/^(\S+) (\S+)/, (_all, user: string, contract: string) => `${names.get(user)} ${names.get(contract)}`));
				expect(listOf(runOf({ ...marketplace, tables: renamed }, config))).toEqual(expected);
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
					affinity: [...user.map((row) => ({ run_id: 'r9', user_id: String(row.id), brand_id: 'b0', value: 1 })), { run_id: 'r2', user_id: 'later', brand_id: 'b0', value: 1 }],
					user: [{ ...user[0], id: 'later', created_at: daysBefore(-1) }],
					drop: [{ id: 'd9', scheduled_at: daysBefore(-3), started_at: null, completed_at: null, status: 'scheduled', seed: 1, config: null }],
					assignment: contract.map((row) => assignmentRow('d9', String(user[0].id), String(row.id), -3)),
				});
				// what is logged of the past goes on after now
				future.tables.assignment = future.tables.assignment.map((row) => {
					if (row.selected_at === null) return row.rejected_at === null ? { ...row, rejected_at: daysBefore(-1) } : row;
					return row.converted_at === null && row.token_expired_at === null ? { ...row, converted_at: daysBefore(-2) } : row;
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

	it('has the mean of its seeds within the interval of the expectation', () => {
		const seedCount = 100;
		fc.assert(
			fc.property(anySeed, anyConfig, (seed, config) => {
				const { run, outcome } = runOf(randomMarketplace(seed), config);
				const expected = forecast(run, outcome, DEFAULT_CHOICE_WEIGHTS);
				const totals = playSeeds(run, outcome, expected, config.seed, seedCount);
				for (const [chance, played] of [[expected.selection, totals.selections], [expected.conversion, totals.conversions]]) {
					let [mean, variance] = [0, 0];
					// a user selects at most one, apart from all others
					forEachUser(outcome, (first, end) => {
						const any = chance.subarray(first, end).reduce((sum, each) => sum + each, 0);
						mean += any;
						variance += any * (1 - any);
					});
					const error = Math.abs(played.reduce((sum, each) => sum + each, 0) / seedCount - mean);
					// 5 standard errors, and one seed more or less where next to nothing is expected
					expect(error).toBeLessThanOrEqual(5 * Math.sqrt(variance / seedCount) + 1 / seedCount);
				}
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
