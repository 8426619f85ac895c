import { describe, expect, it } from 'vitest';
import { affinityRows, handMarket, userRow } from '../hand-market.ts';
import { contractRow, daysBefore, runOf, type Row } from '../marketplace.ts';

const users = ['u1', 'u2', 'u3'];
const growth = (id: string, brand: string, supply = 50) =>
	contractRow(id, brand, { kind: 'growth', price_cents: 0, supply });

/** Growth rewards in the order given, as `user contract`; u1 is oldest and u3 newest, all like a > b > c. */
function given(settings: { ratio: number; growth?: object; more?: object }, contract: Row[]): string[] {
	const { run } = runOf(
		handMarket({
			user: users.map((id, i) => userRow(id, { created_at: daysBefore(50 - i) })),
			contract,
			affinity: affinityRows(Object.fromEntries(users.map((id) => [id, { a: 0.9, b: 0.8, c: 0.7 }]))),
		}),
		{
			supply: { mode: 'none' },
			cutoff: { bottomShare: 0 },
			sponsorship: { ratio: settings.ratio },
			growth: { jitterDays: 0, topK: 1, ...settings.growth },
			...settings.more,
		},
	);
	const { pairs, dataset, cities } = run;
	return Array.from(cities[0].growth.pair, (p) => {
		const u = dataset.users.ids.findIndex((_, i) => pairs.start[i + 1] > p);
		return `${dataset.users.ids[u]} ${dataset.contracts.ids[pairs.contract[p]]}`;
	});
}

const sponsored = contractRow('s', 'a');

describe('growthFill', () => {
	it('gives floor(S (1 − r) / r), newest users first, two open slots before one', () => {
		const contracts = [sponsored, growth('gb', 'b'), growth('gc', 'c')];
		// S = 3: 9/7, 3 and 4.5
		expect(given({ ratio: 0.7 }, contracts)).toEqual(['u3 gb']);
		expect(given({ ratio: 0.5 }, contracts)).toEqual(['u3 gb', 'u2 gb', 'u1 gb']);
		expect(given({ ratio: 0.4 }, contracts)).toEqual(['u3 gb', 'u2 gb', 'u1 gb', 'u3 gc']);
		expect(given({ ratio: 1 }, contracts)).toEqual([]);
	});

	it('gives no brand twice and nothing beyond supply', () => {
		expect(given({ ratio: 0.1 }, [sponsored, growth('ga', 'a'), growth('gb', 'b', 2)])).toEqual([
			'u3 gb',
			'u2 gb',
		]);
	});

	it('serves users without a sponsored reward only when told to, first of all', () => {
		const contracts = [contractRow('s', 'a', { supply: 2 }), growth('gb', 'b')];
		const served = given({ ratio: 0.4 }, contracts).map((line) => line.slice(0, 2));
		expect(served).toHaveLength(2);
		const all = given({ ratio: 0.4, growth: { requiresSponsored: false } }, contracts).map((line) =>
			line.slice(0, 2),
		);
		expect(all.toSorted()).toEqual(users);
		expect(served).not.toContain(all[0]);
	});

	it('records the chance of each pick', () => {
		const market = handMarket({
			contract: [sponsored, growth('gb', 'b'), growth('gc', 'c')],
			affinity: affinityRows({ u1: { a: 0.9, b: 0.6, c: 0.2 } }),
		});
		const weights = { affinity: 1, distance: 0, reward: 0, rejections: 0, recency: 0 };
		const { run } = runOf(market, {
			cutoff: { bottomShare: 0 },
			sponsorship: { ratio: 0.5 },
			scoring: { weights },
		});
		const { propensity, contract } = run.cities[0].growth;
		expect(propensity).toHaveLength(1);
		expect(propensity[0]).toBeCloseTo(run.dataset.contracts.ids[contract[0]] === 'gb' ? 0.75 : 0.25, 12);
	});
});
