import { describe, expect, it } from 'vitest';
import { findLogProblems, policyLogOf } from '#engine/stats/policy-log.ts';

describe('policyLogOf', () => {
	const log = {
		optionStart: Uint32Array.of(0, 2, 5),
		action: Uint32Array.of(1, 2),
		reward: Float64Array.of(1, 0),
		propensity: Float64Array.of(0.5, 0.25),
		optionTarget: Float64Array.of(0.25, 0.75, 0.5, 0.5, 0),
		optionModel: Float64Array.of(4, 8, 1, 2, 3),
	};

	it('looks up the chosen option and adds up the model over all of them', () => {
		const found = policyLogOf(log);
		expect([...found.targetPropensity]).toEqual([0.75, 0.5]);
		expect([...(found.model?.logged ?? [])]).toEqual([8, 1]);
		expect([...(found.model?.target ?? [])]).toEqual([7, 1.5]);
		expect(found.reward).toBe(log.reward);
	});

	it('does without a model', () => {
		expect(policyLogOf({ ...log, optionModel: null }).model).toBeNull();
	});
});

describe('findLogProblems', () => {
	const fine = {
		reward: Float64Array.of(1, -2, 0),
		propensity: Float64Array.of(1, 1e-9, 0.5),
		targetPropensity: Float64Array.of(0, 1, 0.5),
		model: { logged: Float64Array.of(1, 2, 3), target: Float64Array.of(1, 2, 3) },
	};

	it('finds none in a log within range', () => {
		expect(findLogProblems(fine, 50)).toEqual([]);
	});

	it('finds every cell out of range, by row and column', () => {
		const log = {
			reward: Float64Array.of(NaN, 1, Infinity),
			propensity: Float64Array.of(0, 1.5, 0.5),
			targetPropensity: Float64Array.of(-0.1, 1.1, NaN),
			model: { logged: Float64Array.of(0, NaN, 0), target: Float64Array.of(0, 0, -Infinity) },
		};
		const found = findLogProblems(log, 50).map(({ row, column }) => `${row} ${column}`);
		expect(found).toEqual([
			'0 reward', '0 propensity', '0 targetPropensity', '1 propensity', '1 targetPropensity', '1 modelLogged',
			'2 reward', '2 targetPropensity', '2 modelTarget',
		]); // prettier-ignore
		expect(findLogProblems(log, 2).length).toBe(2);
		expect(findLogProblems(log, 1)[0]).toEqual({
			row: 0,
			column: 'reward',
			value: NaN,
			expected: 'a finite number',
		});
	});

	it('says of each column what it expects', () => {
		const one = Float64Array.of(NaN);
		const log = { reward: one, propensity: one, targetPropensity: one, model: { logged: one, target: one } };
		expect(findLogProblems(log, 50).map(({ column, expected }) => `${column} ${expected}`)).toEqual([
			'reward a finite number',
			'propensity above 0 and at most 1',
			'targetPropensity from 0 to 1',
			'modelLogged a finite number',
			'modelTarget a finite number',
		]);
		expect(findLogProblems({ ...log, model: null }, 50)).toHaveLength(3);
	});
});
