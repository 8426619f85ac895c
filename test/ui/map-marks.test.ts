import { describe, expect, it } from 'vitest';
import type { Participants } from '#programs/report.ts';
import { mapMarks, scaleBarKm } from '#ui/charts/map-marks.ts';

/** `count` people of one group on a line, holding in turn a sponsored item, a growth item and nothing. */
function people(count: number): Participants {
	const held = Array.from({ length: count }, (_, i) => (i % 3 === 2 ? [] : [i % 3]));
	const itemStart = Uint32Array.from({ length: count + 1 }, (_, i) => held.slice(0, i).flat().length);
	return {
		noun: ['user', 'users'],
		ids: held.map((_, i) => `u${i}`),
		group: new Int32Array(count),
		groups: ['Here'],
		state: new Uint8Array(count),
		states: ['nobody'],
		itemStart,
		item: Uint32Array.from(held.flat()),
		items: ['a', 'b'],
		itemKind: Uint8Array.of(0, 1),
		itemKinds: ['sponsored', 'growth'],
		value: new Float64Array(count),
		valueUnit: 'points',
		places: { eastKm: Float64Array.from(held, (_, i) => (i / count) * 20 - 10), northKm: new Float64Array(count) },
	};
} // prettier-ignore

describe('marks of the map', () => {
	it('are a dot for each person, coloured by what she holds', () => {
		const { marks, size, counts } = mapMarks(people(6), 0);
		expect(size).toBe(0);
		expect(marks.map(({ tone }) => tone)).toEqual(['sponsored', 'growth', 'nobody', 'sponsored', 'growth', 'nobody']); // prettier-ignore
		expect(counts).toEqual({ nobody: 2, growth: 2, sponsored: 2 });
	});

	it('are squares above two thousand people, and nobody is left out', () => {
		const { marks, size, reach } = mapMarks(people(2100), 0);
		expect(size).toBeCloseTo((2 * reach) / 40, 9);
		expect(marks.length).toBeLessThanOrEqual(40);
		expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(2100);
	});

	it('have a scale bar of a round length', () => {
		expect([10, 31, 0.5, 200].map(scaleBarKm)).toEqual([2, 10, 0.1, 50]);
	});
});
