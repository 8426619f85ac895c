import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DropConfig } from '#programs/drop/levers.ts';
import type { DropDataset } from '#programs/drop/dataset.ts';
import { hashOutcome } from '#programs/drop/hash-outcome.ts';
import { gatherOutcome, type DropOutcome } from '#programs/drop/outcome.ts';
import { cutComponents } from '#programs/drop/parts/cut-components.ts';
import { mergeParts } from '#programs/drop/parts/merge-parts.ts';
import { openPart, partInput, runComponent, type PartResult } from '#programs/drop/parts/part.ts';
import { rankOfGiven } from '#programs/drop/quality.ts';
import { reportDrop } from '#programs/drop/report-drop.ts';
import { simulate } from '#programs/drop/simulate.ts';
import { StageCache } from '#programs/drop/stage-cache.ts';
import { DEFAULT_CHOICE_WEIGHTS } from '#programs/drop/stages/offer-utilities.ts';
import { configOf, contractRow, datasetOf, randomMarketplace } from '../marketplace.ts';

const anyConfig = fc.record({
	seed: fc.integer({ min: 0, max: 1000 }),
	slotsPerUser: fc.integer({ min: 1, max: 4 }),
	scoring: fc.record({
		combine: fc.constantFrom('geometric', 'arithmetic'),
		distanceBaseline: fc.constantFrom('city', 'user'),
	}),
	cutoff: fc.record({
		mode: fc.constantFrom('cut-pairs', 'skip-user'),
		basis: fc.constantFrom('catalog', 'eligible'),
		bottomShare: fc.constantFrom(0, 0.3, 0.7),
	}),
	supply: fc.record({
		mode: fc.constantFrom('target', 'risk', 'none'),
		split: fc.constantFrom('largest-first', 'proportional'),
		estimate: fc.constantFrom('history', 'fixed'),
	}),
	matching: fc.record({
		method: fc.constantFrom('residency', 'contract-first', 'immediate', 'greedy', 'optimal'),
		brandScore: fc.constantFrom('shared', 'best-customer'),
		objective: fc.constantFrom('points', 'revenue'),
	}),
	sponsorship: fc.record({ ratio: fc.constantFrom(0.3, 0.7, 1) }),
	growth: fc.record({ requiresSponsored: fc.boolean() }),
	cities: fc.record({ y1: fc.record({ sponsorshipRatio: fc.constantFrom(0.4, 0.9), bottomShare: fc.constantFrom(0, 0.5) }) }),
}); // prettier-ignore

/** The one-machine run, and what the parts are cut from. */
function wholeOf(dataset: DropDataset, config: DropConfig) {
	const run = simulate(dataset, dataset.now, config, new StageCache(1));
	const outcome = gatherOutcome(run);
	const report = reportDrop(run, outcome, rankOfGiven(run, outcome), DEFAULT_CHOICE_WEIGHTS, []);
	const components = cutComponents(dataset, run.asOf, run.supply, config);
	return { run, outcome, report, components };
}

/** Text in which every number keeps all its bits, NaN and buffers too. */
function bytesOf(value: unknown): string {
	return JSON.stringify(value, (_key, part: unknown) => {
		if (ArrayBuffer.isView(part))
			return Array.from(part as Float64Array, (n) => (Object.is(n, -0) ? '-0' : String(n)));
		return typeof part === 'number' && !Number.isFinite(part) ? String(part) : part;
	});
}

/** A shuffle by the draws given. */
function shuffled<T>(items: readonly T[], draws: readonly number[]): T[] {
	return items
		.map((item, i) => ({ item, at: draws[i % draws.length] ^ i }))
		.sort((a, b) => a.at - b.at)
		.map(({ item }) => item);
}

/** Runs the components on so many shards, each of which holds several and sees nothing else. */
function resultsOnShards(whole: ReturnType<typeof wholeOf>, shardCount: number): PartResult[] {
	const { run, components } = whole;
	const results: PartResult[] = [];
	for (let s = 0; s < Math.min(shardCount, components.length); s++) {
		const own = components.filter((_, i) => i % shardCount === s);
		const cities = own.flatMap((component) => [...component.cities]);
		// a copy as it would arrive elsewhere: nothing of the whole can be reached from it
		const part = openPart(structuredClone(partInput(run.dataset, run.asOf, cities)));
		part.start(structuredClone({ config: run.config, supply: run.supply, week: 0 }));
		for (const component of own) {
			const left = component.seats.slice();
			for (const y of component.cities) part.decide(y, left.slice()).forEach((n, c) => (left[c] -= n));
		}
		results.push(structuredClone(part.finish()));
	}
	return results;
}

