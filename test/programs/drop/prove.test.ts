import { describe, expect, it } from 'vitest';
import { drop } from '#programs/drop/program.ts';
import { proveGrowthApart, sponsoredPairs } from '#programs/drop/prove.ts';
import { StageCache } from '#programs/drop/stage-cache.ts';
import { affinityRows, handMarket, userRow } from './hand-market.ts';
import { configOf, contractRow, datasetOf, randomMarketplace } from './marketplace.ts';

function lightOf(dataset: ReturnType<typeof datasetOf>, settings: object = {}) {
	const config = configOf(settings);
	return proveGrowthApart(dataset, config, sponsoredPairs(dataset, config, new StageCache(1)));
}

describe('the light on growth contracts', () => {
	it.each([1, 2, 3, 4, 5, 6])('is green in random marketplace %i under every method', (seed) => {
		const dataset = datasetOf(randomMarketplace(seed));
		for (const method of ['residency', 'contract-first', 'immediate', 'greedy', 'optimal'])
			expect(lightOf(dataset, { matching: { method } })).toMatchObject({ id: 'growth-apart', state: 'fine', isGuardrail: true }); // prettier-ignore
	});

	it('is red when a sponsored assignment is not what a run without growth contracts gives', () => {
		const dataset = datasetOf(randomMarketplace(2));
		const config = configOf({});
		const given = sponsoredPairs(dataset, config, new StageCache(1));
		const [first] = given;
		given.delete(first);
		const light = proveGrowthApart(dataset, config, given);
		expect(light.state).toBe('over');
		expect(light.proof).toContain('1 sponsored assignments differ, such as');
	});

	it('tells, and does not blame, where the cutoff ranks what is on offer', () => {
		// a growth brand at the end of the ranking takes the cut in the sponsored one's place
		const dataset = datasetOf(
			handMarket({
				user: [userRow('u1')],
				affinity: affinityRows({ u1: { a: 0.9, b: 0.5, c: 0.1 } }),
				contract: [contractRow('ka', 'a'), contractRow('kb', 'b'), contractRow('gc', 'c', { kind: 'growth', price_cents: 0 })], // prettier-ignore
			}),
		);
		const light = lightOf(dataset, { cutoff: { basis: 'eligible', bottomShare: 0.5 } });
		expect(light).toMatchObject({ state: 'close' });
		expect(light.proof).toContain('growth brands are among them');
		expect(lightOf(dataset, { cutoff: { bottomShare: 0.5 } }).state).toBe('fine');
	});

	it('stands beside the lights of a run wherever a bundle is checked', () => {
		const market = drop.generator!.generate({ cities: 2, users: 200, brands: 8, contracts: 12, historyWeeks: 2 }, 3);
		expect(drop.open(market).prove?.({}).map(({ id, state }) => `${id} ${state}`)).toEqual(['growth-apart fine']);
	}); // prettier-ignore
});
