import { describe, expect, it } from 'vitest';
import { rewardCents, rewardFactors } from '#programs/drop/stages/reward-factor.ts';
import { handMarket } from '../hand-market.ts';
import { configOf, contractRow, datasetOf } from '../marketplace.ts';

const dataset = datasetOf(
	handMarket({
		contract: [
			contractRow('ka', 'a', { reward_cents: 800, price_cents: 1230 }),
			contractRow('kb', 'b', { kind: 'growth', reward_cents: 0, price_cents: 0 }),
		],
	}),
);

describe('reward factor', () => {
	it('is the hyperbolic tangent of the reward on its scale, floored', () => {
		const [ka, kb] = rewardFactors(dataset, configOf({ scoring: { combine: 'arithmetic' } }));
		// tanh(0.8), from tables
		expect(ka).toBeCloseTo(0.664036770267849, 14);
		expect(kb).toBe(0.01);
	});

	it('takes what a take rate leaves of a sponsored price, rounded half up, and leaves growth alone', () => {
		const cents = (takeRate: number, c: number) =>
			rewardCents(dataset, configOf({ pricing: { takeRate } }), 0, c);
		// 1230 · 0.75 = 922.5; 1230 · 0.7 = 861
		expect([cents(0.25, 0), cents(0.3, 0), cents(0, 0)]).toEqual([923, 861, 1230]);
		expect(cents(0.25, 1)).toBe(0);
	});

	it('takes the rate of a city before the general one', () => {
		const config = configOf({ pricing: { takeRate: 0.3 }, cities: { y: { takeRate: 0.5 } } });
		expect(rewardCents(dataset, config, 0, 0)).toBe(615);
	});
});
