import { describe, expect, it } from 'vitest';
import { readAsOf } from '#programs/drop/as-of.ts';
import {
	affinityFactors,
	clampFactor,
	distanceFactor,
	distanceFactors,
	recencyFactors,
} from '#programs/drop/stages/factors.ts';
import { rejectionFactors } from '#programs/drop/stages/rejection-factors.ts';
import { eligibility } from '#programs/drop/stages/eligibility.ts';
import { handMarket, userRow } from '../hand-market.ts';
import { assignmentRow, configOf, contractRow, datasetOf, daysBefore } from '../marketplace.ts';

const dataset = datasetOf(
	handMarket({
		contract: [contractRow('ka', 'a'), contractRow('kb', 'b')],
		user: [userRow('u1', { created_at: daysBefore(15) }), userRow('u2')],
		app_open: [{ user_id: 'u2', opened_at: daysBefore(1) }],
		assignment: ['d1', 'd2', 'd3'].map((drop, i) =>
			assignmentRow(drop, 'u1', 'ka', 10 - i, { rejected_at: daysBefore(i === 2 ? -1 : 5) }),
		),
	}),
);
const asOf = readAsOf(dataset, dataset.now);
const pairs = eligibility(dataset, asOf);
const arithmetic = configOf({ scoring: { combine: 'arithmetic' } }).scoring;
const geometric = configOf().scoring;

describe('factors', () => {
	it('are clamped to the floor and 1, a missing value to the floor', () => {
		expect([0, 0.01, 0.5, 1, 1.5, NaN].map((value) => clampFactor(value, 0.01))).toEqual([
			0.01, 0.01, 0.5, 1, 1, 0.01,
		]);
	});

	it('halve at the baseline distance, and know a baseline of 0', () => {
		expect([distanceFactor(0, 2), distanceFactor(2, 2), distanceFactor(6, 2)]).toEqual([1, 0.5, 0.25]);
		expect([distanceFactor(0, 0), distanceFactor(1, 0)]).toEqual([1, 0]);
	});

	it('read affinity by user and brand, also as logarithms', () => {
		const value = Float64Array.of(0.5, 0.001, 0, NaN, 1, 0);
		const affinities = { value, isOwn: new Uint8Array(6), filledCount: 0, absentCount: 0 };
		expect([...affinityFactors(dataset, pairs, affinities, 0.01, false)]).toEqual([0.5, 0.01, 0.01, 1]);
		const logs = affinityFactors(dataset, pairs, affinities, 0.01, true);
		expect(logs[0]).toBeCloseTo(-0.6931471805599453, 15);
		expect(logs[3]).toBe(0);
	});

	it('take the baseline of the city or of the user', () => {
		const distance = Float64Array.of(1, 3, 0, 6, 2, 0);
		const baselines = { cityKm: Float64Array.of(2), userKm: Float64Array.of(1, 6) };
		const factorsWith = (distanceBaseline: 'city' | 'user') => [
			...distanceFactors(dataset, pairs, distance, baselines, { ...arithmetic, distanceBaseline }),
		];
		expect(factorsWith('city')).toEqual([2 / 3, 0.4, 0.25, 0.5]);
		expect(factorsWith('user')).toEqual([0.5, 0.25, 0.5, 0.75]);
	});

	it('decay with each rejection of the brand up to the time, and with each week away', () => {
		const rejections = rejectionFactors(dataset, asOf, pairs, arithmetic);
		expect([...rejections.start]).toEqual([0, 1, 1]);
		expect([...rejections.pair]).toEqual([0]);
		expect(rejections.factor[0]).toBeCloseTo(0.64, 15);
		const logs = rejectionFactors(dataset, asOf, pairs, geometric).factor;
		expect(Math.exp(logs[0])).toBeCloseTo(0.64, 14);
		const recency = recencyFactors(asOf, arithmetic);
		expect(recency[0]).toBeCloseTo(0.64, 15);
		expect(recency[1]).toBe(1);
	});
});
