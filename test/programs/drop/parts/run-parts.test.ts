import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentFromDocument } from '#data/read-json.ts';
import { openContentPart, openWhole } from '#programs/drop/parts/run-parts.ts';
import { splitContent } from '#programs/drop/parts/split-content.ts';
import { drop } from '#programs/drop/program.ts';
import { programById } from '#programs/registry.ts';
import { ids, tableOf, type ScenarioContent } from '#programs/tables.ts';
import { randomMarketplace, type Marketplace } from '../marketplace.ts';

/** A marketplace in which every contract serves one city at most, save those that `isShared` keeps as they are. */
function contentOf(market: Marketplace, isShared: (contract: string) => boolean): ScenarioContent {
	const seen = new Set<unknown>();
	const served = market.tables.contract_city.filter(({ contract_id }) => {
		const isFirst = !seen.has(contract_id);
		seen.add(contract_id);
		return isFirst || isShared(String(contract_id));
	});
	const document = { ...market, tables: { ...market.tables, contract_city: served } };
	return contentFromDocument(document, programById).content;
}

describe('a scenario split by cities', () => {
	it('gives the report of the whole, to the last bit, for any configuration', () => {
		let split = 0;
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 ** 31 }),
				fc.integer({ min: 1, max: 6 }),
				fc.constantFrom('largest-first', 'proportional'),
				fc.constantFrom('cut-pairs', 'skip-user'),
				fc.integer({ min: 0, max: 99 }),
				(seed, cities, supplySplit, mode, luck) => {
					const content = contentOf(randomMarketplace(seed, { cities }), (id) => id === 'k0');
					const settings = { seed: luck, supply: { split: supplySplit }, cutoff: { mode } };
					const { config } = drop.readConfig(settings);
					const whole = openWhole(content);
					const parts = splitContent(content);
					if (parts.length > 1) split++;
					const results = parts.map((part) =>
						openContentPart(part.content, part.cities, whole.counts)(config),
					);
					expect(whole.report(config, results.reverse())).toStrictEqual(drop.open(content).run(config));
				},
			),
			{ seed: 5, numRuns: 150 },
		);
		expect(split).toBeGreaterThan(60);
	});

	it('keeps together the cities that a contract serves, and every user once', () => {
		const content = contentOf(randomMarketplace(3, { cities: 5, users: 40 }), (id) => id === 'k1');
		const parts = splitContent(content);
		const served = tableOf(content, 'contract_city');
		for (const contract of new Set(ids(served, 'contract_id'))) {
			const cities = ids(served, 'city_id').filter((_, row) => ids(served, 'contract_id')[row] === contract);
			const holders = parts.filter((part) => cities.some((city) => part.cities.includes(city)));
			expect(holders.length).toBe(1);
		}
		const users = parts.flatMap((part) => ids(tableOf(part.content, 'user'), 'id'));
		expect(users.toSorted()).toEqual([...ids(tableOf(content, 'user'), 'id')].sort());
		const rows = parts.map((part) => tableOf(part.content, 'assignment').rowCount);
		expect(rows.reduce((sum, count) => sum + count, 0)).toBe(tableOf(content, 'assignment').rowCount);
		expect(parts.map((part) => part.cities[0])).toEqual(parts.map((part) => part.cities[0]).toSorted());
	});
});
