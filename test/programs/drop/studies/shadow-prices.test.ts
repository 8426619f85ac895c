import { describe, expect, it } from 'vitest';
import { optimal } from '#engine/match/optimal.ts';
import { buildDataset } from '#programs/drop/dataset.ts';
import { drop } from '#programs/drop/program.ts';
import { simulate } from '#programs/drop/simulate.ts';
import { StageCache } from '#programs/drop/stage-cache.ts';
import { shadowPrices } from '#programs/drop/studies/shadow-prices.ts';
import { configOf } from '../marketplace.ts';

const options = { cities: 2, users: 500, brands: 12, contracts: 40, historyWeeks: 1, supplyPerUser: 0.6 };

describe('the shadow prices', () => {
	it('are worth what optima from scratch with one more seat have more, to the last millionth of a cent', () => {
		const content = drop.generator?.generate(options, 5);
		if (content === undefined) throw new Error('the Drop has a generator');
		const dataset = buildDataset(content);
		const config = configOf({ matching: { method: 'optimal', objective: 'revenue' } });
		const run = simulate(dataset, dataset.now, config, new StageCache(1));
		const prices = shadowPrices(run);
		expect(prices.length).toBeGreaterThan(5);
		expect(new Set(prices.map(({ city }) => city)).size).toBe(2);
		for (const { city, contract, gainCents } of prices) {
			const { matching, weights, result } = run.cities[dataset.cityNames.indexOf(city)].sponsored;
			const seats = matching.input.seats.slice();
			seats[matching.contract.indexOf(dataset.contracts.ids.indexOf(contract))]++;
			const more = optimal({ ...matching.input, seats }, weights).certificate;
			expect(more.gap).toBe(0);
			expect(gainCents).toBe((more.primal - (result.optimum?.certificate.primal ?? NaN)) / 1_000_000);
		}
	});
});
