import { describe, expect, it } from 'vitest';
import { SKIP_REASONS } from '#programs/drop/outcome.ts';
import { affinityRows, handMarket, userRow } from './hand-market.ts';
import { contractRow, listOf, runOf } from './marketplace.ts';

const growth = { kind: 'growth', price_cents: 0 };

describe('gatherOutcome', () => {
	it('numbers sponsored rewards best first and growth behind them, users by id', () => {
		const { run, outcome } = runOf(
			handMarket({
				user: [userRow('u2'), userRow('u1')],
				contract: [contractRow('ka', 'a'), contractRow('kb', 'b'), contractRow('gc', 'c', growth)],
				affinity: affinityRows({ u1: { a: 0.5, b: 0.9, c: 0.9 }, u2: { a: 0.9, b: 0.5, c: 0.9 } }),
			}),
			{ cutoff: { bottomShare: 0 }, sponsorship: { ratio: 0.6 } },
		);
		// four sponsored rewards leave room for floor(4 · 0.4 / 0.6) = 2 of growth
		expect(listOf({ run, outcome }).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
			'u1 kb 1',
			'u1 ka 2',
			'u1 gc 3',
			'u2 ka 1',
			'u2 kb 2',
			'u2 gc 3', // prettier-ignore
		]);
		expect(Array.from(outcome.propensity)).toEqual([NaN, NaN, 1, NaN, NaN, 1]);
		expect(outcome.cities[0]).toMatchObject({
			considered: 2,
			served: 2,
			sponsored: 4,
			growth: 2,
			eligiblePairs: 6,
		});
	});

	it('says why a user got nothing: the first of four reasons that holds', () => {
		const { run, outcome } = runOf(
			handMarket({
				user: ['u1', 'u2', 'u3', 'u4', 'u5'].map((id) =>
					userRow(id, id === 'u1' ? { city_id: 'z' } : id === 'u5' ? { status: 'blocked' } : {}),
				),
				city: ['y', 'z'].map((id) => ({ id, name: id, latitude: 0, longitude: 0 })),
				contract: [contractRow('ka', 'a', { supply: 1 }), contractRow('gb', 'b', growth)],
				affinity: affinityRows({
					u2: { a: 0.1, b: 0.1 },
					u3: { a: 0.1, b: 0.9 },
					u4: { a: 0.8, b: 0.1 },
					u5: { a: 0.9, b: 0.9 },
				}),
			}),
			// a seat for nobody but the best: u4 takes it, unless she is outcompeted herself
			{ cutoff: { bottomShare: 0, minAffinity: 0.5 }, supply: { mode: 'none' } },
		);
		const reasonOf = (id: string) => SKIP_REASONS[outcome.skipReason[run.dataset.users.ids.indexOf(id)]];
		expect(['u1', 'u2', 'u3', 'u4', 'u5'].map(reasonOf)).toEqual([
			'nothing-eligible',
			'all-below-cutoff',
			'growth-only',
			undefined,
			undefined,
		]);
	});

	it('calls the loser of the last seat outcompeted', () => {
		const { run, outcome } = runOf(
			handMarket({
				user: [userRow('u1'), userRow('u2')],
				contract: [contractRow('ka', 'a', { supply: 1 })],
				affinity: affinityRows({ u1: { a: 0.4 }, u2: { a: 0.5 } }),
			}),
			{ cutoff: { bottomShare: 0 }, supply: { mode: 'none' } },
		);
		expect(listOf({ run, outcome })[0]).toMatch(/^u2 ka 1 /);
		expect([...outcome.skipReason]).toEqual([SKIP_REASONS.indexOf('outcompeted'), -1]);
	});
});
