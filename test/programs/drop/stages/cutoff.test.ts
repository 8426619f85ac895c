import { describe, expect, it } from 'vitest';
import { affinityRows, handMarket, userRow } from '../hand-market.ts';
import { contractRow, runOf, type Row } from '../marketplace.ts';

const brands = ['a', 'b', 'c', 'd', 'e'];
const brand = brands.map((id): Row => ({ id, name: id, category: 'coffee' }));

/** Brands of u1's contracts above the cutoff; she likes a most and e least. */
function above(settings: object, offered = brands, more: Record<string, Row[]> = {}): string {
	const { run } = runOf(
		handMarket({
			brand,
			contract: offered.map((id) => contractRow(`k${id}`, id)),
			affinity: affinityRows({ u1: { a: 0.9, b: 0.8, c: 0.7, d: 0.6, e: 0.5 } }),
			...more,
		}),
		{ supply: { mode: 'none' }, cutoff: settings },
	);
	return Array.from(run.pairs.contract)
		.filter((_, p) => run.isAbove[p] === 1)
		.map((c) => run.dataset.contracts.ids[c].slice(1))
		.join('');
}

describe('cutoff', () => {
	it('cuts ranks beyond n − floor(X · n)', () => {
		expect(above({ bottomShare: 0 })).toBe('abcde');
		expect(above({ bottomShare: 0.19 })).toBe('abcde');
		expect(above({ bottomShare: 0.2 })).toBe('abcd');
		expect(above({ bottomShare: 0.4 })).toBe('abc');
		expect(above({ bottomShare: 0.95 })).toBe('a');
	});

	it('ranks the whole catalogue, or only brands with an eligible contract', () => {
		// of a, d and e: ranks 1, 4 and 5 of five, or 1, 2 and 3 of three
		expect(above({ bottomShare: 0.4, basis: 'catalog' }, ['a', 'd', 'e'])).toBe('a');
		expect(above({ bottomShare: 0.4, basis: 'eligible' }, ['a', 'd', 'e'])).toBe('ad');
	});

	it('cuts what is under the least affinity, and not what is at it', () => {
		expect(above({ bottomShare: 0, minAffinity: 0.7 })).toBe('abc');
	});

	it('breaks ties by brand id', () => {
		const affinity = affinityRows({ u1: { a: 0.5, b: 0.5, c: 0.5, d: 0.5, e: 0.5 } });
		expect(above({ bottomShare: 0.6 }, brands, { affinity })).toBe('ab');
	});

	it('skips the user whose sponsored rewards are all below it, or cuts the pairs', () => {
		const market = handMarket({
			brand,
			user: [userRow('u1')],
			contract: [contractRow('ke', 'e')],
			affinity: affinityRows({ u1: { a: 0.9, b: 0.8, c: 0.7, d: 0.6, e: 0.5 } }),
		});
		for (const mode of ['cut-pairs', 'skip-user']) {
			const { outcome } = runOf(market, { supply: { mode: 'none' }, cutoff: { mode, bottomShare: 0.2 } });
			expect([outcome.user.length, outcome.skipReason[0]]).toEqual([0, 1]);
		}
	});
});
