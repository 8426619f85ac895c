import { describe, expect, it } from 'vitest';
import type { LeverSpec } from '#programs/levers.ts';
import { searchEffect } from '#workers/first-effect.ts';

const spec: LeverSpec = {
	path: 'ratio',
	title: 'Ratio',
	help: '',
	unit: 'ratio',
	step: 0.05,
	kind: 'number',
	section: '',
	front: true,
	min: 0,
	max: 1,
	isMinOpen: true,
	isMaxOpen: false,
	choices: [],
	isNullable: false,
	default: 0.7,
};

describe('searchEffect', () => {
	it('finds the nearest value on each side at which the result differs', () => {
		const { below, above } = searchEffect(spec, 0.6, (value) => value >= 0.83 || value <= 0.31);
		expect([below, above]).toEqual([0.3, 0.85]);
	});

	it('finds nothing where nothing differs up to the bounds, and stays within them', () => {
		const tried: number[] = [];
		const range = searchEffect(spec, 0.6, (value) => {
			tried.push(value);
			return false;
		});
		expect(range).toMatchObject({ below: null, above: null, runCount: tried.length });
		expect(Math.min(...tried)).toBeGreaterThan(0);
		expect(Math.max(...tried)).toBe(1);
	});

	it('agrees with trying every step, for any place at which the effect starts', () => {
		for (let start = 61; start <= 110; start++) {
			const steps = [0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];
			const expected = steps.find((value) => value * 100 >= start) ?? null;
			expect(searchEffect(spec, 0.6, (value) => value * 100 >= start).above).toBe(expected);
		}
	});

	it('has no answer for a choice', () => {
		expect(searchEffect({ ...spec, kind: 'choice' }, NaN, () => true).runCount).toBe(0);
	});
});
