import { describe, expect, it } from 'vitest';
import { readAsOf } from '#programs/drop/as-of.ts';
import { handMarket, userRow } from './hand-market.ts';
import { assignmentRow, contractRow, datasetOf, daysBefore } from './marketplace.ts';

describe('readAsOf', () => {
	it('counts whole weeks since the last app open, else since registration, and considers active users of today', () => {
		const dataset = datasetOf(
			handMarket({
				user: [
					userRow('u1'),
					userRow('u2', { created_at: daysBefore(15) }),
					userRow('u3', { created_at: daysBefore(-1) }),
					userRow('u4', { status: 'blocked' }),
					userRow('u5'),
				],
				app_open: [20, 3, -1]
					.map((days) => ({ user_id: 'u1', opened_at: daysBefore(days) }))
					.concat([{ user_id: 'u5', opened_at: daysBefore(7) }]),
			}),
		);
		const asOf = readAsOf(dataset, dataset.now);
		expect([...asOf.isConsidered]).toEqual([1, 1, 0, 0, 1]);
		expect([...asOf.cityUserCount]).toEqual([3]);
		expect([asOf.weeksAway[0], asOf.weeksAway[1], asOf.weeksAway[4]]).toEqual([0, 2, 1]);
	});

	it('sorts logged assignments into conversions, tokens, mature and settled ones', () => {
		const row = (drop: number, daysAgo: number, more: Record<string, string>) =>
			assignmentRow(`d${drop}`, 'u1', 'ka', daysAgo, more);
		const dataset = datasetOf(
			handMarket({
				assignment: [
					row(1, 8, { selected_at: daysBefore(6), converted_at: daysBefore(3) }),
					row(2, 8, { selected_at: daysBefore(6) }),
					row(3, 40, { selected_at: daysBefore(31) }),
					row(4, 40, { selected_at: daysBefore(39), token_expired_at: daysBefore(9) }),
					row(5, 3, {}),
					row(6, 8, { selected_at: daysBefore(-1) }),
					row(7, -1, {}),
					row(8, 8, { selected_at: daysBefore(5), converted_at: daysBefore(-1) }),
				],
			}),
		);
		const asOf = readAsOf(dataset, dataset.now);
		const [first] = [asOf.conversions, asOf.outstanding].map((column) => column[0]);
		expect({
			conversions: first,
			outstanding: asOf.outstanding[0],
			matureAssignments: asOf.matureAssignments[0],
			matureSelections: asOf.matureSelections[0],
			settledSelections: asOf.settledSelections[0],
			settledConversions: asOf.settledConversions[0],
		}).toEqual({
			conversions: 1,
			outstanding: 3,
			matureAssignments: 6,
			matureSelections: 5,
			settledSelections: 3,
			settledConversions: 1,
		});
	});

	it('takes the newest completed run trained by then', () => {
		const run = (id: string, days: number, status = 'completed') => ({
			id,
			model: 'm',
			trained_at: daysBefore(days),
			status,
		});
		const newest = (...runs: ReturnType<typeof run>[]) => {
			const dataset = datasetOf(handMarket({ recommender_run: runs, contract: [contractRow('ka', 'a')] }));
			const index = readAsOf(dataset, dataset.now).run;
			return index < 0 ? null : dataset.runs[index].id;
		};
		expect(newest(run('r1', 9), run('r2', 3), run('r3', 1, 'failed'), run('r4', -1))).toBe('r2');
		expect(newest(run('r1', 0))).toBe('r1');
		expect(newest(run('r1', -1), run('r2', 2, 'failed'))).toBeNull();
	});
});
