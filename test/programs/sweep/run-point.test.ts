import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { drop } from '#programs/drop/program.ts';
import { valueAt, withValue, type Config } from '#programs/levers.ts';
import { axisOf } from '#programs/sweep/axis.ts';
import { bindingTrials } from '#programs/sweep/binding-trials.ts';
import { differ, pointOf, runPoint } from '#programs/sweep/run-point.ts';

const generator = drop.generator;
if (!generator) throw new Error('the Drop has a generator');
const content = generator.generate({ cities: 2, users: 400, brands: 10, contracts: 16, historyWeeks: 3 }, 7);
const open = drop.open(content);
const { config } = drop.readConfig({});
const [firstCity, secondCity] = open.subjects[0].ids;

const levers = drop.levers.flatMap((spec) =>
	spec.path.includes('*')
		? [firstCity, secondCity].map((id) => ({ spec, path: spec.path.replace('*', id) }))
		: [{ spec, path: spec.path }],
);

/** The first setting that makes a lever count, found as a sweep does: by running every trial. */
function bindingOf(path: string, base: Config) {
	const spec = drop.levers.find((lever) => lever.path === path);
	const axis = spec && axisOf(spec, path);
	if (!axis) throw new Error(path);
	for (const trial of bindingTrials(levers, base, axis)) {
		const points = trial.configs
			.map((each) => runPoint(drop, open, each))
			.filter(({ refused }) => refused === '');
		if (points.some((point) => differ(point, points[0]))) return { path: trial.path, value: trial.value };
	}
	return null;
}

describe('a point of a sweep', () => {
	it('has the numbers and the guardrails of a whole run, to the last bit, whatever ran before', () => {
		const settings = fc.record({
			ratio: fc.integer({ min: 3, max: 9 }).map((tenth) => tenth / 10),
			cut: fc.integer({ min: 0, max: 6 }).map((tenth) => tenth / 10),
			seed: fc.integer({ min: 0, max: 3 }),
		});
		const shared = drop.open(content);
		fc.assert(
			fc.property(settings, ({ ratio, cut, seed }) => {
				const each = drop.readConfig({ seed, sponsorship: { ratio }, cutoff: { bottomShare: cut } }).config;
				expect(runPoint(drop, shared, each)).toEqual(pointOf(drop.open(content).run(each)));
			}),
			{ seed: 11, numRuns: 12 },
		);
	});

	it('says why a configuration is refused instead of failing', () => {
		const point = runPoint(drop, open, withValue(config, 'growth.reservedSlots', 9));
		expect(point.values).toEqual({});
		expect(point.refused).toContain('reserved slots must not exceed rewards per user');
	});
});

describe('what binds an idle lever', () => {
	it('is the supply rule for the risk, and the method for the objective', () => {
		expect(bindingOf('supply.risk', config)).toEqual({ path: 'supply.mode', value: 'risk' });
		expect(bindingOf('matching.objective', config)).toEqual({ path: 'matching.method', value: 'optimal' });
	});

	it('is the cities’ own ratios for the general one', () => {
		let own = withValue(config, `cities.${firstCity}.sponsorshipRatio`, 0.5);
		own = withValue(own, `cities.${secondCity}.sponsorshipRatio`, 0.6);
		expect(bindingOf('sponsorship.ratio', own)).toEqual({
			path: 'cities.*.sponsorshipRatio',
			value: undefined,
		});
	});

	it('is looked for among configurations that differ in the idle lever alone', () => {
		const spec = drop.levers.find(({ path }) => path === 'supply.risk');
		const axis = spec && axisOf(spec, spec.path);
		if (!axis) throw new Error('the risk is a number');
		for (const { configs } of bindingTrials(levers, config, axis)) {
			const [low, high] = configs;
			expect(valueAt(low, axis.path)).not.toBe(valueAt(high, axis.path));
			expect(withValue(low, axis.path, 0.1)).toEqual(withValue(high, axis.path, 0.1));
		}
	});
});
