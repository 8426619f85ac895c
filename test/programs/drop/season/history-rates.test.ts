import { describe, expect, it } from 'vitest';
import { readAsOf } from '#programs/drop/as-of.ts';
import { fitChoice, readHistoryRates } from '#programs/drop/season/history-rates.ts';
import { DEFAULT_CHOICE_WEIGHTS } from '#programs/drop/stages/offer-utilities.ts';
import { handMarket, userRow } from '../hand-market.ts';
import { assignmentRow, datasetOf, daysBefore, runOf, type Row } from '../marketplace.ts';

function ratesOf(tables: Record<string, Row[]>) {
	const dataset = datasetOf(handMarket(tables));
	return readHistoryRates(dataset, readAsOf(dataset, dataset.now));
}

describe('readHistoryRates', () => {
	it('has defaults where nothing is known', () => {
		expect(ratesOf({})).toEqual({ rejection: 0.05, appOpen: 0.6 });
	});

	it('pools rejections over mature assignments that were not selected', () => {
		const row = (drop: string, days: number, more: Row = {}) => assignmentRow(drop, 'u1', 'ka', days, more);
		const assignment = [
			row('d1', 9, { rejected_at: daysBefore(5) }),
			row('d2', 9),
			row('d3', 9, { rejected_at: daysBefore(-1) }),
			row('d4', 7),
			row('d5', 6, { rejected_at: daysBefore(5) }),
			row('d6', 9, { selected_at: daysBefore(8) }),
		];
		// d1 of d1 to d4: d5 is young, d6 was selected, and d3's rejection is still to come
		expect(ratesOf({ assignment }).rejection).toBe(0.25);
	});

	it('weighs who could open the app last week by the weeks they were away before it', () => {
		const user = [
			userRow('u1', { created_at: daysBefore(8) }),
			userRow('u2', { created_at: daysBefore(8) }),
			userRow('u3', { created_at: daysBefore(15) }),
			userRow('u4', { created_at: daysBefore(3) }),
		];
		const app_open = ['u1', 'u4'].map((user_id) => ({ user_id, opened_at: daysBefore(2) }));
		// u1 and u2 were away 0 weeks, u3 one; u4 was not there: 1 of 2.85
		expect(ratesOf({ user, app_open }).appOpen).toBeCloseTo(1 / 2.85, 14);
	});
});

describe('fitChoice', () => {
	it('keeps the default weights where fewer than 1000 assignments are mature', () => {
		const { weights, fit, observations } = fitChoice(
			runOf(
				handMarket({ assignment: [assignmentRow('d1', 'u1', 'ka', 9), assignmentRow('d2', 'u1', 'ka', 3)] }),
			).run,
		);
		expect(weights).toEqual(DEFAULT_CHOICE_WEIGHTS);
		expect([fit, observations]).toEqual([null, 1]);
	});
});