describe('a Drop cut into components', () => {
	it('gives the same bytes on 1, 2, 3 and 8 shards, whatever order they finish in', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 ** 31 }),
				fc.integer({ min: 1, max: 6 }),
				anyConfig,
				fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 3, maxLength: 8 }),
				(seed, cities, settings, draws) => {
					const dataset = datasetOf(randomMarketplace(seed, { cities }));
					const config = configOf(settings);
					const whole = wholeOf(dataset, config);
					const expected: Partial<Record<keyof DropOutcome, unknown>> = { ...whole.outcome };
					delete expected.pair;
					for (const shardCount of [1, 2, 3, 8]) {
						const results = shuffled(resultsOnShards(whole, shardCount), draws);
						const merged = mergeParts(dataset, whole.run.asOf, whole.run.supply, config, results);
						expect(bytesOf(merged.outcome)).toBe(bytesOf(expected));
						expect(hashOutcome(whole.run, merged.outcome, config)).toBe(whole.report.outcomeHash);
						const facts = { ...whole.run, cities: merged.cities };
						const report = reportDrop(facts, merged.outcome, merged.ranks, DEFAULT_CHOICE_WEIGHTS, []);
						expect(bytesOf(report)).toBe(bytesOf(whole.report));
					}
				},
			),
			{ seed: 11, numRuns: 1000 },
		);
	});

	it('gives the same as one call for each component', () => {
		const dataset = datasetOf(randomMarketplace(6, { cities: 5, users: 40 }));
		const whole = wholeOf(dataset, configOf({ supply: { split: 'proportional' } }));
		expect(whole.components.length).toBe(5);
		const results = whole.components.map((component) =>
			runComponent(
				partInput(dataset, whole.run.asOf, component.cities),
				{ config: whole.run.config, supply: whole.run.supply, week: 0 },
				component,
			),
		);
		const merged = mergeParts(dataset, whole.run.asOf, whole.run.supply, whole.run.config, results);
		expect(hashOutcome(whole.run, merged.outcome, whole.run.config)).toBe(whole.report.outcomeHash);
	});
});

describe('the cut', () => {
	const market = (served: readonly (readonly string[])[], rows: object[] = []) => {
		const base = randomMarketplace(4, { cities: 4, users: 24 });
		const contracts = served.map((_, k) => ({ ...contractRow(`k${k}`, 'b0'), ...rows[k] }));
		const tables = {
			...base.tables,
			contract: contracts,
			contract_city: served.flatMap((cities, k) => cities.map((city) => ({ contract_id: `k${k}`, city_id: city }))),
			location: ['y0', 'y1', 'y2', 'y3'].map((city) => ({ brand_id: 'b0', city_id: city, latitude: 40, longitude: -74 })),
			assignment: [],
		};
		return datasetOf({ ...base, tables });
	}; // prettier-ignore
	const componentsOf = (dataset: DropDataset, settings: object = {}) =>
		wholeOf(dataset, configOf(settings))
			.components.map(({ cities }) =>
				Array.from(cities, (y) => dataset.cityIds[y])
					.sort()
					.join(' '),
			)
			.sort();

	it('joins the cities that a contract serves, and those joined through others', () => {
		expect(componentsOf(market([['y0', 'y1'], ['y1', 'y2'], ['y3']]))).toEqual(['y0 y1 y2', 'y3']);
	});

	it('does not join cities by a contract that can give nothing there', () => {
		const closed = [{ is_drop: false }, { supply: 0 }, { is_onboarding: true }];
		const dataset = market([['y0', 'y1'], ['y1', 'y2'], ['y2', 'y3']], closed); // prettier-ignore
		expect(componentsOf(dataset)).toEqual(['y0', 'y1', 'y2', 'y3']);
	});

	it('joins nothing where supply is split in advance', () => {
		const dataset = market([['y0', 'y1', 'y2', 'y3']]);
		expect(componentsOf(dataset, { supply: { split: 'proportional' } })).toEqual(['y0', 'y1', 'y2', 'y3']);
	});
});
