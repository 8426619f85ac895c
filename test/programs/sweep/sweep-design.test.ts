import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { drop } from '#programs/drop/program.ts';
import { axisOf, evenValues, usualRange, valueAlong, type SweepAxis } from '#programs/sweep/axis.ts';
import { leverEffects } from '#programs/sweep/lever-effects.ts';
import { sampledDesign } from '#programs/sweep/sampled-design.ts';

const lever = (path: string) => {
	const spec = drop.levers.find((each) => each.path === path);
	if (!spec) throw new Error(path);
	return spec;
};
const stretch = (path: string, low: number, high: number): SweepAxis => ({ path, levels: [low, high], isStretch: true, isWhole: false }); // prettier-ignore

describe('an axis', () => {
	it('spreads values evenly with both ends among them, and whole ones without doubles', () => {
		expect(evenValues(0.1, 0.3, 3, false)).toEqual([0.1, 0.2, 0.3]);
		expect(evenValues(1, 3, 5, true)).toEqual([1, 2, 3]);
		expect(evenValues(2, 9, 1, false)).toEqual([2]);
	});

	it('stays inside the bounds of every lever, open ones too', () => {
		for (const spec of drop.levers) {
			const axis = axisOf(spec, spec.path);
			if (!axis?.isStretch) continue;
			const [low, high] = usualRange(spec);
			expect(low).toBeLessThan(high);
			if (spec.min !== null) expect(spec.isMinOpen ? low > spec.min : low >= spec.min).toBe(true);
			if (spec.max !== null) expect(spec.isMaxOpen ? high < spec.max : high <= spec.max).toBe(true);
		}
	});

	it('holds every word of a choice and both sides of a switch, and leaves out the seed', () => {
		expect(axisOf(lever('supply.mode'), 'supply.mode')?.levels).toEqual(['target', 'risk', 'none']);
		expect(axisOf(lever('growth.requiresSponsored'), 'x')?.levels).toEqual([false, true]);
		expect(axisOf(lever('seed'), 'seed')).toBe(null);
	});

	it('gives every place of a sample a value the axis has', () => {
		const places = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
		const slots = axisOf(lever('slotsPerUser'), 'slotsPerUser', [1, 5]);
		const mode = axisOf(lever('supply.mode'), 'supply.mode');
		if (!slots || !mode) throw new Error('both are levers');
		fc.assert(
			fc.property(places, (place) => {
				expect([1, 2, 3, 4, 5]).toContain(valueAlong(slots, place));
				expect(mode.levels).toContain(valueAlong(mode, place));
				const ratio = Number(valueAlong(stretch('r', 0.3, 0.9), place));
				expect(ratio).toBeGreaterThanOrEqual(0.3);
				expect(ratio).toBeLessThanOrEqual(0.9);
			}),
			{ seed: 3, numRuns: 200 },
		);
	});
});

describe('a sampled design', () => {
	const axes = [stretch('a', 0, 1), stretch('b', 10, 20)];

	it('starts from the settings given, and moves one lever at a time', () => {
		const points = sampledDesign(axes, [0.5, 12], 0, 2);
		expect(points.slice(0, 5).map(({ values }) => values)).toEqual([
			[0.5, 12],
			[0, 12],
			[1, 12],
			[0.5, 10],
			[0.5, 20],
		]);
		expect(points).toHaveLength(10);
	});

	it('never moves earlier samples when more are added', () => {
		const few = sampledDesign(axes, [0.5, 12], 0, 3);
		const many = sampledDesign(axes, [0.5, 12], 0, 40);
		expect(many.slice(0, few.length)).toEqual(few);
		expect([...few, ...sampledDesign(axes, [0.5, 12], 3, 37)]).toEqual(many);
	});

	it('finds the effects of a sum exactly, puts the strongest first and knows what is flat', () => {
		const three = [...axes, stretch('c', 0, 1)];
		const points = sampledDesign(three, [0.5, 12, 0.5], 0, 20);
		// b weighs 0.2 over ten, a weighs 3 over one, c nothing
		const values = Float64Array.from(points, ({ values: [a, b] }) => 3 * Number(a) + 0.2 * Number(b));
		const effects = leverEffects(points, values, 3);
		expect(effects.map((effect) => effect.lever)).toEqual([0, 1, 2]);
		for (const [effect, span] of [
			[effects[0], 3],
			[effects[1], 2],
		] as const) {
			expect(effect.levels[1].mean - effect.levels[0].mean).toBeCloseTo(span, 9);
			expect(effect.sampleCount).toBe(20);
			expect(effect.isFlat).toBe(false);
		}
		expect(effects[2]).toMatchObject({ isFlat: true, swing: 0 });
	});

	it('leaves out comparisons of which one side is unknown, and calls nothing flat without any', () => {
		const points = sampledDesign(axes, [0.5, 12], 0, 1);
		const [effect] = leverEffects(points, Float64Array.of(NaN, 1, 2, 3, 4), 2);
		expect(effect).toMatchObject({ sampleCount: 0, isFlat: false, swing: 0 });
		const some = leverEffects(points, Float64Array.of(1, NaN, 3, 1, 1), 2);
		expect(some[0]).toMatchObject({ lever: 0, sampleCount: 1, swing: 2 });
	});
});
