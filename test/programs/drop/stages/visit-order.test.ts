import { describe, expect, it } from 'vitest';
import { key32, uniform } from '#engine/random.ts';
import { visitOrder } from '#programs/drop/stages/visit-order.ts';
import type { GrowthInput } from '#programs/drop/stages/growth-input.ts';
import { handMarket, userRow } from '../hand-market.ts';
import { configOf, daysBefore, runOf } from '../marketplace.ts';

const ages = [9, 3, 3, 40, 5, 4, 3];

function orderOf(
	jitterDays: number,
	pass: number,
	isVisited: (u: number) => boolean = () => true,
	daysAgo: readonly number[] = ages,
): number[] {
	const { run } = runOf(
		handMarket({ user: daysAgo.map((days, i) => userRow(`u${i}`, { created_at: daysBefore(days) })) }),
	);
	const input: GrowthInput = {
		dataset: run.dataset,
		y: 0,
		pairs: run.pairs,
		assigned: run.cities[0].assigned,
		isOut: new Uint8Array(daysAgo.length),
		seats: Float64Array.of(1),
		config: configOf({ seed: 5, growth: { jitterDays } }),
		weekStream: 0,
	};
	return [...visitOrder(input, pass, isVisited)];
}

describe('visitOrder', () => {
	it('visits the newest first without jitter, those of one moment by luck', () => {
		// a draw's first word leads its uniform number
		const luck = (u: number) => uniform(5, 2, key32(`u${u}`), 1);
		const tied = [1, 2, 6].toSorted((u, v) => luck(u) - luck(v));
		expect(orderOf(0, 1)).toEqual([...tied, 5, 4, 0, 3]);
	});

	it('moves each by up to half the jitter, anew for each pass', () => {
		const slow = (pass: number) =>
			ages
				.map((days, u) => ({ u, day: -days + 7 * (uniform(5, 2, key32(`u${u}`), pass) - 0.5) }))
				.toSorted((x, y) => y.day - x.day)
				.map(({ u }) => u);
		expect(orderOf(7, 1)).toEqual(slow(1));
		expect(orderOf(7, 2)).toEqual(slow(2));
		expect(slow(1)).not.toEqual(slow(2));
	});

	it('tells apart moments however near, beside users of long ago', () => {
		// tenths of a second apart, in a span of ninety years
		const near = [0, 7, 3, 3, 1, 9, 2, 8].map((n) => 10 + n / 864_000);
		const daysAgo = [...near, 33_000];
		const slow = daysAgo
			.map((days, u) => ({ u, days: Math.round(days * 864_000), luck: uniform(5, 2, key32(`u${u}`), 1) }))
			.toSorted((x, y) => x.days - y.days || x.luck - y.luck)
			.map(({ u }) => u);
		expect(orderOf(0, 1, undefined, daysAgo)).toEqual(slow);
	});

	it('passes over users that the pass is not for', () => {
		expect(orderOf(0, 1, (u) => u === 0 || u === 3)).toEqual([0, 3]);
	});
});
